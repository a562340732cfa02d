/** The rules that the queues and the run are held to, in the tests and on request in the page. */
import type { Check, RaceReader } from '../../../simulation/definition';
import { desiredInstances } from './models/autoscaler';
import type { Priority, QueueFactory, QueueOptions, Waiting } from './models/request-queue';
import { AS_USUAL, capacityOf, INSTANCES_MAX, type parameters } from './parameters';
import { BLIP } from './scenarios';
import { lossByDeadline, meanWait, reservedRoom } from './theory';
import { ALL, PROTECTED, type VariantId } from './variants';
import { CLIENTS } from './views';

type OverloadCheck = Check<typeof parameters, VariantId, QueueFactory>;

/** Numbers that no rule is about, unless a check says otherwise. */
const OPTIONS: QueueOptions = {
  queueLimit: 3,
  neededMs: 200,
  targetMs: 50,
  intervalMs: 500,
  shedding: false,
  lowRoom: 1,
};

/**
 * Eight workers behind no network, with many short requests that nobody gives up and nobody repeats:
 * the systems of the textbooks.
 */
const WORKERS = 8;
const SERVICE_MS = 50;
const TEXTBOOK = {
  instances: 4,
  workers: WORKERS / 4,
  serviceMs: SERVICE_MS,
  networkMs: 0,
  attempts: 1,
  timeoutMs: 10_000,
};

/** Standard errors by which a mean of a run may differ from theory. */
const STANDARD_ERRORS = 4;

export const checks = {
  OV1: {
    statement: 'While nothing is given up, the mean wait in front of eight workers is Erlang’s.',
    against: 'Erlang C (1917), at 80 % of the capacity, within four standard errors.',
    variants: ['fifo'],
    seeds: 5,
    verify: ({ run, within }) => {
      const race = run({ parameters: { ...TEXTBOOK, loadPercent: 80 }, variants: ['fifo'] });
      const expectedMs = SERVICE_MS * meanWait({ workers: WORKERS, offered: 0.8 * WORKERS });
      within(
        race.value('fifo', 'wait.mean'),
        expectedMs,
        STANDARD_ERRORS * race.standardError('fifo', 'wait.mean'),
        'Mean wait, ms',
      );
    },
  },

  OV2: {
    statement:
      'A bounded queue takes in as many as its limit and not one more, and refuses the share that M/M/c/K does.',
    against: 'The birth–death chain of M/M/c/K at 120 % of the capacity; the limit, one by one.',
    variants: ['bounded'],
    seeds: 5,
    verify: ({ model, run, within, equal }) => {
      const queue = model('bounded')(OPTIONS);
      const admissions = Array.from({ length: 5 }, (_, id) => queue.offer(requestOf(id), 0));
      equal(
        admissions,
        ['queued', 'queued', 'queued', 'full', 'full'],
        'Five offers at a limit of 3',
      );

      const queueLimit = 4;
      const race = run({
        parameters: { ...TEXTBOOK, loadPercent: 120, queueLimit },
        variants: ['bounded'],
      });
      const { lossHigh, meanWaiting } = reservedRoom({
        workers: WORKERS,
        offered: 1.2 * WORKERS,
        lowShare: 0,
        lowRoom: queueLimit,
        queueLimit,
      });
      within(
        race.value('bounded', 'refused'),
        100 * lossHigh,
        STANDARD_ERRORS * race.standardError('bounded', 'refused'),
        'Refused, %',
      );
      within(
        race.value('bounded', 'waiting'),
        meanWaiting,
        STANDARD_ERRORS * race.standardError('bounded', 'waiting'),
        'Mean number waiting',
      );
    },
  },

  OV3: {
    statement:
      'A deadline-aware queue drops the share of requests whose wait would be longer than their deadline.',
    against:
      'Barrer’s formula of 1957 for M/M/c with deadlines, as theory.ts derives it, at 110 % of the capacity.',
    variants: ['deadline'],
    seeds: 5,
    verify: ({ run, within }) => {
      const timeoutMs = 200;
      const race = run({
        parameters: { ...TEXTBOOK, loadPercent: 110, timeoutMs, neededMs: 0 },
        variants: ['deadline'],
      });
      const loss = lossByDeadline({
        workers: WORKERS,
        offered: 1.1 * WORKERS,
        patience: timeoutMs / SERVICE_MS,
      });
      within(
        race.value('deadline', 'refused'),
        100 * loss,
        STANDARD_ERRORS * race.standardError('deadline', 'refused'),
        'Dropped, %',
      );
    },
  },

  OV4: {
    statement:
      'With room kept back, high and low priority are refused as often as trunk reservation says.',
    against: 'The birth–death chain with trunk reservation, at 130 % of the capacity.',
    variants: ['bounded'],
    seeds: 5,
    verify: ({ run, within }) => {
      const room = { lowRoom: 2, queueLimit: 8 };
      const race = run({
        parameters: { ...TEXTBOOK, ...room, loadPercent: 130, shedding: true, lowPercent: 50 },
        variants: ['bounded'],
      });
      const expected = reservedRoom({
        workers: WORKERS,
        offered: 1.3 * WORKERS,
        lowShare: 0.5,
        ...room,
      });
      for (const [result, loss] of [
        ['answeredHigh', expected.lossHigh],
        ['answeredLow', expected.lossLow],
      ] as const) {
        within(
          race.value('bounded', result),
          100 * (1 - loss),
          STANDARD_ERRORS * race.standardError('bounded', result),
          `${result}, %`,
        );
      }
    },
  },

  OV5: {
    statement: 'Whoever is served first, the same number wait on average; only the tail differs.',
    against: 'Little’s law and Erlang C, at 80 % of the capacity; the p99 of LIFO is the larger.',
    variants: ['fifo', 'lifo'],
    seeds: 5,
    verify: ({ run, within, atLeast }) => {
      const race = run({
        parameters: { ...TEXTBOOK, loadPercent: 80 },
        variants: ['fifo', 'lifo'],
      });
      const offered = 0.8 * WORKERS;
      const expected = offered * meanWait({ workers: WORKERS, offered });
      for (const variant of ['fifo', 'lifo'] as const) {
        within(
          race.value(variant, 'waiting'),
          expected,
          STANDARD_ERRORS * race.standardError(variant, 'waiting'),
          `${variant}: mean number waiting`,
        );
      }
      atLeast(
        race.value('lifo', 'wait.p99'),
        race.value('fifo', 'wait.p99'),
        'p99 of the wait under LIFO, ms',
      );
    },
  },

  OV6: {
    statement:
      'CoDel first drops when waits have been above the target for an interval, then after interval / √n for its n-th drop, and stops below the target.',
    against: 'RFC 8289, section 5: dodequeue, control_law and the dropping state.',
    variants: ['codel'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const queue = model('codel')(OPTIONS);
      for (let id = 0; id < 20_000; id++) queue.offer(requestOf(id), 0);
      const dropsMs: number[] = [];
      let nowMs = 0;
      // A request a millisecond, each of which has waited since 0: above the target from 50 ms on.
      for (; nowMs < 4000; nowMs++) queue.take(nowMs, () => dropsMs.push(nowMs));
      const expectedMs: number[] = [];
      let dueMs = OPTIONS.targetMs + OPTIONS.intervalMs;
      for (let n = 1; dueMs < 4000; n++) {
        expectedMs.push(Math.ceil(dueMs));
        dueMs += OPTIONS.intervalMs / Math.sqrt(n);
      }
      equal(dropsMs, expectedMs, 'Times of the drops, ms');

      queue.clear(nowMs);
      for (let id = 0; id < 100; id++) queue.offer({ ...requestOf(id), sinceMs: nowMs }, nowMs);
      let drops = 0;
      for (let i = 0; i < 49; i++) queue.take(nowMs + i, () => drops++);
      equal(drops, 0, 'Drops while every wait is below the target');
    },
  },

  OV7: {
    statement:
      'Adaptive LIFO serves in order until a queue has stood for an interval; then the newest first, and nobody who has waited longer than the target.',
    against: 'B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015: its two rules, step by step.',
    variants: ['adaptive-lifo'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const queue = model('adaptive-lifo')(OPTIONS);
      const dropped: number[] = [];
      const take = (nowMs: number) => queue.take(nowMs, ({ id }) => dropped.push(id))?.id;
      const offer = (id: number, nowMs: number) =>
        queue.offer({ ...requestOf(id), sinceMs: nowMs }, nowMs);

      for (let id = 0; id < 4; id++) offer(id, 10 * id);
      equal([take(100), take(200)], [0, 1], 'In order, while the queue is young');
      offer(4, 495);
      equal(take(500), 2, 'Still in order after an interval to the millisecond');
      offer(5, 501);
      offer(6, 540);
      equal(take(541), 6, 'The newest, once the queue has stood for longer');
      equal(dropped, [3], 'Dropped: who had waited longer than the target');
      equal([take(542), take(543)], [5, 4], 'The newest of those that are left');
      offer(7, 600);
      offer(8, 610);
      equal(take(620), 7, 'In order again, since the queue was empty in between');
    },
  },

  OV8: {
    statement: 'A retry budget bounds the retries, whatever happens.',
    against: 'The token bucket of the budget: its rate times the requests, and ten in reserve.',
    variants: ALL,
    seeds: 3,
    verify: ({ run, atMost, equal }) => {
      const race = run({
        parameters: { slowdown: BLIP, retryBudgetPercent: 20 },
        variants: ALL,
      });
      for (const variant of ALL) {
        const sent = countOf(race, variant, (from) => from === CLIENTS);
        const requests = race.value(variant, 'requests');
        atMost(sent - requests, 0.2 * requests + 10, `${variant}: retries`);
      }
      const none = run({
        parameters: { slowdown: BLIP, retryBudgetPercent: 0, attempts: 1 },
        variants: ['fifo'],
      });
      equal(
        countOf(none, 'fifo', (from) => from === CLIENTS),
        none.value('fifo', 'requests'),
        'Attempts where each request has one',
      );
    },
  },

  OV9: {
    statement: 'No request is lost: each is answered, has failed, or is still waited for.',
    against: 'Conservation, counted over a whole storm with every queue.',
    variants: ALL,
    seeds: 3,
    verify: ({ run, equal }) => {
      const race = run({
        parameters: { slowdown: BLIP, shedding: true },
        variants: ALL,
        interventions: [
          { at: 20_000, kind: 'act', id: 'burst' },
          { at: 26_000, kind: 'act', id: 'lose-instance' },
          { at: 30_000, kind: 'act', id: 'drop-queue' },
          { at: 35_000, kind: 'act', id: 'restart' },
        ],
      });
      for (const variant of ALL) {
        const ended = race.run(variant).results.find(({ id }) => id === 'answered')?.n ?? 0;
        equal(
          ended + lastState(race, variant, { node: CLIENTS, field: 'in-hand' }),
          race.value(variant, 'requests'),
          `${variant}: ended and in hand`,
        );
      }
    },
  },

  OV10: {
    statement:
      'A storm outlives its trigger where attempts times load is well above the capacity, and not where it is well below.',
    against:
      'N. Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021: the border of the vulnerable state.',
    variants: ['fifo'],
    seeds: 5,
    verify: ({ run, atLeast, atMost }) => {
      for (const attempts of [2, 3]) {
        for (const [share, isStable] of [
          [0.6, true],
          [1.2, false],
        ] as const) {
          const loadPercent = 5 * Math.round((100 * share) / attempts / 5);
          const race = run({
            parameters: { slowdown: BLIP, attempts, loadPercent },
            variants: ['fifo'],
          });
          const aftermath = race.value('fifo', 'aftermath');
          const what = `${attempts} attempts at ${loadPercent} %: answered ten seconds on, %`;
          if (isStable) atLeast(aftermath, 95, what);
          else atMost(aftermath, 5, what);
        }
      }
    },
  },

  OV11: {
    statement:
      'At twice the capacity a FIFO queue without a bound answers nobody in time; a queue that gives up on work keeps three quarters of the capacity.',
    against: 'Google, "Site Reliability Engineering", chapter 22: goodput under overload.',
    variants: ['fifo', ...PROTECTED],
    seeds: 3,
    verify: ({ run, atLeast, atMost }) => {
      const race = run({
        parameters: { loadPercent: 200, attempts: 1 },
        variants: ['fifo', ...PROTECTED],
      });
      const capacity = capacityOf(race);
      atMost(race.value('fifo', 'goodput'), 0.01 * capacity, 'fifo: goodput per second');
      for (const variant of PROTECTED)
        atLeast(race.value(variant, 'goodput'), 0.75 * capacity, `${variant}: goodput per second`);
    },
  },

  OV12: {
    statement: 'The autoscaler asks for as many instances as the rule of Kubernetes does.',
    against:
      'Kubernetes, Horizontal Pod Autoscaling: ⌈replicas × metric / target⌉, no change within a tenth; upwards only.',
    variants: ALL,
    seeds: 1,
    verify: ({ equal }) => {
      for (const [ready, utilisation, target, desired] of [
        [1, 1, 0.5, 2],
        [10, 0.84, 0.8, 10],
        [10, 0.87, 0.8, 10],
        [10, 0.896, 0.8, 12],
        [3, 0.9, 0.6, 5],
        [2, 0.75, 0.5, 3],
        [4, 0.25, 0.5, 4],
        [8, 1, 0.3, INSTANCES_MAX],
      ] as const) {
        equal(
          desiredInstances({ ready, starting: 0, utilisation }, { target, most: INSTANCES_MAX }),
          desired,
          `${ready} instances at ${utilisation}, target ${target}`,
        );
      }
    },
  },

  OV13: {
    statement:
      'A storm does not end within half a minute because retries are turned off, instances are added or the queue is dropped, each by itself; it ends when the queue is dropped with retries off.',
    against:
      'Its queue: what stands in it drains at the capacity less what still comes, and whoever is refused tries again.',
    variants: ['fifo'],
    seeds: 5,
    verify: ({ run, atLeast, atMost }) => {
      const answered = (...ids: string[]) =>
        run({
          parameters: { slowdown: BLIP },
          variants: ['fifo'],
          interventions: ids.map((id) => ({ at: 30_000, kind: 'act', id })),
        }).value('fifo', 'aftermath');
      atMost(answered('stop-retries'), 5, 'Retries off: answered ten seconds on, %');
      atMost(answered('add-instances'), 5, 'Two more instances: answered ten seconds on, %');
      atMost(answered('drop-queue'), 20, 'Queue dropped: answered ten seconds on, %');
      // What came between the tenth second after the trigger and the drop is lost either way.
      atLeast(
        answered('stop-retries', 'drop-queue'),
        80,
        'Retries off, queue dropped: answered ten seconds on, %',
      );
    },
  },

  OV14: {
    statement: 'A deadline-aware queue begins nothing that has too little time left.',
    against: 'Its interface: no wait is longer than the timeout less the time needed.',
    variants: ['deadline'],
    seeds: 3,
    verify: ({ run, atMost }) => {
      const settings = { timeoutMs: 1000, neededMs: 400, networkMs: 50 };
      const race = run({
        parameters: { ...settings, loadPercent: 200, surge: AS_USUAL },
        variants: ['deadline'],
      });
      const waits = race.run('deadline').distributions.find(({ id }) => id === 'wait');
      atMost(
        waits?.value.at(-1) ?? Number.NaN,
        // A wait of exactly the bound is allowed, and sums of times are rounded.
        settings.timeoutMs - settings.neededMs - settings.networkMs + 1e-6,
        'Longest wait of a request that was begun, ms',
      );
    },
  },
} as const satisfies Record<string, OverloadCheck>;

/** A request that came at 0 and has all the time of the world. */
const requestOf = (id: number, priority: Priority = 'high'): Waiting => ({
  id,
  priority,
  sinceMs: 0,
  deadlineMs: 1_000_000,
});

/** Messages of a variant's recording from a node. */
function countOf(race: RaceReader, variant: VariantId, isFrom: (node: string) => boolean): number {
  const { messages, strings } = race.run(variant).recording;
  let count = 0;
  for (let i = 0; i < messages.length; i++)
    if (isFrom(strings[messages.from[i] ?? 0] ?? '')) count++;
  return count;
}

function lastState(
  race: RaceReader,
  variant: VariantId,
  { node, field }: { readonly node: string; readonly field: string },
): number {
  const { states, strings } = race.run(variant).recording;
  let value = Number.NaN;
  for (let i = 0; i < states.length; i++) {
    if (strings[states.node[i] ?? 0] === node && strings[states.field[i] ?? 0] === field)
      value = states.number[i] ?? Number.NaN;
  }
  return value;
}
