/** A run: users, balancers with what each knows, and the instances behind them. */
import { exponentialQuantile, lognormalQuantile } from '../../../kernel/distributions';
import { Front, Seen } from './front';
import { autoscaler } from './models/autoscaler';
import { INSTANCES_MAX } from './parameters';
import { type Job, type Server, Service } from './service';
import { BALANCER, IN_SCENE, USERS } from './views';
import { type Context, watch } from './watch';

/** How often levels are recorded, and settings that may change are looked at. */
const TICK_MS = 500;
/** Standard deviation of very mixed work, in mean works: that of a lognormal whose sigma is 1. */
const HEAVY_CV = 1.3108324944;
/** The instance that trouble befalls: the third, so that it stands out among others. */
const TROUBLED_PLACE = 2;
const ADDED_INSTANCES = 2;
const HAND_SLOWNESS = 5;

interface Request {
  readonly row: number;
  readonly user: number;
  readonly arrivedMs: number;
}

export function run(context: Context) {
  const { simulator, parameters, record, measure, untilMs, workload } = context;
  const { serviceMs, networkMs } = parameters;
  const watcher = watch(context);
  /** Which memory a user's session is in, and which instance answered last. */
  const sessions = new Map<number, object>();
  const cookies = new Map<number, string>();

  // The instances.

  const service = new Service({
    simulator,
    startMs: () => parameters.startMs,
    slownessAt: (place) => (place < parameters.oldInstances ? parameters.oldSlowness : 1),
    onRotation: () => {
      for (const front of fronts) front.rotate(service.rotation, simulator.now);
      measure.instances.set(service.rotation.length + service.starting);
      measure.utilisation.set(100 * service.utilisation);
    },
    onLoad: (server) => {
      measure.utilisation.set(100 * service.utilisation);
      if (networkMs > 0 && server.place < IN_SCENE) record.state(server.id, 'load', server.load);
    },
  });

  // The balancers.

  const fronts = Array.from({ length: parameters.balancers }, (_, index) => {
    const draws = context.random(`balancer-${index}`);
    return new Front(
      context.model({ choices: parameters.choices, random: () => draws.next() }),
      (server) =>
        new Seen(
          server,
          parameters.weights === 'speed' ? 1 / server.slowness : 1,
          parameters.knowledge,
          parameters.reportMs === 0,
        ),
    );
  });

  const frontOf = (row: number): Front => {
    const draw = fronts.length === 1 ? 0 : context.keyedUniform('balancer', row, 0);
    const front = fronts[Math.floor(draw * fronts.length)];
    if (!front) throw new Error('A service should have a balancer.');
    return front;
  };

  const report = (index: number): void => {
    for (const front of fronts) front.report();
    const nextMs = (index + 1) * parameters.reportMs;
    if (nextMs <= untilMs) simulator.at(nextMs, report, index + 1);
  };

  // A request.

  /** Goes on after the time that a message takes. */
  const travel = (step: () => void): void => {
    if (networkMs === 0) step();
    else simulator.after(networkMs, step);
  };

  const arrive = (row: number): void => {
    watcher.asked();
    if (networkMs > 0)
      record.message({
        from: USERS,
        to: BALANCER,
        kind: 'sent',
        arrivesAt: simulator.now + networkMs,
      });
    travel(() => balance({ row, user: workload.key[row] ?? 0, arrivedMs: simulator.now }));
  };

  const balance = (request: Request): void => {
    const front = frontOf(request.row);
    front.readmit(simulator.now);
    const seen = front.pick(cookies.get(request.user));
    if (!seen) {
      watcher.ended('failed');
      return;
    }
    seen.sent();
    const { server } = seen;
    measure.toTroubled.add(server.place === TROUBLED_PLACE);
    message(server, 'sent', true);
    travel(() => reach(request, front, seen));
  };

  const reach = (request: Request, front: Front, seen: Seen): void => {
    const { server } = seen;
    const isRefused = server.isFailing || server.phase === 'gone' || server.phase === 'starting';
    if (isRefused || server.load >= parameters.queueLimit) {
      fail(front, seen, isRefused);
      return;
    }
    const isStranger = visit(request.user, server);
    const job: Job = {
      workMs: workOf(request.row),
      lockMs: () => lockOf(request.row),
      onServed: () => {
        watcher.load(server, -1);
        message(server, isStranger ? 'rejected' : 'accepted', false);
        travel(() => {
          seen.answered();
          seen.failuresInARow = 0;
          watcher.ended(
            isStranger ? 'signed-out' : 'answered',
            server,
            simulator.now - request.arrivedMs,
          );
        });
      },
      onFailed: () => {
        watcher.load(server, -1);
        fail(front, seen, true);
      },
    };
    server.take(job);
    watcher.load(server, 1);
  };

  /** @param isError whether it counts against the instance; a full queue does not */
  const fail = (front: Front, seen: Seen, isError: boolean): void => {
    message(seen.server, 'failed', false);
    travel(() => {
      seen.answered();
      watcher.ended('failed');
      if (!isError) return;
      const { ejectAfter } = parameters;
      if (front.failed(seen, { ejectAfter, nowMs: simulator.now }))
        record.note(`${seen.server.name} is left out after ${ejectAfter} errors in a row.`, 'good');
    });
  };

  /** @returns whether the user had signed in, and this instance knows nothing of it */
  const visit = (user: number, server: Server): boolean => {
    cookies.set(user, server.id);
    const session = sessions.get(user);
    sessions.set(user, server.memory);
    if (session === undefined) return false;
    const isStranger = parameters.sessions === 'memory' && session !== server.memory;
    measure.signedOut.add(isStranger);
    return isStranger;
  };

  const message = (
    server: Server,
    kind: 'sent' | 'accepted' | 'rejected' | 'failed',
    isThere: boolean,
  ): void => {
    if (networkMs === 0 || server.place >= IN_SCENE) return;
    const [from, to] = isThere ? [BALANCER, server.id] : [server.id, BALANCER];
    record.message({ from, to, kind, arrivesAt: simulator.now + networkMs });
  };

  const workOf = (row: number): number => {
    const draw = workload.draw[row] ?? 0;
    switch (parameters.work) {
      case 'constant':
        return serviceMs;
      case 'exponential':
        return exponentialQuantile(draw, serviceMs);
      case 'heavy':
        return lognormalQuantile(draw, { mean: serviceMs, cv: HEAVY_CV });
      default:
        return parameters.work satisfies never;
    }
  };

  const lockOf = (row: number): number => {
    const peers = service.rotation.length - 1;
    const meanMs = parameters.lockMs + parameters.tellMs * Math.max(0, peers);
    return meanMs === 0 ? 0 : exponentialQuantile(context.keyedUniform('lock', row, 0), meanMs);
  };

  // What befalls the instances, and who looks after them.

  const slowDown = (server: Server, factor: number): void => {
    server.trouble = factor;
    record.note(
      factor > 1 ? `${server.name} becomes ${factor} times as slow.` : `${server.name} is well.`,
      factor > 1 ? 'bad' : 'good',
    );
  };

  const befall = (): void => {
    const server = service.servers[TROUBLED_PLACE];
    if (!server) return;
    if (parameters.trouble === 'failing') breakDown(server);
    if (parameters.trouble === 'slow') slowDown(server, parameters.troubleSlowness);
  };

  const breakDown = (server: Server): void => {
    server.isFailing = true;
    record.note(`${server.name} answers every request with an error, at once.`, 'bad');
  };

  const scale = autoscaler({
    target: parameters.targetUtilisation / 100,
    least: 1,
    most: INSTANCES_MAX,
    stabiliseMs: parameters.stabiliseMs,
  });

  const look = (): void => {
    simulator.after(parameters.syncMs, look);
    const utilisation = service.meanUtilisation();
    const ready = service.rotation.length;
    if (ready === 0) return;
    const { starting } = service;
    const desired = scale({ ready, starting, utilisation }, simulator.now);
    if (desired === ready + starting) return;
    record.note(
      `The autoscaler saw ${Math.round(100 * utilisation)} % busy: ${desired} instances instead of ${ready + starting}.`,
    );
    service.scaleTo(desired);
    measure.instances.set(service.rotation.length + service.starting);
  };

  const tick = (index: number): void => {
    watcher.tick(index, service);
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  const resize = (count: number): void => {
    service.scaleTo(count);
    measure.instances.set(service.rotation.length + service.starting);
    record.note(`The service is to have ${count} instances.`);
  };

  context.whenChanged((parameter) => {
    if (parameter === 'instances') resize(parameters.instances);
  });

  service.open(parameters.instances);
  if (parameters.troubleFromMs === 0) befall();
  else simulator.at(parameters.troubleFromMs, befall);
  tick(0);
  if (parameters.reportMs > 0 && parameters.knowledge !== 'own') report(0);
  if (parameters.autoscale) simulator.after(parameters.syncMs, look);
  context.forEachArrival(arrive);

  // What an operator can do.

  /** Does it to an instance in rotation; says so where there is none. */
  const toInstance =
    (act: (server: Server) => void) =>
    (target: string | undefined): void => {
      const server = service.rotation.find(({ id }) => id === target);
      if (server) act(server);
      else record.note('That instance is not in rotation.');
    };

  return {
    add: () => {
      const count = service.rotation.length + service.starting;
      if (count >= INSTANCES_MAX)
        record.note(`There are ${count} instances already, as many as there may be.`);
      else resize(Math.min(INSTANCES_MAX, count + ADDED_INSTANCES));
    },
    restart: toInstance((server) => {
      record.note(`${server.name} is restarted, with what it had in hand and in memory.`, 'bad');
      service.restart(server);
      measure.instances.set(service.rotation.length + service.starting);
    }),
    slow: toInstance((server) => slowDown(server, HAND_SLOWNESS)),
    break: toInstance(breakDown),
  };
}
