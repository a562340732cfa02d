import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';
import type { ClusterView } from '@/lib/simulation/views';
import { numbers } from './fixtures';
import { counted, draw, keepsPromises, propsOf, runOf } from './promises';
import { describeView, tableView } from './view';

const clusterOf = (count: number, more: Partial<ClusterView> = {}): ClusterView => ({
  kind: 'cluster',
  title: 'Who has heard it',
  nodes: Array.from({ length: count }, (_, i) => ({ id: `node-${i}`, label: `Node ${i}` })),
  state: {
    field: 'knows',
    values: {
      unaware: { label: 'unaware', mark: 'sent' },
      informed: { label: 'informed', mark: 'accepted' },
      dead: { label: 'dead', mark: 'lost' },
    },
  },
  side: 'side',
  badge: { field: 'version', label: 'Version' },
  ...more,
});

/** A rumour: who has it tells one other every 50 ms; in the middle the network is cut in two. */
function rumour(count: number, seed = 1): Recording {
  const next = numbers(seed);
  const recorder = new Recorder({ shownMs: 1000 });
  const informed = new Map<number, number>([[0, 0]]);
  for (let node = 0; node < count; node++) {
    recorder.state(0, `node-${node}`, 'knows', node === 0 ? 'informed' : 'unaware');
    recorder.state(0, `node-${node}`, 'side', 'a');
  }
  recorder.state(0, 'node-0', 'version', 1);
  for (let at = 0; at < 1000; at += 50) {
    if (at === 500)
      for (let node = count >> 1; node < count; node++)
        recorder.state(at, `node-${node}`, 'side', 'b');
    for (const [from, since] of [...informed]) {
      if (since > at) continue;
      const to = Math.floor(next() * count);
      const isCut = at >= 500 && from < count >> 1 !== to < count >> 1;
      const id = recorder.message(at, {
        from: `node-${from}`,
        to: `node-${to}`,
        kind: 'sent',
        arrivesAt: at + 40,
      });
      if (isCut) recorder.lose(at + 20, id);
      else if (!informed.has(to)) informed.set(to, at + 50);
    }
    for (const [node, since] of informed)
      if (since === at + 50 && since <= 1000)
        recorder.state(at + 50, `node-${node}`, 'knows', 'informed');
  }
  return recorder.finish();
}

const GRID = Array.from({ length: 5 }, (_, i) => ({
  id: `node-${i}`,
  label: `Node ${i} of the grid`,
  column: i % 3,
  row: Math.floor(i / 3),
}));
const LINKS = [
  { from: 'node-0', to: 'node-1' },
  { from: 'node-1', to: 'node-2' },
];

keepsPromises('cluster of eight', clusterOf(8), [runOf(rumour(8))]);
keepsPromises('cluster of a hundred', clusterOf(100), [runOf(rumour(100))]);
keepsPromises('cluster with positions and links', clusterOf(5, { nodes: GRID, links: LINKS }), [
  runOf(rumour(5)),
]);
keepsPromises('cluster in a race', clusterOf(30), [
  runOf(rumour(30), 'One'),
  runOf(rumour(30, 2), 'Another'),
]);

/** Where nodes stand: share of the width and px. */
const spotsOf = (html: string): readonly (readonly [number, number])[] =>
  [...html.matchAll(/<svg x="([\d.]+)%" y="([\d.]+)"><circle class="v-cluster-node [^"]*"/g)].map(
    ([, x, y]) => [Number(x) / 100, Number(y)] as const,
  );

describe('a cluster', () => {
  it.each([2, 5, 24, 25, 40, 41, 100])(
    'keeps %s nodes apart on a phone, inside its height',
    (count) => {
      const html = draw(propsOf(clusterOf(count), [runOf(rumour(count))], 200));
      const radius = Number(/class="v-cluster-node [^"]*" r="([\d.]+)"/.exec(html)?.[1]);
      const height = Number(/style="height:(\d+)px"/.exec(html)?.[1]);
      const spots = spotsOf(html);
      expect(spots).toHaveLength(count);
      for (const [i, [x, y]] of spots.entries()) {
        expect(x * 340 - radius).toBeGreaterThanOrEqual(0);
        expect(x * 340 + radius).toBeLessThanOrEqual(340);
        expect(y - radius).toBeGreaterThanOrEqual(0);
        expect(y + radius).toBeLessThanOrEqual(height);
        for (const [x2, y2] of spots.slice(i + 1))
          expect(Math.hypot((x - x2) * 340, y - y2)).toBeGreaterThan(2 * radius);
      }
    },
  );

  it('shows the state of each node by its mark, and counts them', () => {
    const run = runOf(rumour(8));
    const html = draw(propsOf(clusterOf(8), [run], 50));
    const informed = Number(
      /(\d+) informed/.exec(describeView(propsOf(clusterOf(8), [run], 50)))?.[1],
    );
    expect(informed).toBe(2);
    expect(
      counted(html, /v-cluster-node c-accepted" r="11"><\/circle><use href="#mark-accepted"/g),
    ).toBe(2);
    expect(counted(html, /v-cluster-node c-sent" r="11"><\/circle><use href="#mark-sent"/g)).toBe(
      6,
    );
    expect(html).toContain('informed<b>2</b>');
  });

  it('calls a state that was not declared by its own name', () => {
    const recorder = new Recorder({ shownMs: 10 });
    recorder.state(0, 'node-0', 'knows', 'asleep');
    recorder.state(8, 'node-1', 'knows', 'informed');
    const props = propsOf(clusterOf(2), [runOf(recorder.finish())], 5);
    expect(describeView(props)).toContain('2 nodes: 1 asleep and 1 nothing known');
    expect(tableView(props).rows.map((row) => row[1])).toEqual(['asleep', 'nothing known']);
  });

  it('leaves out nodes of which nothing is ever recorded', () => {
    const html = draw(propsOf(clusterOf(100), [runOf(rumour(6))], 500));
    expect(spotsOf(html)).toHaveLength(6);
    expect(describeView(propsOf(clusterOf(100), [runOf(rumour(6))], 500))).toContain('6 nodes: ');
    expect(tableView(propsOf(clusterOf(100), [runOf(rumour(6))], 500)).rows).toHaveLength(6);
  });

  it('leads a line from a sender to its message, and lets a lost one fall', () => {
    const recorder = new Recorder({ shownMs: 1000 });
    recorder.message(0, { from: 'node-0', to: 'node-1', kind: 'sent', arrivesAt: 400 });
    const doomed = recorder.message(0, {
      from: 'node-1',
      to: 'node-2',
      kind: 'sent',
      arrivesAt: 400,
    });
    recorder.lose(200, doomed);
    const run = runOf(recorder.finish());
    const at = (t: number): string => draw(propsOf(clusterOf(5, { nodes: GRID }), [run], t));
    // Columns at a sixth, a half and five sixths; a quarter of the way is done.
    expect(at(100)).toContain('<line class="v-cluster-trail" x1="16.67%" y1="17" x2="25%" y2="17"');
    expect(at(100)).toContain('<use href="#mark-sent" x="25%"');
    expect(at(200)).toContain('<use href="#mark-lost" x="66.67%"');
    expect(counted(at(200), 'v-cluster-trail')).toBe(1);
  });

  it('cuts the circle where neighbours are on different sides, and says so', () => {
    const run = runOf(rumour(8));
    const before = draw(propsOf(clusterOf(8), [run], 499));
    expect(counted(before, 'v-cluster-cut')).toBe(0);
    const after = draw(propsOf(clusterOf(8), [run], 500));
    expect(counted(after, 'class="v-cluster-cut"')).toBe(2);
    expect(after).toContain('>network cut into 2 sides<');
    expect(describeView(propsOf(clusterOf(8), [run], 500))).toContain(
      'the network is cut into 2 sides',
    );
  });

  it('draws a standing link between two sides as cut', () => {
    const recorder = new Recorder({ shownMs: 10 });
    recorder.state(0, 'node-0', 'side', 'a');
    recorder.state(0, 'node-1', 'side', 'a');
    recorder.state(0, 'node-2', 'side', 'b');
    const html = draw(
      propsOf(clusterOf(5, { nodes: GRID, links: LINKS }), [runOf(recorder.finish())], 5),
    );
    expect(counted(html, 'class="v-edge"')).toBe(1);
    expect(counted(html, 'class="v-edge v-cluster-cut"')).toBe(1);
  });

  it('has a row for each node, and of many nodes a row for each state', () => {
    const few = tableView(propsOf(clusterOf(8), [runOf(rumour(8))], 1000));
    expect(few.columns).toEqual(['Node', 'State', 'Version', 'Side']);
    expect(few.rows).toHaveLength(8);
    expect(few.rows[0]).toEqual(['Node 0', 'informed', '1', 'a']);
    const many = tableView(propsOf(clusterOf(100), [runOf(rumour(100))], 1000));
    expect(many.rows.map((row) => row[0])).toEqual(['unaware', 'informed', 'dead']);
    expect(many.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(100);
  });

  it('draws a bounded number of messages', () => {
    const recorder = new Recorder({ shownMs: 1000 });
    for (let i = 0; i < 1000; i++)
      recorder.message(0, {
        from: 'node-0',
        to: `node-${1 + (i % 4)}`,
        kind: 'queued',
        arrivesAt: 500,
      });
    const html = draw(propsOf(clusterOf(5), [runOf(recorder.finish())], 250));
    expect(counted(html, 'mark-queued')).toBe(200);
    expect(describeView(propsOf(clusterOf(5), [runOf(rumour(5))], 0))).not.toContain('lost');
  });

  it('costs a still few letters with a hundred nodes', () => {
    const html = draw(propsOf(clusterOf(100), [runOf(rumour(100))], 1000));
    expect(html.length).toBeLessThan(20_000);
  });

  it('is drawn and told from the past alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 50 }), (t, seed) => {
        const recording = rumour(6, seed);
        const [whole, past] = [recording, prefix(recording, t + 0.5)].map((each) =>
          propsOf(clusterOf(6), [runOf(each)], t, 1000),
        );
        if (!whole || !past) throw new Error('Two recordings were drawn.');
        expect(describeView(past)).toBe(describeView(whole));
        expect(tableView(past)).toEqual(tableView(whole));
        expect(draw(past)).toBe(draw(whole));
      }),
      { numRuns: 25 },
    );
  });
});
