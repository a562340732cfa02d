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
  const recentWaits: { readonly atMs: number; readonly ms: number }[] = [];
  let byOperator = 0;
  let up = 0;
  let busy = 0;
  let waiting = 0;
  let busyMs = 0;
  let countedMs = 0;

  const plan = (): number => context.model(parameters, { exp });

  /** What the formula says of the plan: one station for all, or as many as there are instances. */
  const station = (): Station => {
    const servers = plan() + spare;
    const offered = erlangs(parameters);
    return isShared ? { servers, offered } : { servers: 1, offered: offered / servers };
  };

  const lineOf = ({ line }: Instance): number[] => (isShared ? shared : line);

  // Requests.

  const arrive = (row: number): void => {
    measure.requests.add();
    record.message({ from: CLIENTS, to: QUEUE, kind: 'sent', arrivesAt: simulator.now });
    const running = instances.filter(({ isUp }) => isUp);
    const place = isShared
      ? running.find((instance) => instance.row === undefined)
      : running[Math.floor((context.workload.draw[row] ?? 0) * running.length)];
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
    instance.end = simulator.after(context.workload.size[row] ?? 0, () => complete(instance));
    record.message({ from: QUEUE, to: POOL, kind: 'accepted', arrivesAt: now });
  };

  const complete = (instance: Instance): void => {
    const { row, startedMs } = instance;
    if (row === undefined) throw new Error('An instance ends a service that has not begun.');
    const arrivedMs = context.workload.atMs[row] ?? 0;
    const ms = startedMs - arrivedMs;
    measure.wait.add(ms);
    measure.stay.add(simulator.now - arrivedMs);
    measure.within.add(ms <= targetMs);
    measure.waited.add(ms > 0);
    waits.add(ms);
    recentWaits.push({ atMs: startedMs, ms });
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
    const next = lineOf(instance).shift() ?? (isShared ? undefined : shared.shift());
    if (next === undefined) return;
    waiting--;
    serve(instance, next);
  };

  // Instances.

  /** Brings as many instances up or down as the plan, the losses and the operator say. */
  const adjust = (): void => {
    const lost = scheduledAt(parameters.lostPercent, simulator.now) / 100;
    const planned = Math.max(0, plan() + spare + byOperator);
    const wanted = Math.ceil(planned * (1 - lost));
    if (wanted === up) return;
    count();
    while (up < wanted) raise();
    while (up > wanted) fail();
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
    // Those who stood in line there go to the front of whatever is left.
    const heir = isShared ? undefined : instances.find(({ isUp }) => isUp);
    (heir?.line ?? shared).unshift(...stranded);
    for (const other of instances) takeNext(other);
  };

  // What is seen.

  const count = (): void => {
    busyMs += busy * (simulator.now - countedMs);
    countedMs = simulator.now;
  };

  const showLevels = (): void => {
    measure.utilisation.set(up === 0 ? 0 : (100 * busy) / up);
    measure.waitingMost.add(waiting);
  };

  let seenBusyMs = 0;
  const tick = (index: number): void => {
    adjust();
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
      record.sample('wait', recent.count === 0 ? 0 : recent.mean);
      const sharePercent = up === 0 ? 0 : (100 * (busyMs - seenBusyMs)) / (RECENT_MS * up);
      record.sample('utilisation', index === 0 ? 0 : Math.min(100, sharePercent));
      seenBusyMs = busyMs;
    }
    measure.instances.add(up);
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  tick(0);
  record.note(`${up} instances for ${erlangs(parameters)} erlangs of load.`);
  context.forEachArrival(arrive);
  simulator.at(untilMs, () => {
    const planned = station();
    const formulaMs = serviceMs * meanWait(planned);
    if (Number.isFinite(formulaMs)) measure.predictedMean.add(formulaMs);
    measure.predictedWithin.add(100 * (1 - waitsBeyond(planned, targetMs / serviceMs, { exp })));
  });

  const change = (by: number, note: string): void => {
    byOperator += by;
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
