/**
 * The page's side of the sandbox: a frame of an origin of its own (lib/tools/code/frame.ts), made when
 * something is first asked of it, and made anew when it no longer answers.
 */
import type {
  FromSandbox,
  Place,
  Program,
  SandboxAnswer,
  SandboxRequest,
  ToSandbox,
} from './protocol';

/** The reader's code did not come to an answer; the message says why, in words for the reader. */
export class CodeFailure extends Error {
  override readonly name = 'CodeFailure';
  constructor(
    message: string,
    /** Where in the reader's files; null if it is not known, or lies elsewhere. */
    readonly place: Place | null,
  ) {
    super(message);
  }
}

export interface Question {
  readonly program: Program;
  /** Text of the simulation's script that answers it. */
  readonly script: string;
  readonly question: SandboxRequest['question'];
  readonly deadlineMs: number;
}

export interface Sandbox {
  /**
   * Runs the program once and asks it.
   *
   * @returns whatever it answered, which nobody has looked at yet
   * @throws CodeFailure if it gave no answer; AbortError if `signal` ended it
   */
  readonly ask: (question: Question, signal?: AbortSignal) => Promise<unknown>;
  /** Removes the frame, and with it all that runs in it. */
  readonly close: () => void;
}

/** What a sandbox needs of a frame. */
interface Frame {
  readonly post: (message: ToSandbox) => void;
  readonly remove: () => void;
}
export interface FrameEvents {
  readonly said: (message: FromSandbox) => void;
}

/** The sandbox ends what takes too long; if even that takes longer than this, it is beyond help. */
const GRACE_MS = 3000;
/** A document of a few kB, or none at all. */
const LOAD_MAX_MS = 15_000;

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Real ms, from the moment at which the frame has it. */
  readonly patienceMs: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  readonly message: SandboxRequest;
}

/** @param open makes a frame; the browser's by default */
export function createSandbox(address: string, open = openFrame): Sandbox {
  let frame: Frame | undefined;
  let isReady = false;
  let loading: ReturnType<typeof setTimeout> | undefined;
  let nextId = 1;
  const pending = new Map<number, Pending>();

  const drop = (why: string): void => {
    frame?.remove();
    frame = undefined;
    isReady = false;
    clearTimeout(loading);
    const lost = [...pending.values()];
    pending.clear();
    for (const { reject, timer } of lost) {
      clearTimeout(timer);
      reject(new CodeFailure(why, null));
    }
  };
  const settle = (id: number): Pending | undefined => {
    const asked = pending.get(id);
    clearTimeout(asked?.timer);
    pending.delete(id);
    return asked;
  };
  const send = (asked: Pending): void => {
    asked.timer = setTimeout(
      () =>
        drop(
          'It took the whole sandbox down and was stopped with it: it may have run out of memory. The next run gets a new one.',
        ),
      asked.patienceMs,
    );
    frame?.post(asked.message);
  };
  const take = (said: FromSandbox): void => {
    if (said.type === 'ready') {
      clearTimeout(loading);
      isReady = true;
      for (const asked of pending.values()) send(asked);
      return;
    }
    answer(said);
  };
  const answer = (said: SandboxAnswer): void => {
    const asked = settle(said.id);
    if (said.type === 'answered') asked?.resolve(said.answer);
    else asked?.reject(new CodeFailure(said.message, said.place));
  };
  const started = (): void => {
    if (frame) return;
    frame = open(address, { said: take });
    loading = setTimeout(
      () =>
        drop(
          'The sandbox that it runs in could not be loaded. Check the connection, then run it again.',
        ),
      LOAD_MAX_MS,
    );
  };

  return {
    ask: ({ program, script, question, deadlineMs }, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const id = nextId++;
        const message = { type: 'ask', id, program, script, question, deadlineMs } as const;
        const patienceMs = deadlineMs + GRACE_MS;
        const asked: Pending = { resolve, reject, patienceMs, timer: undefined, message };
        pending.set(id, asked);
        signal?.addEventListener(
          'abort',
          () => {
            if (!settle(id)) return;
            frame?.post({ type: 'end', id });
            reject(signal.reason instanceof Error ? signal.reason : new Error('Stopped.'));
          },
          { once: true },
        );
        started();
        if (isReady) send(asked);
      }),
    close: () => drop('It was stopped.'),
  };
}

/**
 * A frame that may run scripts and nothing else: no origin of ours, no navigation of the page, no
 * window, no form, no download. What its document may reach says that document's own policy.
 */
function openFrame(address: string, { said }: FrameEvents): Frame {
  const element = document.createElement('iframe');
  const { port1: port, port2: theirs } = new MessageChannel();
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('allow', '');
  element.referrerPolicy = 'no-referrer';
  element.title = 'Sandbox of your code';
  element.ariaHidden = 'true';
  element.tabIndex = -1;
  element.width = '0';
  element.height = '0';
  // In the page and not "display: none", which some browsers take for a reason to run it less often.
  element.style.cssText = 'position: fixed; visibility: hidden; border: 0';
  element.addEventListener('load', () => element.contentWindow?.postMessage(null, '*', [theirs]), {
    once: true,
  });
  port.onmessage = ({ data }: MessageEvent<FromSandbox>) => said(data);
  element.src = address;
  document.body.append(element);
  return {
    post: (message) => port.postMessage(message),
    remove: () => {
      port.close();
      element.remove();
    },
  };
}
