/**
 * An incident while it is played: time runs, the reader sees what is known by now, and what is done
 * changes what is to come. Knows no React and no DOM; the clock and the engine are arguments.
 */
import type { Clock } from '@/lib/figure/clock';
import { createStore, type Store } from '@/lib/figure/store';
import type { InterventionEvent } from '@/lib/simulation/definition';
import type { Incident } from '@/lib/simulation/incident';
import { INTERVENTIONS_MAX, writtenMoment } from '@/lib/simulation/link';
import type { RunRequest } from '@/lib/simulation/protocol';
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import { indexOf, type RunIncident } from './grade';
import { alertAt, mitigatedAt, type Track, trackOf } from './objective';

/** As many as a fork has in a link: what was done can then be shared. */
export const ACTIONS_MAX = INTERVENTIONS_MAX;

/** Longest time that one frame stands for, real ms: a page that was hidden does not jump ahead. */
const FRAME_MAX_MS = 100;

interface TakenAction {
  readonly action: string;
  /** Simulated ms. */
  readonly at: number;
}

/** A run as far as an incident needs it. */
interface PlayedRun {
  readonly index: RecordingIndex;
  readonly track: Track;
  /** When the incident is over in this run; null if the promise is not kept again. */
  readonly mitigatedMs: number | null;
}

export interface PlayState {
  /** The moment up to which everything is known, simulated ms. */
  readonly t: number;
  readonly phase: 'running' | 'over';
  readonly isPlaying: boolean;
  /** Simulated ms per real ms. */
  readonly speed: number;
  /** How often the reader has stopped time. */
  readonly pauses: number;
  readonly taken: readonly TakenAction[];
  /** The run as it goes with what has been done. */
  readonly run: PlayedRun;
  /** Whether an action is being run; time stands still meanwhile. */
  readonly isRunning: boolean;
  /** Why the last action could not be run; it was not taken then. */
  readonly error: string | null;
}

export interface Play {
  readonly incident: Incident;
  /** The run in which nobody does anything. */
  readonly base: RunRequest;
  /** When the alert comes; nothing can be done before. */
  readonly alertMs: number;
  /** End of the incident if it is not mitigated, simulated ms. */
  readonly endMs: number;
  /** False if time passed only when the reader asked for it, at first. */
  readonly plays: boolean;
  readonly store: Store<PlayState>;
  readonly toggle: () => void;
  /** Lets this much time pass at once, simulated ms. */
  readonly advance: (ms: number) => void;
  readonly setSpeed: (speed: number) => void;
  /** Takes an action at this moment; refused before the alert, while one is run, and at the end. */
  readonly act: (action: string) => Promise<void>;
  /** Ends it as it stands: what comes is seen without doing anything more. */
  readonly giveUp: () => void;
  readonly close: () => void;
}

/** What was done, as the run takes it. */
export function interventionsOf(
  { actions }: Incident,
  taken: readonly TakenAction[],
): InterventionEvent[] {
  return taken.flatMap(({ action, at }) => {
    const deed = actions[action]?.deed;
    return deed ? [{ ...deed, at }] : [];
  });
}

/**
 * An incident at its beginning, with its first run.
 *
 * @throws Error if the run fails or raises no alert
 */
export async function startPlay(options: {
  readonly incident: Incident;
  readonly base: RunRequest;
  readonly run: RunIncident;
  readonly clock: Clock;
  /** False where time passes only when the reader asks for it. */
  readonly plays: boolean;
}): Promise<Play> {
  const { incident, base, run, clock } = options;
  const { objective } = incident;

  const first = indexOf(await run(base));
  const alert = alertAt(trackOf(first, objective), objective);
  if (alert === null) {
    throw new Error(`Expected “${incident.title}” to raise an alert, got none. Try another seed.`);
  }
  const alertMs = alert;
  const endMs = first.shownMs;
  const played = (index: RecordingIndex): PlayedRun => {
    const track = trackOf(index, objective);
    return { index, track, mitigatedMs: mitigatedAt(track, objective, alertMs) };
  };

  const store = createStore<PlayState>({
    t: 0,
    phase: 'running',
    isPlaying: options.plays,
    speed: incident.speed,
    pauses: 0,
    taken: [],
    run: played(first),
    isRunning: false,
    error: null,
  });

  let frame: number | undefined;
  let lastMs: number | undefined;
  let isClosed = false;
  const loop = (nowMs: number): void => {
    frame = undefined;
    const { isPlaying, isRunning, speed } = store.get();
    const passedMs = lastMs === undefined ? 0 : Math.min(FRAME_MAX_MS, nowMs - lastMs);
    lastMs = nowMs;
    if (isPlaying && !isRunning) moveBy(passedMs * speed);
    turn();
  };
  /** Asks for the next frame while time runs. */
  const turn = (): void => {
    const { isPlaying, phase } = store.get();
    if (isPlaying && phase === 'running' && !isClosed) frame ??= clock.request(loop);
    else lastMs = undefined;
  };

  /** When the incident ends in the present run: the promise has been kept for long enough. */
  const overMs = (): number => {
    const { mitigatedMs } = store.get().run;
    return mitigatedMs === null ? endMs : mitigatedMs + objective.holdMs;
  };
  const moveBy = (ms: number): void => {
    const { t, phase } = store.get();
    if (phase === 'over') return;
    // The alert is never jumped over: whoever steps stands at it.
    const next = t < alertMs ? Math.min(t + ms, Math.max(alertMs, t)) : t + ms;
    const limit = overMs();
    if (next < limit) store.set({ t: next });
    else store.set({ t: limit, phase: 'over', isPlaying: false });
  };

  /** Whether an action that was being run comes too late: it was given up, and stays as it was then. */
  const isPast = (): boolean => isClosed || store.get().phase === 'over';

  turn();
  return {
    incident,
    base,
    alertMs,
    endMs,
    plays: options.plays,
    store,
    toggle: () => {
      const { isPlaying, phase, pauses } = store.get();
      if (phase === 'over') return;
      store.set({ isPlaying: !isPlaying, pauses: isPlaying ? pauses + 1 : pauses });
      turn();
    },
    advance: (ms) => {
      if (!store.get().isRunning) moveBy(ms);
      turn();
    },
    setSpeed: (speed) => store.set({ speed }),
    act: async (action) => {
      const { t, phase, isRunning, taken } = store.get();
      const refused = phase === 'over' || isRunning || t < alertMs || taken.length >= ACTIONS_MAX;
      if (refused || !incident.actions[action]) return;
      const all = [...taken, { action, at: writtenMoment(t) }];
      store.set({ isRunning: true, error: null });
      try {
        const interventions = interventionsOf(incident, all);
        const index = indexOf(await run({ ...base, interventions }));
        if (isPast()) return;
        store.set({ taken: all, run: played(index), isRunning: false });
        moveBy(0);
      } catch (error) {
        if (isPast()) return;
        const why = error instanceof Error ? error.message : String(error);
        store.set({ isRunning: false, error: why });
      }
      turn();
    },
    giveUp: () => {
      store.set({ phase: 'over', isPlaying: false, isRunning: false, t: overMs() });
      turn();
    },
    close: () => {
      isClosed = true;
      if (frame !== undefined) clock.cancel(frame);
    },
  };
}
