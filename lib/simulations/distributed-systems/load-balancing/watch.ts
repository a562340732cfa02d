/** What is measured and recorded of a run, apart from how it runs. */
import { RecentCount } from '../../../kernel/statistics';
import type { RunContext } from '../../../simulation/definition';
import type { BalancingMeasures } from './measures';
import type { BalancerFactory } from './models/balancer';
import type { parameters } from './parameters';
import type { Server, Service } from './service';
import { IN_SCENE, RECORDED } from './views';

export type Context = RunContext<typeof parameters, BalancingMeasures, BalancerFactory>;
type Ending = 'answered' | 'failed' | 'signed-out';

/** Rates are counted, and latencies gathered, over this long. */
const RATE_MS = 1000;
/** A point of those series at every second tick. */
const TICKS_PER_POINT = 2;

export function watch({ record, measure, parameters, simulator }: Context) {
  const recent = {
    asked: new RecentCount(RATE_MS),
    answered: new RecentCount(RATE_MS),
    failed: new RecentCount(RATE_MS),
    'signed-out': new RecentCount(RATE_MS),
  };
  const served = new Map<Server, number>();
  const strangers = new Map<Server, number>();
  const healths = new Map<Server, string>();
  let sumMs = 0;
  let slowestMs = 0;
  let answers = 0;
  let present = 0;

  const count = (counts: Map<Server, number>, server: Server): number => {
    const next = (counts.get(server) ?? 0) + 1;
    counts.set(server, next);
    return next;
  };

  return {
    asked(): void {
      recent.asked.add(simulator.now);
    },

    /** A request has come to the instance, or has left it. */
    load(server: Server, change: number): void {
      present += change;
      measure.present.set(present);
      measure.longest.add(server.load);
    },

    ended(ending: Ending, server?: Server, latencyMs = 0): void {
      recent[ending].add(simulator.now);
      measure.failed.add(ending === 'failed');
      if (ending === 'failed') return;
      measure.answered.add();
      measure.latency.add(latencyMs);
      sumMs += latencyMs;
      slowestMs = Math.max(slowestMs, latencyMs);
      answers++;
      if (!server) return;
      count(served, server);
      if (ending === 'signed-out' && server.place < IN_SCENE)
        record.state(server.id, 'strangers', count(strangers, server));
    },

    tick(index: number, service: Service): void {
      let longest = 0;
      let shortest = Number.POSITIVE_INFINITY;
      let sum = 0;
      for (const { load } of service.rotation) {
        longest = Math.max(longest, load);
        shortest = Math.min(shortest, load);
        sum += load;
      }
      for (const server of service.servers.slice(0, RECORDED)) {
        if (server.phase !== 'gone') record.sample(server.id, server.load);
        const health = healthOf(server);
        if (healths.get(server) === health) continue;
        healths.set(server, health);
        record.state(server.id, 'health', health);
      }
      if (index % TICKS_PER_POINT !== 0) return;

      const { rotation, starting } = service;
      record.sample('longest', longest);
      record.sample('mean', rotation.length === 0 ? 0 : sum / rotation.length);
      record.sample('shortest', rotation.length === 0 ? 0 : shortest);
      for (const [series, counted] of Object.entries(recent))
        record.sample(series, counted.at(simulator.now));
      if (answers > 0) {
        record.sample('usual', sumMs / answers);
        record.sample('slowest', slowestMs);
      }
      [sumMs, slowestMs, answers] = [0, 0, 0];
      record.sample('up', rotation.length);
      record.sample('ordered', rotation.length + starting);
      const pace = rotation.reduce((all, { slowness, trouble }) => all + 1 / slowness / trouble, 0);
      record.sample('capacity', (1000 * pace) / parameters.serviceMs);
      for (const [server, number] of served)
        if (server.place < RECORDED) record.state(server.id, 'served', number);
    },
  };
}

/** What is wrong with an instance, in words; `off` is drawn as down. */
function healthOf(server: Server): string {
  if (server.phase === 'gone') return 'off';
  if (server.phase !== 'up') return server.phase;
  if (server.isFailing) return 'failing';
  if (server.trouble > 1) return `${server.trouble} × slower`;
  return server.slowness > 1 ? 'old hardware' : 'well';
}
