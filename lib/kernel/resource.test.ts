import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Interrupted, type ProcessBody, spawn, withTimeout } from './process';
import { type Claim, Preempted, Refused, Resource } from './resource';
import { Simulator } from './simulator';

interface Customer {
  readonly name: string;
  readonly arrivesAtMs: number;
  readonly serviceMs: number;
  readonly priority?: number;
  readonly preempt?: boolean;
}

/** Sends customers to a resource and notes what happens to them. */
function serve(simulator: Simulator, server: Resource, customers: readonly Customer[]): string[] {
  const lines: string[] = [];
  const write = (line: string) => lines.push(`${simulator.now} ${line}`);
  for (const { name, arrivesAtMs, serviceMs, priority, preempt } of customers) {
    spawn(simulator, function* (): ProcessBody<void> {
      yield arrivesAtMs;
      let claim: Claim | null = null;
      try {
        claim = yield* server.acquire({ priority, preempt });
        write(`${name} starts`);
        yield serviceMs;
        write(`${name} ends`);
      } catch (error) {
        if (error instanceof Refused) write(`${name} refused`);
        else if (error instanceof Interrupted && error.reason instanceof Preempted) {
          write(`${name} preempted after ${simulator.now - error.reason.heldSinceMs}`);
        } else throw error;
      } finally {
        if (claim !== null) server.release(claim);
      }
    });
  }
  return lines;
}

describe('Resource', () => {
  test('serves as many at once as it has capacity, the others in the order of arrival', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 2 });
    const lines = serve(simulator, server, [
      { name: 'a', arrivesAtMs: 0, serviceMs: 10 },
      { name: 'b', arrivesAtMs: 1, serviceMs: 3 },
      { name: 'c', arrivesAtMs: 2, serviceMs: 5 },
      { name: 'd', arrivesAtMs: 3, serviceMs: 1 },
    ]);
    simulator.runUntil(3);
    expect([server.busy, server.queueLength]).toEqual([2, 2]);
    simulator.run();
    expect(lines).toEqual([
      '0 a starts',
      '1 b starts',
      '4 b ends',
      '4 c starts',
      '9 c ends',
      '9 d starts',
      '10 a ends',
      '10 d ends',
    ]);
    expect([server.busy, server.queueLength]).toEqual([0, 0]);
  });

  test('serves smaller priority numbers first, and equal ones in the order of arrival', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 1 });
    const lines = serve(simulator, server, [
      { name: 'a', arrivesAtMs: 0, serviceMs: 10 },
      { name: 'low', arrivesAtMs: 1, serviceMs: 1, priority: 5 },
      { name: 'high 1', arrivesAtMs: 2, serviceMs: 1, priority: -1 },
      { name: 'normal', arrivesAtMs: 3, serviceMs: 1 },
      { name: 'high 2', arrivesAtMs: 4, serviceMs: 1, priority: -1 },
    ]);
    simulator.run();
    expect(lines.filter((line) => line.endsWith('starts'))).toEqual([
      '0 a starts',
      '10 high 1 starts',
      '11 high 2 starts',
      '12 normal starts',
      '13 low starts',
    ]);
  });

  test('refuses what finds its queue full', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 1, queueLimit: 1, name: 'database' });
    const lines = serve(simulator, server, [
      { name: 'a', arrivesAtMs: 0, serviceMs: 10 },
      { name: 'b', arrivesAtMs: 1, serviceMs: 10 },
      { name: 'c', arrivesAtMs: 2, serviceMs: 10 },
      { name: 'd', arrivesAtMs: 11, serviceMs: 10 },
    ]);
    const full: boolean[] = [];
    for (const timeMs of [0.5, 1.5, 10.5]) simulator.at(timeMs, () => full.push(server.isFull));
    simulator.run();
    expect(lines).toContain('2 c refused');
    expect(lines).toContain('30 d ends');
    expect(full).toEqual([false, true, false]);
  });

  test('explains a refusal that nobody catches', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 0, queueLimit: 0, name: 'database' });
    spawn(simulator, function* client() {
      yield* server.acquire();
    });
    expect(() => simulator.run()).toThrow(
      /"client" failed at 0 ms: A claim on "database".*Check isFull before acquire/,
    );
  });

  test('takes the place of the least urgent and latest granted claim, if it is less urgent', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 2 });
    const lines = serve(simulator, server, [
      { name: 'a', arrivesAtMs: 0, serviceMs: 10, priority: 2 },
      { name: 'b', arrivesAtMs: 1, serviceMs: 10, priority: 2 },
      { name: 'equal', arrivesAtMs: 2, serviceMs: 1, priority: 2, preempt: true },
      { name: 'polite', arrivesAtMs: 3, serviceMs: 1, priority: 1 },
      { name: 'urgent', arrivesAtMs: 4, serviceMs: 2, priority: 0, preempt: true },
    ]);
    simulator.run();
    expect(lines).toEqual([
      '0 a starts',
      '1 b starts',
      '4 urgent starts',
      '4 b preempted after 3',
      '6 urgent ends',
      '6 polite starts',
      '7 polite ends',
      '7 equal starts',
      '8 equal ends',
      '10 a ends',
    ]);
  });

  test('a crash takes claims away, and a repair takes up those who wait', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 2 });
    const lines = serve(simulator, server, [
      { name: 'a', arrivesAtMs: 0, serviceMs: 10 },
      { name: 'b', arrivesAtMs: 1, serviceMs: 10 },
      { name: 'c', arrivesAtMs: 2, serviceMs: 3 },
    ]);
    simulator.at(5, () => server.setCapacity(1, 'preempt'));
    simulator.at(7, () => server.setCapacity(2));
    simulator.run();
    expect(lines).toEqual([
      '0 a starts',
      '1 b starts',
      '5 b preempted after 4',
      '7 c starts',
      '10 a ends',
      '10 c ends',
    ]);
  });

  test('fewer servers let those who are served finish, unless told otherwise', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 2 });
    const lines = serve(simulator, server, [
      { name: 'a', arrivesAtMs: 0, serviceMs: 10 },
      { name: 'b', arrivesAtMs: 0, serviceMs: 20 },
      { name: 'c', arrivesAtMs: 0, serviceMs: 1 },
    ]);
    simulator.at(5, () => {
      server.setCapacity(1);
      expect([server.busy, server.capacity]).toEqual([2, 1]);
    });
    simulator.run();
    expect(lines.slice(2)).toEqual(['10 a ends', '20 b ends', '20 c starts', '21 c ends']);
  });

  test('calls back by an event when a claim is granted, at once or later', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 1 });
    const lines: string[] = [];
    const claims: Claim[] = [];
    const start = (customer: number) => {
      lines.push(`${simulator.now} ${customer} starts`);
      simulator.after(10, end, customer);
    };
    const end = (customer: number) => {
      lines.push(`${simulator.now} ${customer} ends`);
      claims[customer]?.release();
    };
    for (const customer of [0, 1]) claims.push(server.request(start, customer));
    expect(lines).toEqual([]);
    expect(claims.map((claim) => claim.state)).toEqual(['held', 'queued']);
    simulator.run();
    expect(lines).toEqual(['0 0 starts', '10 0 ends', '10 1 starts', '20 1 ends']);
    expect(claims.map((claim) => claim.state)).toEqual(['released', 'released']);
  });

  test('withdraws a callback claim in any state, and then calls nothing', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 1, queueLimit: 1 });
    const granted: number[] = [];
    const note = (customer: number) => granted.push(customer);
    const announced = server.request(note, 0);
    const queued = server.request(note, 1);
    const refused = server.request(note, 2);
    queued.withdraw();
    announced.withdraw();
    refused.withdraw();
    expect([announced, queued, refused].map((claim) => claim.state)).toEqual([
      'released',
      'withdrawn',
      'refused',
    ]);
    simulator.run();
    expect(granted).toEqual([]);
    expect([server.busy, server.queueLength, simulator.eventsProcessed]).toEqual([0, 0, 0]);
  });

  test('preempts callback claims only if somebody is told', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 1 });
    const lines: string[] = [];
    const ignore = () => {};
    const mute = server.request(ignore, 0, { priority: 9 });
    const urgent = server.request(ignore, 1, { priority: 0, preempt: true });
    expect([mute.state, urgent.state]).toEqual(['held', 'queued']);
    mute.release();
    urgent.release();
    const told = server.request(ignore, 2, {
      priority: 9,
      onPreempted: (customer) => lines.push(`${simulator.now} ${customer} preempted`),
    });
    simulator.at(4, () => server.request(ignore, 3, { preempt: true }));
    simulator.run();
    expect(lines).toEqual(['4 2 preempted']);
    expect(told.state).toBe('preempted');
    expect(server.release(told)).toBe(false);
  });

  test('lets a process that gives up waiting leave the queue', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 1 });
    const lines = serve(simulator, server, [
      { name: 'a', arrivesAtMs: 0, serviceMs: 10 },
      { name: 'c', arrivesAtMs: 2, serviceMs: 1 },
    ]);
    const patient = spawn(simulator, function* () {
      yield 1;
      return yield* withTimeout(server.acquire(), 5);
    });
    simulator.run();
    expect(patient.outcome).toMatchObject({ kind: 'finished', value: { timedOut: true } });
    expect(lines).toContain('10 c starts');
  });

  test('refuses to release what is not held, or not its own', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 1, name: 'database' });
    const other = new Resource(simulator, { capacity: 1, name: 'cache' });
    const claim = server.request(() => {});
    const waiting = server.request(() => {});
    expect(() => other.release(claim)).toThrow(
      '"cache" should release its own claims, but was given one of "database"',
    );
    expect(() => server.release(waiting)).toThrow(/should be held.*on "database" is queued/);
    expect(server.release(claim)).toBe(true);
    expect(() => server.release(claim)).toThrow(/on "database" is released/);
  });

  test.each([-1, 1.5, Number.NaN, Infinity])('refuses a capacity of %d', (capacity) => {
    const simulator = new Simulator();
    expect(() => new Resource(simulator, { capacity })).toThrow(/capacity of "resource" should be/);
    const server = new Resource(simulator, { capacity: 3 });
    expect(() => server.setCapacity(capacity)).toThrow(/capacity of "resource" should be/);
    expect(server.capacity).toBe(3);
  });

  test('refuses a queue limit or a priority that is no number', () => {
    const simulator = new Simulator();
    expect(() => new Resource(simulator, { capacity: 1, queueLimit: Number.NaN })).toThrow(
      /queueLimit of "resource" should be/,
    );
    const server = new Resource(simulator, { capacity: 1 });
    expect(() => server.acquire({ priority: Number.NaN })).toThrow(/priority of a claim.*NaN/);
  });

  test('conserves claims and never lets a server idle while somebody waits', () => {
    const scenario = fc.record({
      capacity: fc.integer({ min: 1, max: 3 }),
      customers: fc.array(
        fc.record({
          arrivesAtMs: fc.nat(40),
          serviceMs: fc.nat(10),
          priority: fc.nat(2),
          preempt: fc.boolean(),
          fate: fc.constantFrom('served', 'interrupted', 'cancelled', 'impatient'),
          fateAtMs: fc.nat(50),
        }),
        { maxLength: 30 },
      ),
      changes: fc.array(
        fc.record({
          atMs: fc.nat(50),
          capacity: fc.nat(3),
          excess: fc.constantFrom('finish' as const, 'preempt' as const),
        }),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(scenario, ({ capacity, customers, changes }) => {
        const simulator = new Simulator({ maxEvents: 20_000 });
        let onlyPreempts = true;
        const server = new Resource(simulator, {
          capacity,
          onChange: ({ busy, capacity: servers, queueLength }) => {
            if (onlyPreempts) expect(busy).toBeLessThanOrEqual(servers);
            if (busy < servers) expect(queueLength).toBe(0);
          },
        });
        const held = new Set<Claim>();
        let ended = 0;
        for (const customer of customers) {
          const process = spawn(simulator, function* (): ProcessBody<void> {
            try {
              yield customer.arrivesAtMs;
              const wait = server.acquire(customer);
              if (customer.fate === 'impatient') {
                const { timedOut } = yield* withTimeout(wait, 5);
                if (timedOut) return;
              } else yield* wait;
              held.add(wait);
              try {
                yield customer.serviceMs;
              } finally {
                held.delete(wait);
                wait.release();
              }
            } catch (error) {
              expect(error).toBeInstanceOf(Interrupted);
            } finally {
              ended += 1;
            }
          });
          if (customer.fate === 'interrupted') {
            simulator.at(customer.fateAtMs, () => process.interrupt('test'));
          }
          if (customer.fate === 'cancelled')
            simulator.at(customer.fateAtMs, () => process.cancel());
        }
        for (const change of changes) {
          simulator.at(change.atMs, () => {
            onlyPreempts = onlyPreempts && change.excess === 'preempt';
            server.setCapacity(change.capacity, change.excess);
          });
        }
        for (let timeMs = 0; timeMs <= 60; timeMs++) {
          simulator.runUntil(timeMs + 0.5);
          const stillHeld = [...held].filter((claim) => claim.state === 'held');
          expect(server.busy).toBe(stillHeld.length);
        }
        simulator.at(60.5, () => server.setCapacity(1));
        simulator.run();
        const unstarted = customers.length - ended;
        expect([server.busy, server.queueLength, simulator.pending]).toEqual([0, 0, 0]);
        // A process that is cancelled before its first step never enters its try block.
        expect(unstarted).toBeLessThanOrEqual(
          customers.filter(({ fate, fateAtMs }) => fate === 'cancelled' && fateAtMs === 0).length,
        );
      }),
      { seed: 15, numRuns: 200 },
    );
  });
});
