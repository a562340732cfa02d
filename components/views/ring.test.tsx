import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';
import type { RingView } from '@/lib/simulation/views';
import { numbers } from './fixtures';
import { counted, draw, keepsPromises, propsOf, runOf } from './promises';
import { describeView, tableView } from './view';

const ringOf = (nodes: number): RingView => ({
  kind: 'ring',
  title: 'Which cache owns which key',
  nodes: Array.from({ length: nodes }, (_, i) => ({ id: `cache-${i}`, label: `Cache ${i}` })),
  positions: 'positions',
  keys: { position: 'position', owner: 'owner', label: 'keys' },
});

interface Step {
  readonly at: number;
  readonly node: number;
  readonly does: 'join' | 'leave';
}

/** Keys on a ring that belong to the next position clockwise, while nodes come and go. */
function ringRecording({
  nodes = 5,
  positions = 3,
  keys = 200,
  seed = 1,
  steps = [
    { at: 300, node: 4, does: 'join' },
    { at: 700, node: 1, does: 'leave' },
  ],
}: {
  readonly nodes?: number;
  readonly positions?: number;
  readonly keys?: number;
  readonly seed?: number;
  readonly steps?: readonly Step[];
} = {}): Recording {
  const recorder = new Recorder({ shownMs: 1000 });
  const next = numbers(seed);
  const own = Array.from({ length: nodes }, () => Array.from({ length: positions }, next));
  const places = Array.from({ length: keys }, next);
  const owners = new Map<number, number>();
  const members = new Set(own.keys());
  for (const { node, does } of [...steps].reverse())
    if (does === 'join') members.delete(node);
    else members.add(node);
  const ownerOf = (place: number): number => {
    let owner = -1;
    let nearest = Number.POSITIVE_INFINITY;
    for (const node of members)
      for (const at of own[node] ?? []) {
        const distance = at >= place ? at - place : at + 1 - place;
        if (distance < nearest) [nearest, owner] = [distance, node];
      }
    return owner;
  };
  const write = (at: number, node: number): void => {
    const text = members.has(node)
      ? (own[node] ?? []).map((each) => each.toFixed(4)).join(' ')
      : '';
    recorder.state(at, `cache-${node}`, 'positions', text);
  };
  const settle = (at: number): void => {
    for (const [key, place] of places.entries()) {
      const owner = ownerOf(place);
      if (owners.get(key) === owner) continue;
      owners.set(key, owner);
      recorder.state(at, `key-${key}`, 'owner', `cache-${owner}`);
    }
  };
  for (const node of own.keys()) write(0, node);
  for (const [key, place] of places.entries()) recorder.state(0, `key-${key}`, 'position', place);
  settle(0);
  for (const { at, node, does } of steps) {
    if (does === 'join') members.add(node);
    else members.delete(node);
    write(at, node);
    settle(at);
  }
  return recorder.finish();
}

const view = ringOf(5);
const run = runOf(ringRecording());

keepsPromises('ring', view, [run]);
keepsPromises('ring in a race', view, [
  run,
  runOf(ringRecording({ positions: 40, seed: 2 }), 'More positions'),
]);
keepsPromises(
  'ring with a load of its own',
  { ...view, load: { field: 'load', label: 'requests', unit: 'requests/s' } },
  [run],
);

/** Lengths of the dashes of a class of circles, by circle. */
function drawnSteps(html: string, className: string): number[][] {
  const circles = html.matchAll(
    new RegExp(`<circle class="${className}" [^>]*stroke-dasharray="([^"]+)"`, 'g'),
  );
  return [...circles].map(([, pattern = '']) => pattern.split(' ').map(Number));
}
const sum = (lengths: readonly number[]): number => lengths.reduce((a, b) => a + b, 0);
const dashesOf = (pattern: readonly number[]): number => sum(pattern.filter((_, i) => i % 2 === 0));

describe('a ring', () => {
  const keysOf = (t: number): number[] =>
    tableView(propsOf(view, [run], t)).rows.map((row) => Number(row[2]));

  it('draws what each node owns, in all the whole circle and nothing twice', () => {
    fc.assert(
      fc.property(
        fc.record({
          nodes: fc.integer({ min: 1, max: 9 }),
          positions: fc.integer({ min: 1, max: 60 }),
          seed: fc.integer({ min: 1, max: 1000 }),
        }),
        ({ nodes, positions, seed }) => {
          const recording = ringRecording({ nodes, positions, seed, keys: 5, steps: [] });
          const patterns = drawnSteps(
            draw(propsOf(ringOf(nodes), [runOf(recording)], 500)),
            'v-ring-band',
          );
          for (const pattern of patterns) {
            expect(pattern.length % 2).toBe(0);
            expect(sum(pattern)).toBe(720);
            for (const length of pattern) expect(length).toBeGreaterThanOrEqual(0);
          }
          expect(sum(patterns.map(dashesOf))).toBe(720);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('gives what lies before a position to its node', () => {
    const recorder = new Recorder({ shownMs: 10 });
    recorder.state(0, 'cache-0', 'positions', '0.25');
    recorder.state(0, 'cache-1', 'positions', '0.5');
    const html = draw(propsOf(ringOf(2), [runOf(recorder.finish())], 5));
    // From half round to a quarter is the first one's: 0.5 … 1 and 0 … 0.25.
    expect(drawnSteps(html, 'v-ring-band')).toEqual([
      [180, 180, 360, 0],
      [0, 180, 180, 360],
    ]);
  });

  it('counts the keys of each node, all of them', () => {
    for (const t of [0, 299, 300, 699, 700, 1000]) expect(sum(keysOf(t))).toBe(200);
  });

  it('says nothing of a change before there is one', () => {
    expect(describeView(propsOf(view, [run], 299))).toBe(
      `Which cache owns which key, at 0.299\u202fs. 200 keys on 4 nodes; ${mostAt(299)}.`,
    );
    expect(counted(draw(propsOf(view, [run], 299)), 'class="v-ring-moved"')).toBe(0);
  });

  const mostAt = (t: number): string => {
    const keys = keysOf(t);
    const most = Math.max(...keys);
    const mean = 200 / keys.filter((count) => count > 0).length;
    return `most keys at Cache ${keys.indexOf(most)}, ${most} where the mean is ${mean}`;
  };

  it('shows the keys that the last change moved, and to whom', () => {
    const gained = (t: number): number[] =>
      tableView(propsOf(view, [run], t)).rows.map((row) => Number(row[4]));
    const before = keysOf(299);
    const joined = keysOf(300);
    // Who joins takes from all and gives nothing; nobody else gains a key.
    expect(gained(300)).toEqual([0, 0, 0, 0, joined[4]]);
    for (const node of [0, 1, 2, 3]) expect(joined[node]).toBeLessThanOrEqual(before[node] ?? 0);
    expect(describeView(propsOf(view, [run], 500))).toContain(
      `the last change, at 0.300\u202fs, moved ${joined[4]} of them`,
    );
    // Who leaves hands over exactly what was its own.
    expect(sum(gained(700))).toBe(joined[1]);
    expect(keysOf(700)[1]).toBe(0);
  });

  it('says that a node is no member before it comes and after it has left', () => {
    expect(counted(draw(propsOf(view, [run], 0)), '>not a member<')).toBe(1);
    expect(counted(draw(propsOf(view, [run], 500)), '>not a member<')).toBe(0);
    expect(counted(draw(propsOf(view, [run], 1000)), '>not a member<')).toBe(1);
  });

  it('takes the owners alone for a change where there are no positions', () => {
    const recorder = new Recorder({ shownMs: 10 });
    for (let key = 0; key < 6; key++) {
      recorder.state(0, `key-${key}`, 'position', key / 6);
      recorder.state(0, `key-${key}`, 'owner', `cache-${key % 2}`);
    }
    for (let key = 0; key < 6; key++) recorder.state(5, `key-${key}`, 'owner', `cache-${key % 3}`);
    const modulo = runOf(recorder.finish());
    expect(describeView(propsOf(ringOf(3), [modulo], 4))).not.toContain('change');
    expect(describeView(propsOf(ringOf(3), [modulo], 5))).toContain('moved 4 of them');
  });

  it('draws keys whose owner is none of its nodes as lost, and counts them', () => {
    const recorder = new Recorder({ shownMs: 10 });
    recorder.state(0, 'key-0', 'position', 0.5);
    recorder.state(0, 'key-0', 'owner', 'nobody');
    const props = propsOf(ringOf(2), [runOf(recorder.finish())], 5);
    expect(draw(props)).toContain('<g class="c-lost"><circle class="v-ring-keys"');
    expect(describeView(props)).toContain('1 keys on 0 nodes');
  });

  it('costs few letters however many positions and keys there are', () => {
    const dense = runOf(ringRecording({ nodes: 8, positions: 128, keys: 1000, steps: [] }));
    const html = draw(propsOf(ringOf(8), [dense], 500));
    expect(html.length).toBeLessThan(14_000);
    expect(counted(html, /<\w/g)).toBeLessThan(110);
  });

  it('is drawn and told from the past alone, but for the scale of its bars', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 50 }), (t, seed) => {
        const recording = ringRecording({ seed, keys: 40 });
        const [whole, past] = [recording, prefix(recording, t + 0.5)].map((each) =>
          propsOf(view, [runOf(each)], t, 1000),
        );
        if (!whole || !past) throw new Error('Two recordings were drawn.');
        expect(describeView(past)).toBe(describeView(whole));
        expect(tableView(past)).toEqual(tableView(whole));
      }),
      { numRuns: 60 },
    );
  });
});
