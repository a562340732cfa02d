/**
 * A figure without its drawing: what it shows, at which moment, and everything that can be done to
 * it. The components read its store and call its actions; the clock, the engine and the address bar
 * are arguments.
 */
import type {
  Description,
  InterventionEvent,
  ScenarioDescription,
} from '@/lib/simulation/definition';
import {
  type DecodedLink,
  encodeLink,
  FORKS_MAX,
  SEED_MAX,
  writtenMoment,
} from '@/lib/simulation/link';
import { misfit, type ParameterValue, parametersFor, snap } from '@/lib/simulation/parameters';
import type { Judged, RunRequest } from '@/lib/simulation/protocol';
import type { OutsideTraffic } from '@/lib/simulation/traffic';
import type { Clock } from './clock';
import {
  type Extra,
  type ExtraState,
  NOTHING_JUDGED,
  type Round,
  type RunFigure,
  type RunOutcome,
  type Shown,
  type Sight,
  shownOf,
  withSight,
} from './extras';
import { forkOf, isFork } from './forks';
import { createRounds } from './rounds';
import { type FigureSpec, scenarioOf } from './spec';
import { speedAt, speedPlace } from './speed';
import { createStore, type Store } from './store';
import type { TurnCandidate } from './turns';

/** The reader’s traffic, which runs in place of that of the simulation. */
export interface AppliedTraffic {
  /** What the reader knows it as: the name of a file. */
  readonly name: string;
  readonly traffic: OutsideTraffic;
  /** Epoch ms of the simulated time 0; null if the file had no times. */
  readonly startMs: number | null;
}

export interface FigureState {
  /** The moment shown, simulated ms; may lie beyond the end only while nothing is shown yet. */
  readonly t: number;
  /** `waiting`: not yet begun, shows its still; the page may begin it. */
  readonly mode: TurnCandidate['mode'];
  readonly startedBy: TurnCandidate['startedBy'];
  /** Out of sight, or not its turn: time stands still whatever the mode. */
  readonly held: boolean;
  /** Simulated ms per real ms. */
  readonly speed: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly seed: number;
  /** Null for the traffic that the simulation draws. */
  readonly traffic: AppliedTraffic | null;
  readonly shown: Shown | null;
  /** What is run beside the original, in order. */
  readonly extras: readonly ExtraState[];
  /** What the reader has chosen to see of original and forks; null for what is shown by itself. */
  readonly sight: Sight | null;
  readonly status: 'running' | 'ready' | 'failed';
  /** Why the last run failed; null if it did not. */
  readonly error: string | null;
  /** What a link said that could not be used. */
  readonly notices: readonly string[];
}

export interface Figure {
  readonly description: Description;
  readonly scenario: ScenarioDescription;
  readonly spec: FigureSpec;
  /** False for a still: same markup, nothing to operate. */
  readonly live: boolean;
  readonly store: Store<FigureState>;
  /** Begins the first run, with what a link says (or null). */
  readonly open: (link: DecodedLink | null) => void;
  readonly play: (by: 'page' | 'reader') => void;
  readonly pause: () => void;
  readonly toggle: () => void;
  /** Back to the still, if it plays and it was the page that began: the reader has asked for no other moment. */
  readonly showStill: () => void;
  /** Stops or releases time without touching the mode: for figures out of sight. */
  readonly hold: (held: boolean) => void;
  readonly seek: (t: number) => void;
  /** To the next or previous moment at which something happens. */
  readonly step: (direction: 1 | -1) => void;
  /** By a share of the run. */
  readonly leap: (share: number) => void;
  readonly setSpeed: (speed: number) => void;
  /** One place faster or slower. */
  readonly shiftSpeed: (direction: 1 | -1) => void;
  readonly setParameter: (id: string, value: ParameterValue) => void;
  readonly setSeed: (seed: number) => void;
  /**
   * Runs on the reader's traffic, with the settings that the simulation has for it; null for the
   * generated one, with the parameters as they were before.
   */
  readonly setTraffic: (traffic: AppliedTraffic | null) => void;
  /** Runs something beside the original, in the place of the extra of the same id if there is one. */
  readonly setExtra: (extra: Extra) => void;
  readonly removeExtra: (id: string) => void;
  /**
   * A run with the same past, to which this is done. Returns the id of the extra; null if there are
   * as many forks as there may be.
   */
  readonly fork: (interventions: readonly InterventionEvent[]) => string | null;
  readonly setSight: (sight: Sight | null) => void;
  readonly reroll: () => void;
  readonly reset: () => void;
  /** Tries the last run again, after a failure. */
  readonly retry: () => void;
  readonly dismissNotices: () => void;
  /** Text of the link to what is on screen, its moment included. */
  readonly linkText: () => string | null;
  /** Ends all that is under way. */
  readonly close: () => void;
}

export interface FigureOptions {
  readonly description: Description;
  readonly spec: FigureSpec;
  readonly judged?: Judged;
  readonly clock: Clock;
  /**
   * When changes are gathered up and run: as the page finds time, so that runs never come faster than
   * they are drawn. The next frame, unless given.
   */
  readonly settled?: Clock;
  readonly run: RunFigure;
  /** Writes the figure's text into the address; null takes it out. */
  readonly write?: (text: string | null) => void;
  /** A whole number from 0 to 2^32 − 1, another each time. */
  readonly randomSeed?: () => number;
  readonly live?: boolean;
  /** What is shown from the beginning: for stills, which do not run. */
  readonly initial?: RunOutcome;
}

/** A frame after a pause of the browser (a busy tab, a closed lid) moves time by no more than this, real ms. */
const FRAME_MAX_MS = 100;
/**
 * Time stands still while the reader changes a parameter, and so long after, real ms: what he sees change
 * is what he has changed, and the page has his hand alone to follow.
 */
const CHANGE_QUIET_MS = 250;
/**
 * The address follows when nothing has changed for so long, real ms: writing it takes the page some
 * time, which a slider that is being dragged needs more. Browsers refuse addresses that change more
 * often than some 100 times in 30 s.
 */
const WRITE_QUIET_MS = 350;

export function createFigure(options: FigureOptions): Figure {
  const { description, spec, clock, judged = NOTHING_JUDGED, live = true } = options;
  const settled = options.settled ?? clock;
  const scenario = scenarioOf(description, spec.scenario);
  const stillAt = scenario.stillAtMs ?? Number.POSITIVE_INFINITY;
  const store = createStore<FigureState>({
    t: stillAt,
    mode: 'waiting',
    startedBy: 'page',
    held: false,
    speed: scenario.speed,
    parameters: scenario.parameters,
    seed: scenario.seed,
    traffic: null,
    shown: null,
    extras: [],
    sight: null,
    status: 'running',
    error: null,
    notices: [],
  });
  const endMs = (): number => store.get().shown?.shownMs ?? 0;
  const clamped = (t: number): number => Math.min(endMs(), Math.max(0, t));

  // Runs: a change of parameters is gathered until the next frame, and only the newest run counts.

  /** The moment that a link asks for, simulated ms, until its run has told how far it goes; then 0. */
  let linkedMs = 0;
  /** Why the newest run failed; null while one is under way. What is drawn again may be of an older one. */
  let failure: string | null = null;
  const show = (round: Round): void => {
    const { t, mode, sight, notices } = store.get();
    const shown = shownOf(description, round, sight);
    const endsMs = writtenMoment(shown.shownMs);
    const beyond = `Time: expected milliseconds from 0 to ${endsMs}, got ${linkedMs}`;
    store.set({
      shown,
      notices: linkedMs > endsMs ? [...notices, beyond] : notices,
      t: Math.min(mode === 'waiting' ? stillAt : t, shown.shownMs),
      error: failure,
      status: rounds.busy() ? 'running' : failure === null ? 'ready' : 'failed',
    });
    linkedMs = 0;
    turnLoop();
  };
  const rounds = createRounds({
    // Goals and questions are about the traffic of the scenario.
    run: (request) => {
      failure = null;
      return options.run(request, request.traffic ? NOTHING_JUDGED : judged);
    },
    clock,
    show,
    failed: (error) => {
      failure = error instanceof Error ? error.message : String(error);
      store.set({ status: rounds.busy() ? 'running' : 'failed', error: failure });
    },
    changed: () => store.set({ extras: rounds.extras() }),
  });
  let runFrame: number | undefined;
  const runSoon = (): void => {
    if (!live) return;
    store.set({ status: 'running' });
    runFrame ??= settled.request(() => {
      runFrame = undefined;
      rounds.request(requestOf(figure));
    });
  };

  // Time: one frame asks for the next while it passes.

  let loopFrame: number | undefined;
  let lastMs: number | undefined;
  /** Real ms of the last change of a parameter; undefined from it to the next frame, which tells the time. */
  let changedMs: number | undefined = Number.NEGATIVE_INFINITY;
  const passes = (): boolean => {
    const { mode, held, shown } = store.get();
    return mode === 'playing' && !held && shown !== null;
  };
  const loop = (nowMs: number): void => {
    loopFrame = undefined;
    if (!passes()) {
      lastMs = undefined;
      return;
    }
    const elapsedMs = lastMs === undefined ? 0 : Math.min(FRAME_MAX_MS, nowMs - lastMs);
    lastMs = nowMs;
    changedMs ??= nowMs;
    if (nowMs - changedMs < CHANGE_QUIET_MS) {
      turnLoop();
      return;
    }
    const t = clamped(store.get().t + elapsedMs * store.get().speed);
    if (t >= endMs()) {
      lastMs = undefined;
      store.set({ t, mode: 'paused' });
      return;
    }
    store.set({ t });
    turnLoop();
  };
  const turnLoop = (): void => {
    if (passes()) loopFrame ??= clock.request(loop);
    else lastMs = undefined;
  };

  // The address follows when the reader has stopped doing something.

  const linkText = (withMoment: boolean): string | null => {
    const { parameters, seed, t, extras, traffic } = store.get();
    const moment = withMoment && Number.isFinite(t) ? { t } : {};
    const forks = extras.flatMap(({ extra }) => (isFork(extra) ? [extra.interventions] : []));
    const log = traffic ? { log: true } : {};
    return encodeLink(description, scenario, { parameters, seed, ...moment, ...log, forks });
  };
  let writeFrame: number | undefined;
  /** Real ms since which nothing has changed; undefined until the next frame tells the time. */
  let quietSinceMs: number | undefined;
  let written: string | null | undefined;
  let momentMatters = false;
  const tryWrite = (nowMs: number): void => {
    writeFrame = undefined;
    quietSinceMs ??= nowMs;
    if (nowMs - quietSinceMs < WRITE_QUIET_MS) {
      writeFrame = clock.request(tryWrite);
      return;
    }
    const text = linkText(momentMatters && store.get().mode !== 'playing');
    if (text === written) return;
    written = text;
    options.write?.(text);
  };
  const writeSoon = (): void => {
    quietSinceMs = undefined;
    if (live) writeFrame ??= clock.request(tryWrite);
  };

  const moveTo = (t: number): void => {
    momentMatters = true;
    store.set({ t: clamped(t), mode: 'paused', startedBy: 'reader' });
    turnLoop();
    writeSoon();
  };
  const change = (part: Partial<Pick<FigureState, 'parameters' | 'seed' | 'traffic'>>): void => {
    store.set(part);
    runSoon();
    writeSoon();
  };

  /** The parameters that come back with the generated traffic. */
  let parametersBefore = scenario.parameters;

  let forksMade = 0;
  const addFork = (interventions: readonly InterventionEvent[]): string | null => {
    const forks = store.get().extras.filter(({ extra }) => isFork(extra));
    if (forks.length >= FORKS_MAX) return null;
    const id = `fork-${++forksMade}`;
    rounds.setExtra(forkOf(description, id, interventions, options.run));
    return id;
  };
  const removeForks = (): void => {
    for (const { extra } of store.get().extras) if (isFork(extra)) rounds.removeExtra(extra.id);
  };

  const figure: Figure = {
    description,
    scenario,
    spec,
    live,
    store,
    open: (link) => {
      if (link) {
        const { state, dropped, outdated } = link;
        const notices = outdated
          ? [...dropped, 'The simulation has changed since this link was made; its run may differ']
          : dropped;
        store.set({
          parameters: { ...scenario.parameters, ...state.parameters },
          seed: state.seed ?? scenario.seed,
          notices,
          ...(state.t === undefined ? {} : { t: state.t, mode: 'paused', startedBy: 'reader' }),
        });
        removeForks();
        for (const fork of state.forks ?? []) addFork(fork);
        momentMatters = state.t !== undefined;
        linkedMs = state.t ?? 0;
        written = linkText(momentMatters);
      } else written = null;
      runSoon();
    },
    play: (by) => {
      const { mode, t, shown } = store.get();
      if (mode === 'playing') return;
      const atEnd = shown !== null && t >= shown.shownMs;
      store.set({
        mode: 'playing',
        startedBy: by,
        ...(mode === 'waiting' || atEnd ? { t: 0 } : {}),
      });
      turnLoop();
      if (by === 'reader') writeSoon();
    },
    pause: () => {
      momentMatters = true;
      store.set({ mode: 'paused', startedBy: 'reader' });
      turnLoop();
      writeSoon();
    },
    toggle: () => {
      if (store.get().mode === 'playing') figure.pause();
      else figure.play('reader');
    },
    showStill: () => {
      const { mode, startedBy } = store.get();
      if (mode !== 'playing' || startedBy !== 'page') return;
      store.set({ mode: 'waiting', t: clamped(stillAt) });
      turnLoop();
    },
    hold: (held) => {
      store.set({ held });
      turnLoop();
    },
    seek: moveTo,
    step: (direction) => {
      const { t, shown } = store.get();
      if (!shown) return;
      const moments = shown.drawn.map(({ index }) =>
        direction > 0 ? index.momentAfter(t) : index.momentBefore(t),
      );
      moveTo(direction > 0 ? Math.min(...moments) : Math.max(...moments));
    },
    leap: (share) => moveTo(store.get().t + share * endMs()),
    setSpeed: (speed) => store.set({ speed }),
    shiftSpeed: (direction) => {
      const place = speedPlace(scenario.speed, store.get().speed) + direction;
      store.set({ speed: speedAt(scenario.speed, place) });
    },
    setParameter: (id, value) => {
      const declared = parametersFor(description, store.get().traffic !== null);
      const parameter = Object.hasOwn(declared, id) ? declared[id] : undefined;
      if (!parameter) return;
      const fitted =
        typeof value === 'number' && 'step' in parameter && parameter.kind !== 'schedule'
          ? snap(parameter, value)
          : value;
      if (misfit(parameter, fitted) !== null || store.get().parameters[id] === fitted) return;
      changedMs = undefined;
      change({ parameters: { ...store.get().parameters, [id]: fitted } });
    },
    setSeed: (seed) => {
      if (Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX && seed !== store.get().seed)
        change({ seed });
    },
    setTraffic: (traffic) => {
      const before = store.get();
      if (traffic === before.traffic) return;
      if (traffic && !before.traffic) parametersBefore = before.parameters;
      const settings = description.traffic?.settings as FigureState['parameters'] | undefined;
      const parameters = !traffic
        ? parametersBefore
        : before.traffic
          ? before.parameters
          : { ...before.parameters, ...settings };
      change({ traffic, parameters });
    },
    setExtra: rounds.setExtra,
    removeExtra: (id) => {
      rounds.removeExtra(id);
      writeSoon();
    },
    fork: (interventions) => {
      const id = addFork(interventions);
      if (id === null) return null;
      // What the reader has taken in hand does not begin by itself any more.
      if (store.get().mode === 'waiting') store.set({ mode: 'paused', startedBy: 'reader' });
      writeSoon();
      return id;
    },
    setSight: (sight) => {
      const { shown } = store.get();
      store.set({ sight, shown: shown && withSight(shown, sight) });
    },
    reroll: () => change({ seed: options.randomSeed?.() ?? scenario.seed }),
    reset: () => {
      momentMatters = false;
      const { mode } = store.get();
      store.set({
        speed: scenario.speed,
        t: 0,
        mode: mode === 'playing' ? 'playing' : 'paused',
        startedBy: 'reader',
        notices: [],
        sight: null,
      });
      removeForks();
      change({ parameters: scenario.parameters, seed: scenario.seed, traffic: null });
    },
    retry: runSoon,
    dismissNotices: () => store.set({ notices: [] }),
    linkText: () => linkText(true),
    close: () => {
      rounds.drop();
      if (runFrame !== undefined) settled.cancel(runFrame);
      for (const frame of [loopFrame, writeFrame]) if (frame !== undefined) clock.cancel(frame);
    },
  };
  if (options.initial) show({ base: requestOf(figure), outcome: options.initial, extras: [] });
  return figure;
}

/** The inputs of the original’s run, as they are now. */
export function requestOf({ store, spec }: Pick<Figure, 'store' | 'spec'>): RunRequest {
  const { parameters, seed, traffic } = store.get();
  return {
    parameters,
    seed,
    variants: spec.variants,
    interventions: [],
    ...(traffic ? { traffic: traffic.traffic } : {}),
  };
}

/** Whether anything differs from the scenario, so that there is something to reset. */
export function isChanged(figure: Figure, state: FigureState): boolean {
  const { parameters, seed, speed } = figure.scenario;
  return (
    state.seed !== seed ||
    state.speed !== speed ||
    state.traffic !== null ||
    state.extras.some(({ extra }) => isFork(extra)) ||
    Object.entries(state.parameters).some(([id, value]) => parameters[id] !== value)
  );
}
