import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';
import { indexRecording } from '@/lib/simulation/recording-index';
import { viewMisfits } from '@/lib/simulation/view-misfits';
import type { GridGroup, GridView } from '@/lib/simulation/views';
import { clockGrid, clockRecording, heapGrid, heapRecording } from './fixtures';
import { movedTo } from './grid-list';
import { counted, draw, keepsPromises, propsOf as plainProps, runOf } from './promises';
import { describeView, tableView } from './view';
import type { ViewProps } from './view-props';

const propsOf = (
  view: GridView,
  recordings: readonly Recording[],
  t: number,
): ViewProps<GridView> => ({
  ...plainProps(
    view,
    recordings.map((recording, i) => runOf(recording, `Run ${i}`)),
    t,
    1000,
  ),
  parameters: { size: 4 },
});
const contents = (html: string): string[] =>
  [...html.matchAll(/<b>([^<]*)<\/b>/g)].map((match) => match[1] ?? '');

const [slots] = clockGrid.groups;
if (!slots) throw new Error('The grid of the clock has a group.');
const cacheOf = (group: Partial<GridGroup>, view: Partial<GridView> = {}): GridView => ({
  kind: 'grid',
  title: 'Cache',
  groups: [{ ...slots, count: 4, ...group }],
  ...view,
});
const segments: GridGroup['fields'][number] = {
  id: 'segment',
  label: 'segment',
  as: 'class',
  values: { small: 'Small', main: 'Main' },
};

/** Each line of states at one moment. */
function recordingOf(
  ...moments: readonly (readonly [at: number, ...states: [string, string, string | number][]])[]
): Recording {
  const recorder = new Recorder({ shownMs: 1000 });
  for (const [at, ...states] of moments)
    for (const [node, field, value] of states) recorder.state(at, node, field, value);
  return recorder.finish();
}

keepsPromises('grid', clockGrid, [runOf(clockRecording())]);
keepsPromises('grid with pointers', heapGrid, [runOf(heapRecording())]);
keepsPromises('grid of a race', clockGrid, [
  runOf(clockRecording(), 'One'),
  runOf(clockRecording(6), 'Other'),
]);

describe('the last change of a grid', () => {
  const recording = recordingOf(
    [0, ['slot-0', 'key', 'a'], ['slot-0', 'visited', 0], ['slot-1', 'segment', 'small']],
    [100, ['slot-1', 'key', 'b']],
    [200, ['slot-0', 'visited', 1]],
    [300, ['slot-0', 'visited', 0], ['slot-1', 'key', 'c'], ['slot-1', 'visited', 0]],
    [400, ['slot-1', 'segment', 'main']],
    [500, ['slot-0', 'key', '']],
  );
  const view = cacheOf({ fields: [...slots.fields, segments] });
  const at = (t: number): string => describeView(propsOf(view, [recording], t));

  it('is told as what it did: written, touched, cleared, moved, emptied', () => {
    expect(at(150)).toContain('last change at 0.100\u202fs: written b in slot 1.');
    expect(at(250)).toContain('touched a in slot 0.');
    expect(at(350)).toContain('written c in slot 1, was b; cleared a in slot 0.');
    expect(at(450)).toContain('moved c in slot 1.');
    expect(at(550)).toContain('emptied a from slot 0.');
  });

  it('is not what was there at the beginning', () => {
    expect(at(99)).toContain('nothing has changed yet');
    expect(draw(propsOf(view, [recording], 99))).toContain('Nothing has changed yet.');
  });

  it('marks the cells it concerned and no other', () => {
    const html = draw(propsOf(view, [recording], 350));
    expect(html).toMatch(/class="v-cell v-cleared"><b>a</);
    expect(html).toMatch(/class="v-cell v-written v-class c-1">/);
    expect(html.match(/v-(written|emptied|moved|cleared|touched)/g)).toHaveLength(2);
  });

  it('has the words of those who work with it', () => {
    const named = { ...view, words: { written: 'admitted', emptied: 'evicted' } };
    expect(describeView(propsOf(named, [recording], 150))).toContain('admitted b in slot 1');
    expect(describeView(propsOf(named, [recording], 550))).toContain('evicted a from slot 0');
  });

  it('names three cells, and the number of others', () => {
    const many = recordingOf([
      100,
      ...[0, 1, 2, 3].map((i): [string, string, string] => [`slot-${i}`, 'key', `k${i}`]),
    ]);
    expect(describeView(propsOf(view, [many], 100))).toContain('in slot 2; and 1 more');
  });
});

describe('a grid', () => {
  it('has as many cells as the parameter says, in rows of eight, and of twelve if there are many', () => {
    const full = recordingOf([0, ['slot-255', 'key', 'a']]);
    const cells = (count: GridGroup['count']): string =>
      draw(propsOf(cacheOf({ count }), [full], 500));
    expect(cells({ parameter: 'size' }).match(/"v-cell[ "]/g)).toHaveLength(4);
    expect(cells({ parameter: 'size' })).toContain('--columns:4;');
    expect(cells(64)).toContain('--columns:8;');
    expect(cells(65)).toContain('--columns:12;');
    expect(cells(9999).match(/"v-cell[ "]/g)).toHaveLength(256);
  });

  it('stands in the declared order: by class as its values are declared, empty cells last', () => {
    const view = cacheOf({
      fields: [...slots.fields, segments, { id: 'used', label: 'used', as: 'detail' }],
      order: ['segment', 'used'],
    });
    const recording = recordingOf(
      [
        0,
        ['slot-1', 'key', 'a'],
        ['slot-1', 'segment', 'main'],
        ['slot-1', 'used', 10],
        ['slot-2', 'key', 'b'],
        ['slot-2', 'segment', 'small'],
        ['slot-2', 'used', 9],
        ['slot-3', 'key', 'c'],
        ['slot-3', 'segment', 'main'],
        ['slot-3', 'used', 2],
      ],
      [100, ['slot-3', 'used', 11]],
    );
    const before = draw(propsOf(view, [recording], 50));
    expect(contents(before)).toEqual(['b', 'c', 'a']);
    expect(before).toMatch(/v-empty"><\/div><\/div>/);
    expect(contents(draw(propsOf(view, [recording], 100)))).toEqual(['b', 'a', 'c']);
  });

  it('says what its bits and classes mean, and only of those that a run has', () => {
    const view = cacheOf({ fields: [...slots.fields, segments] });
    expect(draw(propsOf(view, [clockRecording()], 500))).toMatch(/<\/i>visited<\/span><\/p>/);
    const [, key = ''] = draw(propsOf(heapGrid, [heapRecording()], 500)).split('v-grid-key');
    expect(key).toContain('live');
    expect(key).toContain('dead');
  });

  it('lists what its cells hold, with all their fields; the runs of a race side by side', () => {
    const recording = recordingOf([0, ['slot-2', 'key', 'a'], ['slot-2', 'visited', 1]]);
    expect(tableView(propsOf(cacheOf({}), [recording], 0)).rows).toEqual([['slot 2', 'a', 'yes']]);
    const other = recordingOf([0, ['slot-1', 'key', 'a']]);
    expect(tableView(propsOf(cacheOf({}), [recording, other], 0))).toMatchObject({
      columns: ['Cell', 'Run 0', 'Run 1'],
      rows: [
        ['slot 2', 'key a, visited yes', '–'],
        ['slot 1', '–', 'key a'],
      ],
    });
    // What all runs agree in is said once.
    const turned = recordingOf([0, ['slot-2', 'key', 'a'], ['slot-2', 'visited', 0]]);
    expect(tableView(propsOf(cacheOf({}), [recording, turned], 0))).toMatchObject({
      columns: ['Cell', 'Key', 'Run 0', 'Run 1'],
      rows: [['slot 2', 'a', 'visited yes', 'visited no']],
    });
    expect(tableView(propsOf(cacheOf({}), [recording, recording], 0)).columns).toEqual([
      'Cell',
      'Run 0',
      'Run 1',
    ]);
    expect(tableView(propsOf(cacheOf({}), [recordingOf()], 0)).rows).toEqual([
      ['all cells', 'empty', '–'],
    ]);
  });

  it('puts cells in their places without telling where these are', () => {
    const view = cacheOf({
      order: ['at'],
      fields: [
        { id: 'key', label: 'key', as: 'content' },
        { id: 'at', label: 'at', as: 'place' },
      ],
    });
    const props = propsOf(
      view,
      [
        recordingOf([
          0,
          ['slot-1', 'key', 'a'],
          ['slot-1', 'at', 2],
          ['slot-2', 'key', 'b'],
          ['slot-2', 'at', 1],
        ]),
      ],
      0,
    );
    expect(tableView(props)).toMatchObject({
      columns: ['Cell', 'Key'],
      rows: [
        ['slot 2', 'b'],
        ['slot 1', 'a'],
      ],
    });
    expect(draw({ ...props, live: true })).toContain('aria-label="slot 2: key b"');
  });

  it('puts a hand on its cell, and arrows from cell to cell', () => {
    const html = draw(propsOf(clockGrid, [clockRecording()], 2500));
    const hand = String(indexRecording(clockRecording()).stateAt('cache', 'hand', 2500));
    const share = (Number(hand.slice('slot-'.length)) + 0.5) / 8;
    expect(html).toContain(`<svg x="${Number((share * 100).toFixed(2))}%"`);
    // Two line pointers and two versions that have a next one.
    const [, path = ''] =
      /class="v-arrow" d="([^"]*)"/.exec(draw(propsOf(heapGrid, [heapRecording()], 500))) ?? [];
    expect(path.match(/M/g)).toHaveLength(4);
  });

  it('leads arrows along the gaps and never across a cell', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.nat(39), { minLength: 40, maxLength: 40 }),
        (columns, targets) => {
          const view = cacheOf({
            columns,
            count: 40,
            fields: [{ id: 'next', label: 'next', as: 'pointer' }],
          });
          const recording = recordingOf([
            0,
            ...targets.map((to, i): [string, string, string] => [
              `slot-${i}`,
              'next',
              `slot-${to}`,
            ]),
          ]);
          const [, path = ''] =
            /class="v-arrow" d="([^"]*)"/.exec(draw(propsOf(view, [recording], 0))) ?? [];
          expect(path.match(/M/g) ?? []).toHaveLength(targets.filter((to, i) => to !== i).length);
          for (const [[x1, y1], [x2, y2]] of segmentsOf(path)) {
            // Rows of 24 px, each after a gap of 14; 2 units each side are the edges of the cells.
            for (let i = 0; i < 40; i++) {
              const left = ((i % columns) / columns) * 1000 + 2;
              const top = 14 + Math.floor(i / columns) * 38;
              const crosses =
                Math.max(x1, x2) > left &&
                Math.min(x1, x2) < left + 1000 / columns - 4 &&
                Math.max(y1, y2) > top &&
                Math.min(y1, y2) < top + 24;
              expect(crosses, `${x1},${y1} to ${x2},${y2} crosses ${i} of ${columns}`).toBe(false);
            }
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it('is drawn and told from the past alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3900 }), (t) => {
        const whole = propsOf(clockGrid, [clockRecording()], t);
        const past = propsOf(clockGrid, [prefix(clockRecording(), t + 0.5)], t);
        expect(draw(past)).toBe(draw(whole));
        expect(describeView(past)).toBe(describeView(whole));
        expect(tableView(past)).toEqual(tableView(whole));
      }),
      { numRuns: 40 },
    );
  });

  it('is a list to choose from where it is live, each cell with all there is of it as its name', () => {
    const html = draw({ ...propsOf(clockGrid, [clockRecording()], 2468), live: true });
    expect(html).not.toContain('role="img"');
    expect(html).toMatch(
      /role="listbox" aria-label="What the cache holds" tabindex="0" data-keys="slider"/,
    );
    expect(html.match(/role="option"/g)).toHaveLength(8);
    expect(html).toMatch(/aria-label="slot 3: key k2, visited yes" aria-selected="false"/);
  });
});

/** The straight pieces of a path of M, v, H and V. */
function segmentsOf(path: string): [[number, number], [number, number]][] {
  const pieces: [[number, number], [number, number]][] = [];
  let [x, y] = [0, 0];
  for (const [, command, first, second] of path.matchAll(/([MvHV])(-?[\d.]+)(?: ([\d.]+))?/g)) {
    const from: [number, number] = [x, y];
    if (command === 'M') [x, y] = [Number(first), Number(second)];
    else if (command === 'H') x = Number(first);
    else y = command === 'V' ? Number(first) : y + Number(first);
    if (command !== 'M') pieces.push([from, [x, y]]);
  }
  return pieces;
}

describe('the keys of a grid', () => {
  const shape = { columns: 4, count: 10 };
  it.each([
    ['ArrowRight', 2, 3],
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 5, 9],
    ['ArrowDown', 6, 6],
    ['ArrowUp', 9, 5],
    ['ArrowUp', 2, 2],
    ['Home', 7, 0],
    ['End', 1, 9],
    ['Enter', -1, 0],
    ['x', 3, undefined],
  ] as const)('%s leads from %i to %s', (key, place, to) => {
    expect(movedTo(key, { place, ...shape })).toBe(to);
  });

  it('lead nowhere in an empty grid', () => {
    expect(movedTo('End', { place: -1, columns: 1, count: 0 })).toBeUndefined();
  });
});

describe('a grid that does not fit its recording', () => {
  const misfits = (view: GridView, ...states: [string, string, string | number][]): string[] =>
    viewMisfits(view, {
      index: indexRecording(recordingOf([0, ...states])),
      parameters: { size: 4, many: 300 },
    });

  it('is told of, with what to do', () => {
    const pointer = { id: 'next', label: 'next', as: 'pointer' } as const;
    const told = [
      misfits(cacheOf({}), ['slot-4', 'key', 'a']),
      misfits(cacheOf({ count: { parameter: 'many' } })),
      misfits(cacheOf({ count: { parameter: 'none' } })),
      misfits(cacheOf({ fields: [segments] }), ['slot-0', 'segment', 'ghost']),
      misfits(cacheOf({ fields: [pointer] }), ['slot-0', 'next', 'slot 1']),
      misfits({ ...clockGrid }, ['cache', 'hand', 8]),
      misfits(cacheOf({ order: ['used'] })),
      misfits(cacheOf({ columns: 20 })),
      misfits(cacheOf({ fields: [...slots.fields, ...slots.fields] })),
    ];
    expect(told.map((each) => each.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(told.flat()).toMatchInlineSnapshot(`
      [
        "Expected states of the 4 cells of "slot" alone, got some of "slot-4", which has no place. Correct first or count, or what is recorded.",
        "Expected from 1 to 256 cells of "slot", got 300. Set count to a number, or to a parameter with such values.",
        "Expected from 1 to 256 cells of "slot", got 0. Set count to a number, or to a parameter with such values.",
        "Expected "segment" of "slot-0" to be one of small, main, got "ghost". Name it in values.",
        "Expected "next" of "slot-0" to be the id of a cell or empty, got "slot 1". Record "slot-<number>".",
        "Expected "hand" of "cache" to be the id of a cell or empty, got "8". Record "slot-<number>".",
        "Expected "slot" to be ordered by one of its fields (key, visited), got "used". Declare it, as "detail" if it is not to be drawn.",
        "Expected from 1 to 14 columns of "slot", got 20. More cannot be told apart on a phone.",
        "Expected at most 1 field as "content" of "slot", got 2. Make others "detail".",
      ]
    `);
  });

  it('is none of those that are drawn here', () => {
    const fits = (view: GridView, recording: Recording): string[] =>
      viewMisfits(view, { index: indexRecording(recording), parameters: {} });
    expect(fits(clockGrid, clockRecording())).toEqual([]);
    expect(fits(heapGrid, heapRecording())).toEqual([]);
  });
});

describe('the size of a grid', () => {
  const filled = (slot: number): Recording => recordingOf([0, [`slot-${slot}`, 'key', 'a']]);
  const drawn = (count: number, slot: number): string =>
    draw(propsOf(cacheOf({ count }), [filled(slot)], 500));
  const cells = (html: string): number => counted(html, /class="v-cell[ "]/g);
  const MORE = 'No further slot is ever filled.';

  it('is that of all cells, so that free room is seen, up to 64 of them', () => {
    expect(cells(drawn(64, 3))).toBe(64);
    expect(drawn(64, 3)).not.toContain(MORE);
  });

  it('ends with the last cell that is ever filled where there are more', () => {
    expect(cells(drawn(256, 3))).toBe(64);
    expect(cells(drawn(256, 99))).toBe(100);
    expect(drawn(256, 99)).toContain(MORE);
    expect(drawn(256, 255)).not.toContain(MORE);
  });

  it('makes no cell wider than twice its usual width', () => {
    const html = draw(propsOf(cacheOf({ count: 1, columns: 8 }), [filled(0)], 500));
    expect(html).toContain('--columns:4');
  });
});
