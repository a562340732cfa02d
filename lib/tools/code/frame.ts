/**
 * The program of the sandbox's document. It is ours, and stands between the reader's code, which runs
 * in a worker, and the page: one worker for each question, ended with its first answer, so that no run
 * leaves anything behind for the next.
 *
 * The document has an origin of its own and a policy that allows no connection; a worker from a blob
 * has both from it. Nothing here holds the reader's code in: it may do what it likes with its worker.
 */
import { measure } from './bounds';
import type { FromSandbox, SandboxAnswer, SandboxRequest, ToSandbox } from './protocol';
import { placeInStack, writeScript } from './script';

/** Text of `link.ts` as a script, put here when the document is made (lib/content/sandbox.ts). */
declare const LINKER_SCRIPT: string;

/** More of a message than this helps nobody. */
const MESSAGE_MAX = 2000;
const STACK_MAX = 20_000;

let page: MessagePort | undefined;
addEventListener('message', ({ source, ports: [port] }) => {
  // The page that made this frame, once: it alone hands over a port before anything is asked.
  if (source !== parent || !port || page) return;
  page = port;
  const asked = new Map<number, () => void>();
  port.onmessage = ({ data }: MessageEvent<ToSandbox>) => {
    if (data.type === 'end') {
      asked.get(data.id)?.();
      asked.delete(data.id);
      return;
    }
    const end = ask(data, (answer, buffers) => {
      asked.delete(data.id);
      port.postMessage(answer, buffers);
    });
    asked.set(data.id, end);
  };
  port.postMessage({ type: 'ready' } satisfies FromSandbox);
});

/** @returns ends the question without an answer */
function ask(
  { id, program, script: simulation, question, deadlineMs }: SandboxRequest,
  answer: (answer: SandboxAnswer, buffers: ArrayBuffer[]) => void,
): () => void {
  const script = writeScript(program, LINKER_SCRIPT, simulation);
  const address = URL.createObjectURL(new Blob([script.text], { type: 'text/javascript' }));
  const worker = new Worker(address);
  const end = (): void => {
    clearTimeout(deadline);
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
    URL.revokeObjectURL(address);
  };
  const failed = (message: string, place: ReturnType<typeof script.placeOf> = null): void => {
    end();
    answer({ id, type: 'failed', message: message.slice(0, MESSAGE_MAX), place }, []);
  };
  const deadline = setTimeout(
    () =>
      failed(
        `It gave no answer within ${deadlineMs / 1000} s and was stopped. Look for a loop that does not end, or for work that grows with every request.`,
      ),
    deadlineMs,
  );
  worker.onmessage = ({ data }: MessageEvent<unknown>) => {
    const said = isRecord(data) ? data : {};
    if (said.type === 'failed') {
      failed(
        String(said.message),
        placeInStack(String(said.stack).slice(0, STACK_MAX), script.placeOf),
      );
      return;
    }
    const { excess, buffers } = measure(data);
    if (excess !== null) {
      failed(`Its answer should be the result of a run, but it holds ${excess}.`);
      return;
    }
    end();
    answer({ id, type: 'answered', answer: data }, buffers);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const { message = '', lineno = 0, colno = 0 } = event;
    failed(
      message === ''
        ? 'The browser could not start it, or ended it: it may have run out of memory.'
        : message.replace(/^Uncaught /, ''),
      script.placeOf(lineno, colno),
    );
  };
  worker.postMessage(question);
  return end;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
