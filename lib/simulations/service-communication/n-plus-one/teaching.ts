/** What the reader is asked and told: tasks, predictions, planted bugs, omissions, claims. */
import type { Claim, Omission, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;

export const tasks = {
  'longest-list': {
    title: 'The longest page',
    goal: 'Let clients ask for at least 40 orders at once while the server without a loader still answers 99 % in time.',
    hint: 'Connections are busy for rate × queries × latency. How much of ten is that?',
    scenario: 'load',
    held: ['requestsPerSecond', 'poolSize', 'latencyMs', 'rowMs', 'sameKey'],
    judge: (race) => {
      const inTime = race.value('direct', 'inTime');
      const size = Number(race.parameter('listSize'));
      return {
        reached: size >= 40 && inTime >= 99,
        reading: `With ${size} orders ${inTime.toFixed(2)} % are answered in time.`,
      };
    },
    solution: { listSize: 41 },
  },
  'fewer-connections': {
    title: 'What batching gives back',
    goal: 'Serve all requests of the busy afternoon in time with DataLoader and at most two connections.',
    hint: 'Two queries a request instead of sixty-one.',
    scenario: 'load',
    held: ['requestsPerSecond', 'listSize', 'latencyMs', 'rowMs', 'sameKey'],
    judge: (race) => {
      const inTime = race.value('batched', 'inTime');
      const pool = Number(race.parameter('poolSize'));
      return {
        reached: pool <= 2 && inTime === 100,
        reading: `With a pool of ${pool} DataLoader answers ${inTime.toFixed(1)} % in time.`,
      };
    },
    solution: { poolSize: 2 },
  },
  'wait-for-all': {
    title: 'Wait for the last one',
    goal: 'Bring the loader with a window to two queries a request, and keep the mean request under 20 ms.',
    hint: 'The window begins with the first key; how much later can the last one come?',
    scenario: 'ticks',
    held: ['awaitMs', 'listSize', 'latencyMs'],
    judge: (race) => {
      const queries = race.value('timed', 'queries.mean');
      const ms = race.value('timed', 'latency.mean');
      return {
        reached: queries <= 2 && ms < 20,
        reading: `${queries.toFixed(2)} queries a request, ${ms.toFixed(1)} ms.`,
      };
    },
    solution: { windowMs: 6 },
  },
} as const satisfies Readonly<Record<string, Task<typeof parameters, ScenarioId>>>;

export const predictions = {
  'three-levels': {
    question:
      'Four orders, two products each, two suppliers of each, two cities of each: how many queries, one by one?',
    scenario: 'nested',
    options: {
      four: 'Four: one for each level',
      thirteen: 'Thirteen: four for each of three levels, and the list',
      twentynine: 'Twenty-nine: one for each object that has something below it, and the list',
      sixtyone: 'Sixty-one: one for each object, and the list',
    },
    answer: (race) => {
      const queries = race.value('direct', 'queries.mean');
      if (queries < 9) return 'four';
      if (queries < 20) return 'thirteen';
      return queries < 45 ? 'twentynine' : 'sixtyone';
    },
    explain:
      'One query finds what is below one object: 4 for the orders, 8 for their products, 16 for the suppliers of those, and the list. The number of objects multiplies from level to level, and so do the queries.',
  },
  'one-await': {
    question:
      'All loads go through DataLoader, but each resolver first awaits a permission check that takes a different time. Eight orders: how many queries?',
    scenario: 'ticks',
    options: {
      two: 'Two: that is what DataLoader is for',
      some: 'Three or four: most checks end together',
      nine: 'About nine, as without it',
    },
    answer: (race) => {
      const queries = race.value('batched', 'queries.mean');
      if (queries < 2.5) return 'two';
      return queries < 6 ? 'some' : 'nine';
    },
    explain:
      'A batch is what was asked for in one tick of the event loop. Checks that end at different moments end in different ticks, and each load goes out alone.',
  },
} as const satisfies Readonly<Record<string, Prediction<ScenarioId>>>;

export const plantedBugs = {
  'rows-as-they-come': {
    title: 'Takes the rows as they come',
    variant: 'batched',
    file: 'batch',
    find: 'for (const entry of entries) {\n        const row = byKey.get(entry.key) ?? null;',
    replace:
      'for (const [place, entry] of entries.entries()) {\n        const row = [...byKey.values()][place] ?? null;',
    effect: 'Orders show the products of other orders, since a database has an order of its own.',
    caughtBy: ['NP7', 'NP8'],
  },
  'one-for-all': {
    title: 'One cache for all requests',
    variant: 'batched',
    file: 'batch',
    find: 'const known = new Map<number, Entry>(); // (1)',
    replace:
      'const all = batching as typeof batching & { known?: Map<number, Entry> };\n  const known = (all.known ??= new Map<number, Entry>()); // (1)',
    effect: 'What one user was allowed to see is served to the next, and never changes again.',
    caughtBy: ['NP9'],
  },
  'too-eager': {
    title: 'Sends at the first key',
    variant: 'batched',
    find: 'batching(context, context.afterTick)',
    replace: 'batching(context, (job) => job())',
    effect: 'There is a loader, a cache and a batch function, and still one query for each object.',
    caughtBy: ['NP2'],
  },
  'asks-twice': {
    title: 'Forgets what is under way',
    variant: 'batched',
    file: 'batch',
    find: 'known.set(key, entry);',
    replace: '',
    effect: 'A product that twenty orders share is asked for twenty times in one query.',
    caughtBy: ['NP6'],
  },
} as const satisfies Readonly<Record<string, PlantedBug<VariantId>>>;

export const omissions: readonly Omission[] = [
  {
    what: 'A query takes as long among many as alone: the database works on all of them at full speed.',
    effect:
      'Real databases slow down under many queries; the collapse without a loader comes earlier than here.',
  },
  {
    what: 'Resolvers, batch functions and building the answer take no time.',
    effect:
      'For large lists the server’s own processor is a bound that batching does not lift; times with DataLoader are longer than here.',
  },
  {
    what: 'All keys of a batch cost alike, and a query of many keys is planned like one of few.',
    effect:
      'Long lists of keys can lead a planner to another plan; the gain of very large batches is smaller than here.',
  },
  {
    what: 'A join that fetches all levels at once is not among the rivals.',
    effect:
      'Where the whole shape is known beforehand, one query will do; it repeats the rows of upper levels for each row below.',
  },
  {
    what: 'A row that a loader already has is given at once; DataLoader holds it until the batch of its tick has come.',
    effect:
      'Where levels mix rows that are known and rows that are not, DataLoader keeps more together than the loaders here; with a window it holds a known row for as long as that.',
  },
  {
    what: 'Objects share rows level by level: with a fan-out, two that share a row may lead to different rows below.',
    effect:
      'In a database the same row has the same rows below it. The number of keys is the same where the sharing divides the objects of each level, and a little larger there where it does not.',
  },
  {
    what: 'No query fails.',
    effect:
      'DataLoader rejects all loads of a batch that has failed, and forgets their keys; one failed query then costs a whole level, and not one object.',
  },
  {
    what: 'Every request asks the same query, and nobody gives up.',
    effect: 'With clients that retry, the collapse is deeper and lasts longer than here.',
  },
];

export const claims = {
  'one-by-one-is-n-plus-one': {
    statement: 'A list of eight takes nine queries.',
    scenario: 'one-by-one',
    kind: 'holds',
    holds: (race) => race.value('direct', 'queries.mean') === 9,
  },
  'batched-is-two': {
    statement: 'Through DataLoader the same list takes two queries.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) => race.value('batched', 'queries.mean') === 2,
  },
  'batched-is-quicker': {
    statement: 'Through DataLoader the request is answered sooner.',
    scenario: 'race',
    kind: 'beats',
    result: 'latency.mean',
    better: 'batched',
    worse: 'direct',
    seeds: 8,
  },
  'levels-not-objects': {
    statement: 'Batched, a query costs one query per level; one by one, one per object.',
    scenario: 'nested',
    kind: 'holds',
    holds: (race) =>
      race.value('batched', 'queries.mean') === 4 && race.value('direct', 'queries.mean') === 29,
  },
  'await-splits': {
    statement: 'Awaits of different length bring all the queries back.',
    scenario: 'ticks',
    kind: 'holds',
    holds: (race) => race.value('batched', 'queries.mean') === 9,
  },
  'load-collapses': {
    statement: 'Without a loader the busy afternoon ends with most requests late.',
    scenario: 'load',
    kind: 'holds',
    holds: (race) => race.value('direct', 'inTime') < 50,
  },
  'load-batched-in-time': {
    statement: 'With DataLoader the same requests are all in time.',
    scenario: 'load',
    kind: 'holds',
    holds: (race) => race.value('batched', 'inTime') === 100,
  },
} as const satisfies Readonly<Record<string, Claim<ScenarioId, VariantId>>>;
