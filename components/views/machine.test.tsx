import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';
import type { MachineView } from '@/lib/simulation/views';
import { numbers } from './fixtures';
import { counted, draw, keepsPromises, propsOf, runOf } from './promises';
import { describeView, tableView } from './view';

const breaker: MachineView = {
  kind: 'machine',
  title: 'The breaker',
  nodes: [{ id: 'service', label: 'Service' }],
  field: 'state',
  states: [
    { id: 'closed', label: 'closed', mark: 'accepted' },
    { id: 'open', label: 'open', mark: 'rejected' },
    { id: 'half', label: 'half-open' },
  ],
  transitions: [
    { from: 'closed', to: 'open', label: 'too many failures' },
    { from: 'open', to: 'half', label: 'the wait is over' },
    { from: 'half', to: 'open', label: 'a probe fails' },
    { from: 'half', to: 'closed', label: 'all probes succeed' },
  ],
  reason: 'why',
};

/** Goes round the machine, by chance where there is a choice; every failure says its count. */
function rounds(seed = 1, nodes: readonly string[] = ['service']): Recording {
  const next = numbers(seed);
  const recorder = new Recorder({ shownMs: 1000 });
  const states = new Map(nodes.map((node) => [node, 'closed']));
  for (const node of nodes) recorder.state(0, node, 'state', 'closed');
  for (let at = 10; at <= 1000; at += 10 + Math.floor(next() * 60)) {
    const node = nodes[Math.floor(next() * nodes.length)] ?? 'service';
    const state = states.get(node);
    const to =
      state === 'closed' ? 'open' : state === 'open' ? 'half' : next() < 0.5 ? 'open' : 'closed';
    states.set(node, to);
    recorder.state(at, node, 'state', to);
    if (state === 'closed') recorder.state(at, node, 'why', `${at} failures`);
    // Said again, it is no transition.
    recorder.state(at, node, 'state', to);
  }
  return recorder.finish();
}

const run = runOf(rounds());
const two: MachineView = {
  ...breaker,
  nodes: [
    { id: 'a', label: 'Instance A' },
    { id: 'b', label: 'Instance B' },
    { id: 'never', label: 'Never heard of' },
  ],
};

keepsPromises('machine', breaker, [run]);
keepsPromises('machine of several nodes in a race', two, [
  runOf(rounds(2, ['a', 'b']), 'One'),
  runOf(rounds(3, ['a', 'b']), 'Another'),
]);

/** closed → open at 100, half at 200, open at 300, half at 400, closed at 500. */
function course(): Recording {
  const recorder = new Recorder({ shownMs: 1000 });
  recorder.state(0, 'service', 'state', 'closed');
  recorder.state(100, 'service', 'state', 'open');
  recorder.state(100, 'service', 'why', '12 of 20 calls failed');
  recorder.state(200, 'service', 'state', 'half');
  recorder.state(300, 'service', 'state', 'open');
  recorder.state(400, 'service', 'state', 'half');
  recorder.state(500, 'service', 'state', 'closed');
  return recorder.finish();
}

describe('a machine', () => {
  const known = runOf(course());
  const said = (t: number): string => describeView(propsOf(breaker, [known], t));

  it('says in which state it is, since when and why', () => {
    expect(said(50)).toBe('The breaker, at 0.050\u202fs. closed from the beginning.');
    expect(said(150)).toBe(
      'The breaker, at 0.150\u202fs. open since 0.100\u202fs, from closed (12 of 20 calls failed), after 1 transition.',
    );
    // The reason of an earlier transition is none of this one.
    expect(said(350)).toBe(
      'The breaker, at 0.350\u202fs. open since 0.300\u202fs, from half-open (a probe fails), after 3 transitions.',
    );
  });

  it('counts how often each transition was taken, and when last', () => {
    expect(tableView(propsOf(breaker, [known], 450)).rows).toEqual([
      ['closed → open', 'too many failures', '1', '0.100\u202fs'],
      ['open → half-open', 'the wait is over', '2', '0.400\u202fs'],
      ['half-open → open', 'a probe fails', '1', '0.300\u202fs'],
      ['half-open → closed', 'all probes succeed', '0', '–'],
    ]);
    expect(draw(propsOf(breaker, [known], 450))).toContain('>2\u202f×</text>');
  });

  it('highlights the present state and the last way taken, and dashes those never taken', () => {
    const html = draw(propsOf(breaker, [known], 250));
    expect(counted(html, 'v-machine-present')).toBe(1);
    expect(html).toMatch(/v-machine-present"><rect[^>]*><\/rect><text[^>]*>half-open</);
    // Down from the second state: on the right, at half of the second pitch.
    expect(html).toMatch(/class="v-machine-last"><path class="v-machine-way" d="M52 108C/);
    expect(counted(html, 'v-machine-never')).toBe(2);
  });

  it('lists the last transitions, newest first', () => {
    const html = draw(propsOf(breaker, [known], 1000));
    expect([...html.matchAll(/>([^<>]+ → [^<>]+)<tspan/g)].map(([, text]) => text)).toEqual([
      'half-open → closed',
      'open → half-open',
      'half-open → open',
      'open → half-open',
      'closed → open',
    ]);
    expect(html).toContain('>12 of 20 calls failed<');
  });

  it('counts transitions that were not declared as others', () => {
    const recorder = new Recorder({ shownMs: 10 });
    recorder.state(0, 'service', 'state', 'closed');
    recorder.state(5, 'service', 'state', 'broken');
    const props = propsOf(breaker, [runOf(recorder.finish())], 8);
    expect(tableView(props).rows.at(-1)).toEqual(['others', '–', '1', '–']);
    expect(describeView(props)).toContain('broken since');
  });

  it('knows nothing before the first record', () => {
    const recorder = new Recorder({ shownMs: 10 });
    recorder.state(5, 'service', 'state', 'closed');
    const props = propsOf(breaker, [runOf(recorder.finish())], 1);
    expect(describeView(props)).toContain('nothing known yet');
    expect(counted(draw(props), 'v-machine-present')).toBe(0);
  });

  it('has one machine for each node that is known, under its name', () => {
    const html = draw(propsOf(two, [runOf(rounds(2, ['a', 'b']))], 500));
    expect(counted(html, '>Instance A<')).toBe(1);
    expect(counted(html, '>Instance B<')).toBe(1);
    expect(html).not.toContain('Never heard of');
    const raced = draw(
      propsOf(
        two,
        [runOf(rounds(2, ['a', 'b']), 'One'), runOf(rounds(3, ['a', 'b']), 'Other')],
        500,
      ),
    );
    for (const title of ['One: Instance A', 'One: Instance B', 'Other: Instance A'])
      expect(raced).toContain(`>${title}<`);
  });

  it('keeps names within a phone and apart on each side, for up to seven states', () => {
    const states = Array.from({ length: 7 }, (_, i) => ({ id: `s${i}`, label: `State ${i}` }));
    const pairs = states.flatMap(({ id: from }) =>
      states.flatMap(({ id: to }) => (from === to ? [] : [{ from, to }])),
    );
    fc.assert(
      fc.property(fc.subarray(pairs, { minLength: 1, maxLength: 12 }), (chosen) => {
        const view: MachineView = {
          ...breaker,
          states,
          transitions: chosen.map((pair) => ({ ...pair, label: 'because of something long' })),
        };
        const html = draw(propsOf(view, [run], 500));
        const height = Number(/style="height:(\d+)px"/.exec(html)?.[1]);
        const counts = [
          ...html.matchAll(/<text class="([^"]*)" y="([\d.]+)" x="(-?[\d.]+)">0\u202f×/g),
        ];
        expect(counts).toHaveLength(chosen.length);
        const sides = new Map<boolean, number[]>();
        for (const [, , y, x] of counts) {
          expect(Math.abs(Number(x))).toBeLessThan(120);
          const own = sides.get(Number(x) > 0) ?? [];
          sides.set(Number(x) > 0, own);
          own.push(Number(y));
        }
        for (const own of sides.values()) {
          own.sort((a, b) => a - b);
          for (const [i, y] of own.entries())
            if (i > 0) expect(y - (own[i - 1] ?? 0)).toBeGreaterThanOrEqual(24);
        }
        expect(height).toBeGreaterThan(7 * 36);
      }),
      { numRuns: 40 },
    );
  });

  it('is drawn and told from the past alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 99 }), (t, seed) => {
        const recording = rounds(seed);
        const [whole, past] = [recording, prefix(recording, t + 0.5)].map((each) =>
          propsOf(breaker, [runOf(each)], t, 1000),
        );
        if (!whole || !past) throw new Error('Two recordings were drawn.');
        expect(describeView(past)).toBe(describeView(whole));
        expect(tableView(past)).toEqual(tableView(whole));
        expect(draw(past)).toBe(draw(whole));
      }),
      { numRuns: 40 },
    );
  });
});
