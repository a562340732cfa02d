/** A run: requests on their way to the limiter, what it decides, and what of them passes. */
import type { RunContext } from '../../../simulation/definition';
import { CLIENT, QUIET } from './arrivals';
import type { LimiterMeasures } from './measures';
import type { Limiter, LimiterFactory } from './models/limiter';
import type { parameters } from './parameters';

type Context = RunContext<typeof parameters, LimiterMeasures, LimiterFactory>;

/** The state of a limiter is drawn at this many moments per window, beside those of its decisions. */
const TICKS_PER_WINDOW = 40;
/** By how much "Set the clock back" does so. */
export const CLOCK_STEP_MS = 3000;
/** The limiters of clients by themselves are the same ones as that of everybody but for this key. */
const EVERYBODY = 'everybody';

export function run(context: Context) {
  const { simulator, parameters, record, measure, model } = context;
  const { limit, windowMs, burst, latencyMs, keying } = parameters;

  const limiters = new Map<string, Limiter>();
  /** Kept by all limiters together; counted along, since there may be one for each of many clients. */
  let numbers = 0;
  const limiterOf = (client: string): Limiter => {
    const key = keying === 'shared' ? EVERYBODY : client;
    const known = limiters.get(key);
    if (known) return known;
    const limiter = model({ limit, windowMs, burst });
    limiters.set(key, limiter);
    numbers += limiter.stateSize();
    return limiter;
  };
  let clockMs = 0;
  const clock = (): number => simulator.now + clockMs;
  /** What the limiter reads off it: requests from outside may come at fractions of a ms. */
  const readClock = parameters.clock === 'whole-ms' ? () => Math.floor(clock()) : clock;

  const inWindow = new SlidingCount(windowMs);
  const inSecond = new SlidingCount(1000);
  const passedOf: Record<string, number> = { [CLIENT]: 0, [QUIET]: 0 };
  let accepted = 0;
  let rejected = 0;
  let passed = 0;
  let waiting = 0;

  // A client of a log may be called as ours are.
  const { isOutside } = context;
  /** Where a client stands in the scene: clients from outside stand together where the first one does. */
  const nodeOf = (client: string): string => (isOutside ? CLIENT : client);
  /** The clients of the scenarios are told by their places, those from outside by their names. */
  const named = (client: string): { readonly label?: string } =>
    isOutside ? { label: client } : {};

  /** Notes a turn of the story once: narration that repeats itself is noise. */
  const told = new Set<string>();
  const tell = (topic: string, text: string, tone?: 'plain' | 'warning' | 'bad'): void => {
    if (told.has(topic)) return;
    told.add(topic);
    record.note(text, tone);
  };

  const showRemaining = (): void => {
    if (!record.isRecording()) return;
    // With a limiter per client, that of the first client stands for all.
    const { remaining, capacity } = limiterOf(context.workload.keys[0] ?? CLIENT);
    const left = remaining(clock());
    record.sample('remaining', left);
    record.state('limiter', 'remaining', Math.round(left * 100) / 100);
    record.state('limiter', 'fill', (left / capacity) * 100);
  };
  const showInWindow = (): void => {
    const count = inWindow.at(simulator.now);
    record.sample('in-window', count);
    record.state('limiter', 'in-window', count);
  };
  const showWaiting = (change: number): void => {
    waiting += change;
    record.sample('waiting', waiting);
    record.state('queue', 'waiting', waiting);
  };

  const send = (key: number): void => {
    const client = context.workload.keys[key] ?? CLIENT;
    record.message({
      from: nodeOf(client),
      to: 'limiter',
      kind: 'sent',
      ...named(client),
      arrivesAt: simulator.now + latencyMs,
    });
    simulator.after(latencyMs, () => decide(key, client));
  };

  const decide = (key: number, client: string): void => {
    showRemaining();
    const limiter = limiterOf(client);
    const numbersBefore = limiter.stateSize();
    const decision = limiter.take(readClock());
    numbers += limiter.stateSize() - numbersBefore;
    measure.acceptedShare.add(decision.allowed);
    measure.clients.add(key, 'requests');
    measure.clients.add(key, decision.allowed ? 'accepted' : 'rejected');
    if (nodeOf(client) === QUIET) measure.quietAccepted.add(decision.allowed);
    if (decision.allowed) {
      accepted++;
      measure.wait.add(decision.waitMs);
      if (decision.waitMs > 0) hold(client, decision.waitMs);
      else pass(client, 'limiter');
    } else {
      rejected++;
      record.message({
        from: 'limiter',
        to: nodeOf(client),
        kind: 'rejected',
        ...named(client),
        arrivesAt: simulator.now + latencyMs,
      });
      tell('rejected', 'The limiter refuses a request for the first time.', 'warning');
      if (nodeOf(client) === QUIET && !told.has('quiet')) {
        const how = isFarBelow(key)
          ? ', though far below the limit by itself'
          : ' for the first time';
        tell('quiet', `The quiet client is refused${how}.`, 'bad');
      }
    }
    measure.stateSize.add(numbers);
    record.state('limiter', 'accepted', accepted);
    record.state('limiter', 'rejected', rejected);
    record.state('limiter', 'numbers', numbers);
    showRemaining();
  };

  /** Whether a client asks for half the limit or less, over the whole run. */
  const isFarBelow = (key: number): boolean => {
    let requests = 0;
    for (const each of context.workload.key) if (each === key) requests++;
    return requests * windowMs <= (context.untilMs * limit) / 2;
  };

  const hold = (client: string, waitMs: number): void => {
    record.message({
      from: 'limiter',
      to: 'queue',
      kind: 'queued',
      ...named(client),
      arrivesAt: simulator.now,
    });
    tell('waits', 'A request has to wait for its turn for the first time.');
    showWaiting(1);
    simulator.after(waitMs, () => {
      showWaiting(-1);
      pass(client, 'queue');
    });
  };

  const pass = (client: string, from: 'limiter' | 'queue'): void => {
    const { now } = simulator;
    record.message({
      from,
      to: 'service',
      kind: 'accepted',
      ...named(client),
      arrivesAt: now + latencyMs,
    });
    passed++;
    const node = nodeOf(client);
    const ofClient = (passedOf[node] ?? 0) + 1;
    passedOf[node] = ofClient;
    record.sample('passed', passed);
    record.sample(`passed of ${node}`, ofClient);

    const count = inWindow.add(now);
    showInWindow();
    simulator.after(windowMs, showInWindow);
    measure.acceptedPerSecond.add();
    measure.worstWindow.add(count);
    measure.overshoot.add(count / limit);
    measure.worstSecond.add(inSecond.add(now));
    if (count === limit + 1) {
      tell(
        'over',
        `${count} requests within one window: more than the limit of ${limit}.`,
        'warning',
      );
    }
    if (count === 2 * limit) {
      tell('twice', `${count} requests within one window: twice the limit of ${limit}.`, 'bad');
    }
  };

  const tick = (index: number): void => {
    showRemaining();
    // A multiple, not a sum, so that ticks fall on the boundaries.
    const nextMs = ((index + 1) * windowMs) / TICKS_PER_WINDOW;
    if (record.isRecording()) simulator.at(nextMs, tick, index + 1);
  };

  showInWindow();
  showWaiting(0);
  record.sample('passed', 0);
  for (const client of [CLIENT, QUIET]) record.sample(`passed of ${client}`, 0);
  for (const field of ['accepted', 'rejected', 'numbers']) record.state('limiter', field, 0);
  tick(0);
  context.forEachArrival((row) => send(context.workload.key[row] ?? 0));

  return {
    'send-volley': () => {
      record.note(`The client sends ${parameters.volley} requests at once.`);
      for (let i = 0; i < parameters.volley; i++) send(0);
    },
    'lose-state': () => {
      record.note('The limiter restarts and has forgotten everything.', 'bad');
      limiters.clear();
      numbers = 0;
      showRemaining();
    },
    'set-clock-back': () => {
      record.note(`The clock of the limiter jumps back by ${CLOCK_STEP_MS / 1000} s.`, 'bad');
      clockMs -= CLOCK_STEP_MS;
      showRemaining();
    },
  };
}

/** Counts what happened within the last `lengthMs`, a half-open interval that ends now. */
class SlidingCount {
  private readonly leavesAtMs: number[] = [];
  private first = 0;

  constructor(private readonly lengthMs: number) {}

  /** Something happens now; how many there are with it. */
  add(nowMs: number): number {
    this.leavesAtMs.push(nowMs + this.lengthMs);
    return this.at(nowMs);
  }

  at(nowMs: number): number {
    // A nanosecond forgives the rounding of a release whose turn is not at a whole ms.
    while ((this.leavesAtMs[this.first] ?? Infinity) <= nowMs + 1e-6) this.first++;
    return this.leavesAtMs.length - this.first;
  }
}
