/** A run: requests that wait for the instances that a rule has chosen. */
import { exp } from '../../../kernel/math';
import { Mean } from '../../../kernel/statistics';
import type { RunContext } from '../../../simulation/definition';
import { scheduledAt } from '../../../simulation/parameters';
import type { PlannerMeasures } from './measures';
import { meanWait, type Station, waitsBeyond } from './models/erlang';
import { erlangs, type SizingRule } from './models/sizing';
import type { parameters } from './parameters';
import { CLIENTS, POOL, QUEUE } from './views';

/** How often levels are recorded, and losses looked up. */
const TICK_MS = 500;
/** What the charts show as "last second". */
const RECENT_MS = 1000;
/** What goes down when a zone is lost. */
const ZONE_SHARE = 1 / 3;

interface Instance {
  isUp: boolean;
  /** The row being served; undefined while idle. */
  row: number | undefined;
  startedMs: number;
  /** The event that ends the service. */
  end: number;
  /** Its own queue, where there is not one for all. */
  readonly line: number[];
}

export function run(context: RunContext<typeof parameters, PlannerMeasures, SizingRule>) {
  const { simulator, parameters, record, measure, untilMs } = context;
  const { queues, targetMs, serviceMs, spare } = parameters;
  const isShared = queues === 'shared';

  const instances: Instance[] = [];
  const shared: number[] = [];
  const waits = new Mean();
  /** Of the services begun in the last second, in that order. */
  const recentWaits: { readonly atMs: number; readonly ms: number }[] = [];
  /** What the operator has added to what the plan and the losses leave, or taken from it. */
  let byOperator = 0;
  let up = 0;
  let busy = 0;
  let waiting = 0;
  let busyMs = 0;
  let upMs = 0;
  let countedMs = 0;

  const plan = (): number => context.model(parameters, { exp });

  /** What the formula says of the plan: one station for all, or as many as there are instances. */
  const station = (): Station => {
    const servers = plan() + spare;
    const offered = erlangs(parameters);
    return isShared ? { servers, offered } : { servers: 1, offered: offered / servers };
  };

  const running = (): Instance[] => instances.filter(({ isUp }) => isUp);

  /** Where a draw sends a request that queues at one instance; undefined if none is up. */
  const placeOf = (draw: number, among: readonly Instance[]): Instance | undefined =>
    among[Math.floor(draw * among.length)];

  const inLine = (): number[] => [...shared, ...instances.flatMap(({ line }) => line)];

  // Requests.

  const arrive = (row: number): void => {
    measure.requests.add();
    record.message({ from: CLIENTS, to: QUEUE, kind: 'sent', arrivesAt: simulator.now });
    const place = isShared
      ? running().find((instance) => instance.row === undefined)
      : placeOf(context.workload.draw[row] ?? 0, running());
    if (place && place.row === undefined) serve(place, row);
    else {
      // With nothing up at all, whoever has a queue keeps it for whoever comes back first.
      (isShared || !place ? shared : place.line).push(row);
      waiting++;
    }
    showLevels();
  };

  const serve = (instance: Instance, row: number): void => {
    const { now } = simulator;
    count();
    busy++;
    instance.row = row;
    instance.startedMs = now;
    recentWaits.push({ atMs: now, ms: waitedMs(row) });
    instance.end = simulator.after(context.workload.size[row] ?? 0, () => complete(instance));
    record.message({ from: QUEUE, to: POOL, kind: 'accepted', arrivesAt: now });
  };

  /** From the arrival until now. */
  const waitedMs = (row: number): number => simulator.now - (context.workload.atMs[row] ?? 0);

  const complete = (instance: Instance): void => {
    const { row, startedMs } = instance;
    if (row === undefined) throw new Error('An instance ends a service that has not begun.');
    const stayMs = waitedMs(row);
    const ms = startedMs - (context.workload.atMs[row] ?? 0);
    measure.wait.add(ms);
    measure.stay.add(stayMs);
    measure.within.add(ms <= targetMs);
    measure.waited.add(ms > 0);
    waits.add(ms);
    release(instance);
    takeNext(instance);
    showLevels();
  };

  const release = (instance: Instance): void => {
    count();
    busy--;
    instance.row = undefined;
  };

  const takeNext = (instance: Instance): void => {
    if (!instance.isUp || instance.row !== undefined) return;
    // With a queue each, those who came while nothing was up have waited longest.
    const next = shared.shift() ?? instance.line.shift();
    if (next === undefined) return;
    waiting--;
    serve(instance, next);
  };

  // Instances.

  /** What the losses leave of the plan. In whole numbers, which no rounding carries beyond the next one. */
  const leftOfPlan = (): number => {
    const lostPercent = scheduledAt(parameters.lostPercent, simulator.now);
    return Math.ceil(((plan() + spare) * (100 - lostPercent)) / 100);
  };

  /** Brings as many instances up or down as the plan, the losses and the operator say. */
  const adjust = (): void => {
    const wanted = Math.max(0, leftOfPlan() + byOperator);
    if (wanted === up) return;
    count();
    while (up < wanted) raise();
    while (up > wanted) fail();
    measure.instances.add(up);
    record.state(POOL, 'up', up);
    record.sample('up', up);
    showLevels();
  };

  const raise = (): void => {
    let instance = instances.find(({ isUp }) => !isUp);
    if (!instance) {
      instance = { isUp: false, row: undefined, startedMs: 0, end: 0, line: [] };
      instances.push(instance);
    }
    instance.isUp = true;
    up++;
    takeNext(instance);
  };

  /** The last instance goes down; what it was serving is served anew, before all others. */
  const fail = (): void => {
    const instance = instances.findLast(({ isUp }) => isUp);
    if (!instance) return;
    instance.isUp = false;
    up--;
    const stranded = instance.line.splice(0);
    if (instance.row !== undefined) {
      simulator.cancel(instance.end);
      stranded.unshift(instance.row);
      release(instance);
      waiting++;
    }
    // Those who stood in line there go to the front of whatever is left, each by a draw of its own.
    const left = isShared ? [] : running();
    for (const row of stranded.reverse())
      (placeOf(context.keyedUniform('rerouted', row, up), left)?.line ?? shared).unshift(row);
    for (const other of instances) takeNext(other);
  };

  // What is seen.

  const count = (): void => {
    busyMs += busy * (simulator.now - countedMs);
    upMs += up * (simulator.now - countedMs);
    countedMs = simulator.now;
  };

  const showLevels = (): void => {
    measure.utilisation.set(up === 0 ? 0 : (100 * busy) / up);
    measure.waitingMost.add(waiting);
  };

  let seenBusyMs = 0;
  let seenUpMs = 0;
  const tick = (index: number): void => {
    const { now } = simulator;
    count();
    record.state(QUEUE, 'waiting', waiting);
    record.state(POOL, 'utilisation', up === 0 ? 0 : Math.round((100 * busy) / up));
    record.sample('present', busy + waiting);
    record.sample('up', up);
    const growth = scheduledAt(parameters.growth, now);
    record.sample('offered', growth * erlangs(parameters));
    if (waits.count > 0) record.sample('mean', waits.mean);
    const formulaMs = serviceMs * meanWait(station());
    if (Number.isFinite(formulaMs)) record.sample('formula', formulaMs);
    if (index % (RECENT_MS / TICK_MS) === 0) {
      while ((recentWaits[0]?.atMs ?? now) < now - RECENT_MS) recentWaits.shift();
      const recent = new Mean();
      for (const { ms } of recentWaits) recent.add(ms);
      // Where none is begun, what those in line have waited so far is all that is known.
      if (recent.count === 0) for (const row of inLine()) recent.add(waitedMs(row));
      record.sample('wait', recent.count === 0 ? 0 : recent.mean);
      const recentUpMs = upMs - seenUpMs;
      const sharePercent = recentUpMs === 0 ? 0 : (100 * (busyMs - seenBusyMs)) / recentUpMs;
      record.sample('utilisation', sharePercent);
      seenBusyMs = busyMs;
      seenUpMs = upMs;
    }
    measure.instances.add(up);
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  /** Losses come and go at moments of their own. */
  const planLosses = (): void => {
    for (const { atMs } of parameters.lostPercent)
      if (atMs > simulator.now && atMs <= untilMs) simulator.at(atMs, adjust);
  };
  adjust();
  planLosses();
  context.whenChanged((parameter) => {
    if (parameter === 'lostPercent') planLosses();
    adjust();
  });
  tick(0);
  record.note(`${up} instances for ${erlangs(parameters)} erlangs of load.`);
  context.forEachArrival(arrive);
  simulator.at(untilMs, () => {
    // Those who are still in line have waited; without them an outage would be what nobody waited for.
    for (const row of inLine()) {
      measure.waited.add(true);
      if (waitedMs(row) > targetMs) measure.within.add(false);
    }
    const planned = station();
    const formulaMs = serviceMs * meanWait(planned);
    if (Number.isFinite(formulaMs)) measure.predictedMean.add(formulaMs);
    measure.predictedWithin.add(100 * (1 - waitsBeyond(planned, targetMs / serviceMs, { exp })));
  });

  const change = (by: number, note: string): void => {
    if (up + by < 0) {
      record.note('There is no instance that could go down.');
      return;
    }
    // From what is up now: nothing that is down already is owed later.
    byOperator = up + by - leftOfPlan();
    record.note(note, by < 0 ? 'bad' : 'plain');
    adjust();
  };
  return {
    'lose-zone': () => {
      const lost = Math.round(up * ZONE_SHARE);
      change(-lost, `A zone is down, and ${lost} of the instances with it.`);
    },
    'lose-instance': () => change(-1, 'An instance is down.'),
    'add-instances': () => change(2, 'Two more instances are up.'),
  };
}
