/** Keys go into a B+tree whose pages are read through a small buffer pool. */
import { defineSimulation } from '../../../simulation/definition';
import { level, share } from '../../../simulation/measures';
import { evenTimes, type Row, workloadOf } from '../../../simulation/workload';
import { checks, expectedFill } from './checks';
import { halfSplit } from './models/half-split';
import { rightSplit } from './models/right-split';
import type { Page } from './models/tree';
import { KEYS_MAX, parameters, SHOWN_MS } from './parameters';
import { createPool } from './pool';

/** Long enough for means that do not depend on the first few pages. */
const MEASURED_MS = 10 * SHOWN_MS;

export const simulation = defineSimulation({
  title: 'Index of pages, read through a buffer pool',
  describe: 'Keys are put into a B+tree; its pages split, and come into memory as they are needed.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,

  timing: () => ({ shownMs: SHOWN_MS, measuredMs: MEASURED_MS, warmUpMs: 0 }),

  // Random keys stand for any of the keys there may be; ascending ones count up.
  workload: ({ parameters, random, untilMs }) => {
    const draws = random('keys');
    const times = evenTimes({
      ratePerSecond: parameters.insertsPerSecond,
      startMs: 1000 / parameters.insertsPerSecond,
      untilMs,
    });
    return workloadOf(
      times.map((atMs, i): Row => {
        const isAscending = parameters.keys === 'ascending';
        return { atMs, size: isAscending ? i + 1 : 1 + draws.nextInteger(KEYS_MAX) };
      }),
    );
  },

  variants: {
    'half-split': {
      title: 'Split in halves',
      describe: 'A full page gives half of its keys to a new one.',
      model: halfSplit,
    },
    'right-split': {
      title: 'Split at the right end',
      describe: 'As in halves, but the last leaf stays full when a still greater key comes.',
      model: rightSplit,
    },
  },

  measures: {
    fill: level({
      label: 'Leaves full',
      describe: 'Keys in the leaves, of those for which they have room, mean over time.',
      unit: '%',
      better: 'higher',
    }),
    leaves: level({
      label: 'Leaves',
      describe: 'Pages at the lowest level, mean over time.',
      unit: 'pages',
      better: 'lower',
    }),
    splits: share({
      label: 'Splits',
      describe: 'Inserts that split a page, of all.',
      better: 'lower',
    }),
    misses: share({
      label: 'Pages read',
      describe: 'Visits to a page that was not in memory, of all on the way to a leaf.',
      better: 'lower',
    }),
  },

  views: {
    tree: {
      kind: 'tree',
      title: 'Pages of the index',
      root: { node: 'index', field: 'root' },
      keys: 'keys',
      children: 'children',
      capacity: { parameter: 'keysPerPage' },
    },
    pool: {
      kind: 'grid',
      title: 'Pages in memory',
      groups: [
        {
          label: '',
          node: 'frame',
          cell: 'frame',
          count: { parameter: 'frames' },
          columns: 10,
          fields: [
            { id: 'page', label: 'page', as: 'content' },
            { id: 'referenced', label: 'referenced', as: 'bit' },
            { id: 'dirty', label: 'dirty', as: 'bit' },
          ],
        },
      ],
      hands: [{ node: 'pool', field: 'hand', label: 'hand' }],
      words: { written: 'read page', touched: 'used page', cleared: 'passed page' },
    },
    fill: {
      kind: 'chart',
      title: 'How full the leaves are',
      y: { label: 'Leaves full', unit: '%', min: 0, max: 100 },
      marks: [{ type: 'step', series: 'fill', label: 'full' }],
      race: 'overlaid',
    },
  },

  interventions: {
    scan: {
      label: 'Read all leaves',
      describe: 'Every leaf comes through memory once, as when a report is made.',
    },
  },

  run: ({ simulator, parameters, workload, forEachArrival, model, record, measure }) => {
    const tree = model({ capacity: parameters.keysPerPage });
    const leaves = new Set<number>();
    let keys = 0;

    const pool = createPool({
      frames: parameters.frames,
      changed: (number) => {
        const { page, isReferenced, isDirty } = pool.frame(number);
        const node = `frame-${number}`;
        if (page !== undefined) record.state(node, 'page', page);
        record.state(node, 'referenced', isReferenced ? 1 : 0);
        record.state(node, 'dirty', isDirty ? 1 : 0);
      },
    });

    const visit = (page: Page): number => {
      const { frame, wasThere } = pool.fix(page.id);
      measure.misses.add(!wasThere);
      return frame;
    };

    const write = (page: Page): void => {
      pool.markDirty(pool.fix(page.id).frame);
      record.state(nodeOf(page), 'keys', page.keys.join(' '));
      record.state(nodeOf(page), 'children', page.children.map(nodeOf).join(' '));
      if (page.children.length === 0) leaves.add(page.id);
    };

    const show = (): void => {
      const fill = (100 * keys) / (leaves.size * parameters.keysPerPage);
      record.state('index', 'root', nodeOf(tree.root()));
      record.state('pool', 'hand', `frame-${pool.hand()}`);
      record.sample('fill', fill);
      measure.fill.set(fill);
      measure.leaves.set(leaves.size);
    };

    write(tree.root());
    show();

    forEachArrival((row) => {
      const key = workload.size[row] ?? 0;
      for (const page of tree.pathTo(key)) visit(page);
      const root = tree.root();
      const written = tree.insert(key);
      if (written.length > 0) keys++;
      for (const page of written) write(page);
      measure.splits.add(written.length > 1);
      if (tree.root() !== root)
        record.note(`The root is split: page ${tree.root().id} is the new one.`);
      show();
    });

    return {
      scan: () => {
        const below = (page: Page): void => {
          visit(page);
          page.children.forEach(below);
        };
        below(tree.root());
        record.note(
          `All ${leaves.size} leaves were read at ${(simulator.now / 1000).toFixed(1)} s.`,
        );
        show();
      },
    };
  },

  scenarios: {
    random: {
      title: 'Keys in random order',
      question: 'Which pages does an index of random keys need in memory?',
      story: 'Keys come in random order, and each is put into the leaf where it belongs.',
      watch: 'Any leaf may be the next, so the hand turns and turns.',
      variants: ['half-split'],
      views: ['tree', 'pool'],
      controls: ['keys', 'keysPerPage', 'frames', 'insertsPerSecond'],
      measures: ['misses', 'fill', 'splits'],
      seed: 1,
      speed: 2,
    },
    ascending: {
      title: 'Keys that only grow',
      question: 'How full are pages that are never written again?',
      story: 'Each key is greater than all before, so only the last leaf is ever split.',
      watch: 'What a split leaves behind stays as it is.',
      parameters: { keys: 'ascending' },
      variants: ['half-split', 'right-split'],
      views: ['tree', 'fill'],
      controls: ['keys', 'keysPerPage', 'insertsPerSecond'],
      measures: ['fill', 'leaves', 'splits', 'misses'],
      seed: 1,
      speed: 2,
    },
  },

  tasks: {
    'few-reads': {
      title: 'Few reads',
      goal: 'Keep the pages that have to be read below one visit in twenty, with the same pages in memory.',
      hint: 'Where does the next key go?',
      scenario: 'random',
      held: ['frames'],
      judge: (race) => {
        const misses = race.value('half-split', 'misses');
        return {
          reached: misses < 5,
          reading: `${misses.toFixed(2)} % of the visits have to read a page.`,
        };
      },
      solution: { keys: 'ascending' },
    },
  },

  predictions: {
    'which-is-fuller': {
      question:
        'Ascending or random keys, with pages split in halves: which leave the leaves fuller?',
      scenario: 'ascending',
      options: { ascending: 'Ascending', random: 'Random' },
      // Random keys are held to this share by a check.
      answer: (race) => {
        const randomFill = 100 * expectedFill(Number(race.parameter('keysPerPage')));
        return race.value('half-split', 'fill') > randomFill ? 'ascending' : 'random';
      },
      explain:
        'With ascending keys the left half of every split is never written again and stays half empty. Random keys go on filling both halves.',
    },
  },

  plantedBugs: {
    'left-of-the-divide': {
      title: 'Left of the divide',
      variant: 'half-split',
      file: 'tree',
      find: '(keys[count] ?? 0) <= key',
      replace: '(keys[count] ?? 0) < key',
      effect: 'A key that divides two pages is looked for on its left, where it is not.',
      caughtBy: ['BT1'],
    },
  },

  omissions: [
    {
      what: 'Keys are never deleted, and pages never merged.',
      effect: 'Real indexes lose keys, and their leaves are emptier than here.',
    },
    {
      what: 'A changed page leaves memory without being written.',
      effect:
        'Real pools write it first, so that random keys cost writes besides the reads counted here.',
    },
    {
      what: 'Reading a page takes no time.',
      effect: 'Real inserts wait for it, and longer the more pages have to be read.',
    },
  ],

  checks,

  claims: {
    'right-end-is-fuller': {
      statement: 'With ascending keys, leaves that are split at the right end are fuller.',
      scenario: 'ascending',
      kind: 'holds',
      holds: (race) => race.value('right-split', 'fill') > race.value('half-split', 'fill'),
    },
  },
});

const nodeOf = (page: Page): string => `page-${page.id}`;
