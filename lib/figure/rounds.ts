/**
 * Runs an original and its extras on the same inputs, and shows them together: of each only the
 * newest run counts, and none holds up another for long. An extra that fails takes nothing away.
 */
import type { Race } from '@/lib/simulation/definition';
import type { RunRequest } from '@/lib/simulation/protocol';
import type { Clock } from './clock';
import { type Extra, type ExtraState, NOTHING_JUDGED, type Round, type RunOutcome } from './extras';
import { createLatest, type Latest } from './latest';

export interface Rounds {
  readonly request: (base: RunRequest) => void;
  /** Adds it, or puts it in the place of the one of the same id; runs it on the present inputs. */
  readonly setExtra: (extra: Extra) => void;
  readonly removeExtra: (id: string) => void;
  readonly extras: () => readonly ExtraState[];
  /** Whether a run of the original is under way. */
  readonly busy: () => boolean;
  /** What is under way is no longer wanted. */
  readonly drop: () => void;
}

/** How long an original waits for its extras before it is shown without those that are late, real ms. */
export const GRACE_MS = 250;

interface Ended {
  readonly extra: Extra;
  readonly base: RunRequest;
  readonly result: { readonly race: Race } | { readonly error: string };
}

interface Beside {
  readonly extra: Extra;
  readonly latest: Latest<RunRequest>;
  ended: Ended | undefined;
}

export function createRounds(options: {
  readonly run: (base: RunRequest) => Promise<RunOutcome>;
  readonly clock: Clock;
  readonly show: (round: Round) => void;
  /** The run of the original failed; what was shown last stands. */
  readonly failed: (error: unknown) => void;
  /** An extra has begun, ended, come or gone. */
  readonly changed: () => void;
}): Rounds {
  const { clock } = options;
  const besides = new Map<string, Beside>();
  /** The inputs that the extras are to run on. */
  let asked: RunRequest | undefined;
  /** The newest original that has arrived, with the extras that ended on its inputs. */
  let arrived:
    | {
        readonly base: RunRequest;
        readonly outcome: RunOutcome;
        readonly ended: Map<string, Ended>;
      }
    | undefined;
  /** Whether `arrived` is on screen, be it without an extra that is late. */
  let isShown = false;

  const show = (): void => {
    stopWaiting();
    if (!arrived) return;
    isShown = true;
    const { base, outcome, ended } = arrived;
    options.show({
      base,
      outcome,
      extras: [...besides].map(([id, { extra }]) => {
        // Until a new extra of this id has run, the old one stands in its place.
        const last = ended.get(id);
        return last && 'race' in last.result
          ? { extra: last.extra, race: last.result.race }
          : { extra, race: null };
      }),
    });
  };
  const isComplete = (): boolean =>
    [...besides].every(([id, { extra }]) => arrived?.ended.get(id)?.extra === extra);
  const showWhenComplete = (): void => {
    if (isShown || isComplete()) show();
    else wait();
  };

  // The wait is not begun anew for a newer original, so that something is seen while changes go on.
  let waitFrame: number | undefined;
  let waitingSinceMs: number | undefined;
  const wait = (): void => {
    waitFrame ??= clock.request((nowMs) => {
      waitFrame = undefined;
      waitingSinceMs ??= nowMs;
      if (nowMs - waitingSinceMs >= GRACE_MS) show();
      else wait();
    });
  };
  const stopWaiting = (): void => {
    if (waitFrame !== undefined) clock.cancel(waitFrame);
    waitFrame = undefined;
    waitingSinceMs = undefined;
  };

  const main = createLatest<RunRequest, RunOutcome>({
    work: (base) => {
      asked = base;
      const running = options.run(base);
      for (const { latest } of besides.values()) latest.request(base);
      options.changed();
      return running;
    },
    done: (outcome, base) => {
      const ended = new Map<string, Ended>();
      for (const [id, beside] of besides)
        if (beside.ended?.base === base) ended.set(id, beside.ended);
      arrived = { base, outcome, ended };
      isShown = false;
      showWhenComplete();
    },
    failed: (error) => options.failed(error),
  });

  const besideOf = (extra: Extra): Beside => {
    const end = (base: RunRequest, result: Ended['result']): void => {
      beside.ended = { extra, base, result };
      if (arrived?.base === base) {
        arrived.ended.set(extra.id, beside.ended);
        showWhenComplete();
      }
      options.changed();
    };
    const beside: Beside = {
      extra,
      ended: undefined,
      latest: createLatest<RunRequest, RunOutcome>({
        // A request that cannot even be made is a failure of this extra like any other.
        work: async (base) => extra.run(extra.request(base), NOTHING_JUDGED),
        done: ({ race }, base) => end(base, { race }),
        failed: (error, base) =>
          end(base, { error: error instanceof Error ? error.message : String(error) }),
      }),
    };
    return beside;
  };

  return {
    request: main.request,
    setExtra: (extra) => {
      besides.get(extra.id)?.latest.drop();
      const beside = besideOf(extra);
      besides.set(extra.id, beside);
      if (asked) beside.latest.request(asked);
      options.changed();
    },
    removeExtra: (id) => {
      const beside = besides.get(id);
      if (!beside) return;
      beside.latest.drop();
      besides.delete(id);
      options.changed();
      if (isShown || isComplete()) show();
    },
    extras: () =>
      [...besides.values()].map(({ extra, latest, ended }): ExtraState => {
        const error = ended && 'error' in ended.result ? ended.result.error : null;
        if (!ended || ended.base !== asked || latest.busy())
          return { extra, status: 'running', error: null };
        return { extra, status: error === null ? 'ready' : 'failed', error };
      }),
    busy: main.busy,
    drop: () => {
      stopWaiting();
      main.drop();
      for (const { latest } of besides.values()) latest.drop();
    },
  };
}
