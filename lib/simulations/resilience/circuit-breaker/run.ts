/** A run: users, the service with its timeout, retries and breaker, and the dependency behind it. */
import { exponentialQuantile } from '../../../kernel/distributions';
import { RecentCount } from '../../../kernel/statistics';
import type { RunContext } from '../../../simulation/definition';
import { scheduledAt, type Values } from '../../../simulation/parameters';
import { Instance } from './dependency';
import type { BreakerMeasures } from './measures';
import type { BreakerFactory, BreakerState, CircuitBreaker, Permit } from './models/breaker';
import { BUDGET_MAX_PERCENT, type parameters } from './parameters';
import { INSTANCES, QUEUES, SERVICE, STATES, USERS } from './views';

type Settings = Values<typeof parameters>;
type Context = RunContext<typeof parameters, BreakerMeasures, BreakerFactory>;

/** How often levels are recorded, and what befalls the dependency is looked up. */
const TICK_MS = 100;
/** The series of the charts are taken at every fourth tick: a hundred points over what is shown. */
const TICKS_PER_SAMPLE = 4;
/** Rates are counted over this long. */
const RATE_MS = 1000;
/** The dependency counts as recovered where nine in ten answers were successes for so long. */
const RECOVERED_MS = 3000;
const RECOVERED_SHARE = 0.9;
/** Retries in reserve, on top of what the budget allows. */
const RESERVE = 10;
/** What is still down so long after the fault has outlived its cause. */
const OUTLIVED_MS = 10_000;

/** Whom the service asked, and the permit that it was given. */
interface Route {
  readonly instance: number;
  readonly breaker: CircuitBreaker;
  readonly permit: Permit;
}

interface Request {
  readonly row: number;
  readonly arrivedMs: number;
  /** Where the breaker stands around the retries: the one permit of the request. */
  readonly route: Route | undefined;
  attempts: number;
}

type Answer = 'accepted' | 'rejected' | 'failed';

export function run(context: Context) {
  const { simulator, parameters, record, measure, untilMs } = context;
  const { nesting, scope, instances: count, networkMs, workers, queueLimit } = parameters;
  const meanWorkMs = (1000 * count * workers) / parameters.capacityPerSecond;

  const instances = Array.from(
    { length: count },
    () => new Instance(simulator, { workers, queueLimit }),
  );
  const breakers = Array.from({ length: scope === 'shared' ? 1 : count }, () =>
    context.model(parameters),
  );
  const breakerOf = (instance: number): CircuitBreaker | undefined =>
    breakers[scope === 'shared' ? 0 : instance];

  /** Answers of the last second by kind, and those by which recovery is told. */
  const recent = {
    accepted: new RecentCount(RATE_MS),
    rejected: new RecentCount(RATE_MS),
    failed: new RecentCount(RATE_MS),
  };
  const sent = new RecentCount(RATE_MS);
  const successes = new RecentCount(RECOVERED_MS);
  const answers = new RecentCount(RECOVERED_MS);
  let inHand = 0;
  let refusals = 0;
  let reserve = RESERVE;

  // What befalls the dependency: the schedules, unless the reader has taken it in hand.
  let override: 'broken' | 'well' | undefined;
  /** What it answers with errors on any day; what the reader sets later is no part of that. */
  const usualErrorShare = (parameters.errorPercent[0]?.value ?? 0) / 100;
  const errorShareOf = (instance: number): number => {
    if (override !== undefined) return override === 'broken' ? 1 : 0;
    if (!isHit(parameters, instance)) return 0;
    return scheduledAt(parameters.errorPercent, simulator.now) / 100;
  };
  const slownessOf = (instance: number): number =>
    override !== undefined || !isHit(parameters, instance)
      ? 1
      : scheduledAt(parameters.slowdown, simulator.now);

  // The service.

  const arrive = (row: number): void => {
    measure.requests.add();
    changeInHand(1);
    reserve = Math.min(RESERVE, reserve + parameters.retryBudgetPercent / 100);
    const isOutside = nesting === 'breaker-outside';
    const route = isOutside ? routeFor(row, 0) : undefined;
    const request: Request = { row, arrivedMs: simulator.now, route, attempts: 0 };
    if (isOutside && !route) answer(request, 'rejected');
    else attempt(request);
  };

  /** The first instance in turn whose breaker lets the call through; undefined if none does. */
  const routeFor = (row: number, attempts: number): Route | undefined => {
    for (let k = 0; k < breakers.length; k++) {
      const instance = (row + attempts + k) % count;
      const breaker = breakerOf(instance);
      const admission = breaker?.acquire(simulator.now);
      if (breaker && admission?.allowed) {
        showBreakers();
        return { instance, breaker, permit: admission.permit };
      }
    }
    showBreakers();
    refusals++;
    measure.spared.add();
    return undefined;
  };

  const attempt = (request: Request): void => {
    const route = request.route ?? routeFor(request.row, request.attempts);
    if (route) call(request, route);
    else answer(request, 'rejected');
  };

  const call = (request: Request, route: Route): void => {
    const { row } = request;
    const number = request.attempts++;
    const instance = scope === 'per-instance' ? route.instance : (row + number) % count;
    const sentMs = simulator.now;
    measure.calls.add();
    sent.add(sentMs);
    record.message({
      from: SERVICE,
      to: QUEUES[instance] ?? '',
      kind: number === 0 ? 'sent' : 'retried',
      arrivesAt: sentMs + networkMs,
    });

    let isOpen = true;
    const settle = (isSuccess: boolean): void => {
      if (!isOpen) return;
      isOpen = false;
      simulator.cancel(deadline);
      if (request.route === undefined) hear(route, isSuccess, sentMs);
      if (isSuccess) answer(request, 'accepted');
      else giveUpOrRetry(request);
    };
    const deadlineMs = sentMs + parameters.timeoutMs;
    const deadline = simulator.at(deadlineMs, () => settle(false));

    const reply = (from: string, isSuccess: boolean): void => {
      // Also an answer that sets out in time may come when nobody waits for it any more.
      const arrivesAt = simulator.now + networkMs;
      const isLate = arrivesAt >= deadlineMs;
      record.message({
        from,
        to: SERVICE,
        kind: isLate ? 'expired' : isSuccess ? 'accepted' : 'failed',
        arrivesAt,
      });
      simulator.at(arrivesAt, () => {
        if (isLate) measure.wasted.add();
        settle(isSuccess);
      });
    };
    simulator.after(networkMs, () => {
      const isError = context.keyedUniform('error', row, number) < errorShareOf(instance);
      const hasRoom = instances[instance]?.offer({
        workMs: exponentialQuantile(context.keyedUniform('work', row, number), meanWorkMs),
        onServed: () => {
          measure.waiting.set(waitingInAll());
          reply(INSTANCES[instance] ?? '', !isError);
        },
      });
      measure.turnedAway.add(!hasRoom);
      measure.waiting.set(waitingInAll());
      if (hasRoom) return;
      tell('full', 'The queue of the dependency is full: calls are turned away.', 'warning');
      reply(QUEUES[instance] ?? '', false);
    });
  };

  const giveUpOrRetry = (request: Request): void => {
    const isBudgeted = parameters.retryBudgetPercent < BUDGET_MAX_PERCENT;
    if (request.attempts >= parameters.attempts || (isBudgeted && reserve < 1)) {
      answer(request, 'failed');
      return;
    }
    if (isBudgeted) reserve--;
    const longestMs = parameters.backoffMs * (1 << (request.attempts - 1));
    const share = context.keyedUniform('backoff', request.row, request.attempts);
    simulator.after(longestMs * share, () => attempt(request));
  };

  const hear = ({ breaker, permit }: Route, isSuccess: boolean, sinceMs: number): void => {
    const { now } = simulator;
    const outcome = isSuccess ? 'success' : 'failure';
    breaker.report(permit, { outcome, durationMs: now - sinceMs }, now);
    showBreakers();
  };

  const answer = (request: Request, kind: Answer): void => {
    const { now } = simulator;
    if (request.route) hear(request.route, kind === 'accepted', request.arrivedMs);
    measure.answered.add(kind === 'accepted');
    measure.refused.add(kind === 'rejected');
    measure.failed.add(kind === 'failed');
    if (faultEndMs !== undefined && request.arrivedMs >= faultEndMs + OUTLIVED_MS)
      aftermath.push(kind === 'accepted');
    measure.latency.add(now - request.arrivedMs);
    measure.amplification.add(request.attempts);
    recent[kind].add(now);
    answers.add(now);
    if (kind === 'accepted') successes.add(now);
    changeInHand(-1);
    record.message({ from: SERVICE, to: USERS, kind, arrivesAt: now + networkMs });
  };

  const changeInHand = (change: number): void => {
    inHand += change;
    measure.inHand.set(inHand);
    measure.inHandMost.add(inHand);
  };

  // The breakers, as they are seen.

  const states: BreakerState[] = breakers.map(() => 'closed');
  const showBreakers = ({ byHand = false } = {}): void => {
    let changed = false;
    breakers.forEach((breaker, i) => {
      const state = breaker.state(simulator.now);
      const before = states[i];
      if (state === before) return;
      states[i] = state;
      changed = true;
      if (before === 'closed' && state === 'open' && !byHand) countTrip(i);
      const whose = breakers.length > 1 ? `The breaker of instance ${i + 1}` : 'The breaker';
      if (state === 'open') record.note(`${whose} opens.`, 'warning');
      else if (state === 'half-open') record.note(`${whose} is half-open and lets probes through.`);
      else record.note(`${whose} closes.`, 'good');
    });
    if (changed) recordStates();
  };

  const recordStates = (): void => {
    const open = states.filter((state) => state === 'open').length;
    const [first = 'closed'] = states;
    const isOne = states.every((state) => state === first);
    record.state(SERVICE, 'breaker', isOne ? first : `${open} of ${states.length} open`);
    instances.forEach((_, i) => {
      record.state(INSTANCES[i] ?? '', 'breaker', states[i] ?? first);
    });
    // Of several breakers, the one that lets the least through.
    record.sample('breaker', Math.max(...states.map((state) => STATES.indexOf(state))));
    measure.openShare.set((100 * open) / states.length);
  };

  const countTrip = (breaker: number): void => {
    measure.trips.add();
    const judged = scope === 'shared' ? instances.map((_, i) => i) : [breaker];
    const chances = judged.map((i) => (waitsTooLong(i) ? 0 : 1 - errorShareOf(i)));
    const chance = chances.reduce((sum, each) => sum + each, 0) / chances.length;
    if (chance > 0.5) measure.falseTrips.add();
  };

  /** Whether a call that reached an instance now would be given up before its likely end. */
  const waitsTooLong = (i: number): boolean => {
    const ahead = (instances[i]?.waiting ?? 0) / workers + 1;
    return ahead * meanWorkMs * slownessOf(i) + 2 * networkMs >= parameters.timeoutMs;
  };

  // The dependency, as it is seen.

  /** What each instance suffers from, in words; undefined before the first look. */
  let conditions: string | undefined;
  let wasAiling = false;
  let faultEndMs: number | undefined;
  let recoveredMs: number | undefined;
  /** Of the requests that came long after the fault, which were answered; another fault starts anew. */
  const aftermath: boolean[] = [];

  /** Brings the dependency into the condition that holds now, if it has changed. */
  const befall = (): void => {
    const now = instances.map((_, i) => conditionOf(errorShareOf(i), slownessOf(i)));
    if (now.join('; ') === conditions) return;
    conditions = now.join('; ');
    instances.forEach((instance, i) => {
      instance.slowBy(slownessOf(i));
      record.state(INSTANCES[i] ?? '', 'condition', now[i] ?? '');
    });
    const pace = instances.reduce((sum, _, i) => sum + 1 / slownessOf(i), 0) / count;
    record.sample('capacity', pace * parameters.capacityPerSecond);

    const usual = override === undefined ? usualErrorShare : 0;
    const isAiling = instances.some((_, i) => slownessOf(i) > 1 || errorShareOf(i) > usual);
    if (isAiling && !wasAiling) {
      faultEndMs = undefined;
      recoveredMs = undefined;
      aftermath.length = 0;
      record.note(`The dependency is in trouble: ${now[0]}.`, 'bad');
    }
    if (!isAiling && wasAiling) {
      faultEndMs = simulator.now;
      record.note('The dependency is well again: the cause is gone.', 'good');
    }
    wasAiling = isAiling;
  };

  const waitingInAll = (): number => instances.reduce((sum, { waiting }) => sum + waiting, 0);

  const watchRecovery = (): void => {
    const { now } = simulator;
    if (faultEndMs === undefined || recoveredMs !== undefined) return;
    const total = answers.at(now);
    if (total > 0 && successes.at(now) >= RECOVERED_SHARE * total) {
      recoveredMs = Math.max(0, now - RECOVERED_MS - faultEndMs);
      record.note('Nine in ten requests are answered again.', 'good');
    } else if (now - faultEndMs >= OUTLIVED_MS) {
      tell('outlived', 'The cause has been gone for ten seconds, and the outage goes on.', 'bad');
    }
  };

  const told = new Set<string>();
  const tell = (topic: string, text: string, tone: 'warning' | 'bad'): void => {
    if (told.has(topic)) return;
    told.add(topic);
    record.note(text, tone);
  };

  // What is recorded at regular times.

  const showLevels = (): void => {
    showBreakers();
    instances.forEach((instance, i) => {
      record.state(QUEUES[i] ?? '', 'waiting', instance.waiting);
      record.state(INSTANCES[i] ?? '', 'busy', instance.busy);
      record.state(INSTANCES[i] ?? '', 'waiting', instance.waiting);
    });
    record.state(SERVICE, 'in-hand', inHand);
    record.state(SERVICE, 'refused', refusals);
    const tally = breakers[0]?.tally(simulator.now);
    if (tally) {
      record.state(SERVICE, 'calls', tally.calls);
      record.state(SERVICE, 'failures', tally.failures);
      record.state(SERVICE, 'slow', tally.slow);
    }
  };

  const sampleSeries = (): void => {
    const { now } = simulator;
    record.sample('answered', recent.accepted.at(now));
    record.sample('refused', recent.rejected.at(now));
    record.sample('failed', recent.failed.at(now));
    record.sample('sent', sent.at(now));
    record.sample('in-hand', inHand);
    record.sample('waiting', waitingInAll());
    watchRecovery();
  };

  const tick = (index: number): void => {
    befall();
    showLevels();
    if (index % TICKS_PER_SAMPLE === 0) sampleSeries();
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  recordStates();
  tick(0);
  context.forEachArrival((row) => {
    record.message({
      from: USERS,
      to: SERVICE,
      kind: 'sent',
      arrivesAt: simulator.now + networkMs,
    });
    simulator.after(networkMs, arrive, row);
  });
  simulator.at(untilMs, () => {
    if (faultEndMs !== undefined) measure.recovery.add(recoveredMs ?? untilMs - faultEndMs);
    for (const isAnswered of aftermath) measure.aftermath.add(isAnswered);
  });

  const take = (what: typeof override, note: string): void => {
    override = what;
    record.note(note);
    befall();
  };
  const switchBreakers = (act: (breaker: CircuitBreaker) => void, what: string): void => {
    // Said also where nothing follows: a breaker that is closed already, or a client without one.
    record.note(`By hand: all breakers, if any, are ${what}.`);
    for (const breaker of breakers) act(breaker);
    showBreakers({ byHand: true });
  };
  return {
    break: () => take('broken', 'The dependency is broken by hand: every call fails.'),
    restore: () => take('well', 'The dependency is set right by hand.'),
    restart: () => {
      record.note('The dependency is restarted: what waited there is gone.');
      for (const instance of instances) instance.restart();
      measure.waiting.set(waitingInAll());
      showLevels();
    },
    'hold-open': () => switchBreakers((each) => each.hold('open'), 'held open'),
    'hold-closed': () => switchBreakers((each) => each.hold('closed'), 'held closed'),
    reset: () => switchBreakers((each) => each.reset(), 'reset'),
  };
}

const isHit = ({ ailing }: Settings, instance: number): boolean =>
  ailing === 'all' || instance === 0;

function conditionOf(errorShare: number, slowness: number): string {
  const parts = [
    ...(errorShare > 0 ? [`${Math.round(errorShare * 100)} % errors`] : []),
    ...(slowness > 1 ? [`${slowness} × slower`] : []),
  ];
  return parts.join(', ') || 'well';
}
