import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '@/lib/kernel/outcomes';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';
import type { TimelineView } from '@/lib/simulation/views';
import { numbers } from './fixtures';
import { counted, draw, keepsPromises, propsOf, runOf } from './promises';
import { describeView, tableView } from './view';

const LANES = ['gateway', 'basket', 'prices', 'database'].map((id) => ({
  id,
  label: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
}));
const waterfall: TimelineView = {
  kind: 'timeline',
  title: 'Where the time of a request goes',
  rows: 'trace',
  lanes: LANES,
};
const lanes: TimelineView = {
  kind: 'timeline',
  title: 'Who works when',
  rows: 'lanes',
  lanes: LANES,
};

interface Planned {
  readonly lane: string;
  readonly label: string;
  readonly start: number;
  /** Absent while it never ends. */
  readonly end?: number;
  readonly parent?: number;
  readonly outcome?: Outcome;
}

/**
 * Spans put down in the order of their start, recorded with their ends in the order of time.
 *
 * @param aheadMs lanes whose clocks are ahead, and by how much
 */
function recorded(
  plans: readonly Planned[],
  shownMs = 1000,
  aheadMs: Readonly<Record<string, number>> = {},
): Recording {
  const recorder = new Recorder({ shownMs });
  for (const [lane, ms] of Object.entries(aheadMs)) recorder.state(0, lane, 'clock', ms);
  const ids: number[] = [];
  const facts = plans.flatMap(({ start, end, outcome = 'accepted', ...span }, i) => [
    {
      at: start,
      write: () => {
        ids[i] = recorder.begin(start, {
          lane: span.lane,
          kind: 'work',
          label: span.label,
          parent: span.parent === undefined ? undefined : ids[span.parent],
        });
      },
    },
    ...(end === undefined
      ? []
      : [{ at: end, write: () => recorder.end(end, ids[i] ?? -1, outcome) }]),
  ]);
  for (const { write } of facts.sort((a, b) => a.at - b.at)) write();
  return recorder.finish();
}

const basket: readonly Planned[] = [
  { lane: 'gateway', label: 'GET /basket', start: 100, end: 500 },
  { lane: 'basket', label: 'read', start: 120, end: 300, parent: 0 },
  { lane: 'prices', label: 'quote', start: 120, end: 220, parent: 0, outcome: 'failed' },
  { lane: 'database', label: 'query', start: 140, end: 280, parent: 1 },
  { lane: 'prices', label: 'quote again', start: 300, end: 480, parent: 0 },
  { lane: 'gateway', label: 'GET /health', start: 700, end: 710 },
];
const run = runOf(recorded(basket));

/** Requests one after another, each with some parts and parts of parts. */
function busy(seed: number, shownMs = 1000): Recording {
  const next = numbers(seed);
  const plans: Planned[] = [];
  const add = (start: number, end: number, parent: number | undefined, depth: number): void => {
    const row = plans.length;
    plans.push({
      lane: LANES[Math.floor(next() * LANES.length)]?.id ?? '',
      label: `step ${row}`,
      start,
      end,
      parent,
      outcome: next() < 0.2 ? 'failed' : 'accepted',
    });
    let at = start;
    while (depth < 3 && next() < 0.7 && at < end) {
      const from = at + Math.floor(next() * (end - at) * 0.4);
      const to = from + Math.floor(next() * (end - from));
      add(from, to, row, depth + 1);
      at = to + 1;
    }
  };
  for (let at = 0; at < shownMs - 100; ) {
    const length = 40 + Math.floor(next() * 60);
    add(at, at + length, undefined, 0);
    at += length + 5;
  }
  // Rows are numbered in the order in which spans begin.
  const order = plans
    .map((_, i) => i)
    .sort((a, b) => {
      const [x, y] = [plans[a], plans[b]];
      return (x?.start ?? 0) - (y?.start ?? 0) || a - b;
    });
  const placeOf = new Map(order.map((row, place) => [row, place]));
  return recorded(
    order.flatMap((row) => {
      const plan = plans[row];
      if (!plan) return [];
      return [
        { ...plan, parent: plan.parent === undefined ? undefined : placeOf.get(plan.parent) },
      ];
    }),
    shownMs,
  );
}

keepsPromises('timeline of a trace', waterfall, [run]);
keepsPromises('timeline of the slowest trace', { ...waterfall, trace: 'slowest' }, [
  runOf(busy(1)),
]);
keepsPromises('timeline of traces in a race', waterfall, [
  runOf(busy(2), 'One'),
  runOf(busy(3), 'Another'),
]);
keepsPromises('timeline of a trace on several clocks', { ...waterfall, clock: 'clock' }, [
  runOf(recorded(basket, 1000, { basket: 150, gateway: 30 })),
]);
keepsPromises('timeline of lanes', lanes, [runOf(busy(4))]);
keepsPromises('timeline of lanes in a window', { ...lanes, windowMs: 200 }, [
  runOf(busy(5), 'One'),
  runOf(busy(6), 'Another'),
]);

/** Bars of a class and an outcome: start, length (thousandths of the width), top. */
function barsOf(html: string, className: string): readonly (readonly number[])[] {
  return [
    ...html.matchAll(new RegExp(`<path class="${className} [^"]*" d="([^"]*)"`, 'g')),
  ].flatMap(([, d = '']) =>
    [...d.matchAll(/M(\d+) (\d+)h(\d+)v\d+h-\d+z/g)].map(([, x, y, w]) => [x, w, y].map(Number)),
  );
}

describe('the waterfall of a trace', () => {
  it('has a row for each span, in the order in which parts follow what they are a part of', () => {
    const table = tableView(propsOf(waterfall, [run], 600));
    expect(table.rows.map(([name]) => name)).toEqual([
      'GET /basket',
      '\u2003read',
      '\u2003\u2003query',
      '\u2003quote',
      '\u2003quote again',
    ]);
    const html = draw(propsOf(waterfall, [run], 600));
    expect([...html.matchAll(/>([A-Z]\w+ · [^<]+)<tspan/g)].map(([, name]) => name)).toEqual([
      'Gateway · GET /basket',
      'Basket · read',
      'Database · query',
      'Prices · quote',
      'Prices · quote again',
    ]);
  });

  it('lets bars grow up to the play-head and no further', () => {
    const at = (t: number) =>
      [...barsOf(draw(propsOf(waterfall, [run], t)), 'v-timeline-bar')].sort(
        (a, b) => (a[2] ?? 0) - (b[2] ?? 0),
      );
    // The trace takes 400 ms from 100: its part begins at a twentieth, and a fifth is over at 180.
    expect(at(180).map(([x, w]) => [x, w])).toEqual([
      [0, 200],
      [50, 150],
      [100, 100],
      [50, 150],
    ]);
    expect(at(600).map(([x, w]) => [x, w])).toEqual([
      [0, 1000],
      [50, 450],
      [100, 350],
      [50, 250],
      [500, 450],
    ]);
    expect(at(99)).toEqual([]);
  });

  it('draws in full colour what the end waited for, as long as the trace', () => {
    const html = draw(propsOf(waterfall, [run], 600));
    const critical = barsOf(html, 'v-timeline-critical');
    expect(critical.reduce((sum, [, w = 0]) => sum + w, 0)).toBe(1000);
    // Root, read, query, read, quote again, root: the call that failed is not on it.
    expect(critical).toHaveLength(6);
    expect(html).not.toMatch(/v-timeline-critical c-failed/);
    expect(describeView(propsOf(waterfall, [run], 600))).toContain(
      'GET /basket, begun at 0.100\u202fs, took 400\u202fms in 5 spans and is accepted; on the critical path Prices 180\u202fms, Database 140\u202fms and Gateway 40\u202fms',
    );
  });

  it('marks the end of each span with its outcome', () => {
    const html = draw(propsOf(waterfall, [run], 250));
    expect(counted(html, '#mark-failed')).toBe(1);
    expect(counted(html, '#mark-accepted')).toBe(0);
    expect(counted(draw(propsOf(waterfall, [run], 600)), '#mark-accepted')).toBe(4);
  });

  it('goes on to the next trace when that begins', () => {
    const said = (t: number) => describeView(propsOf(waterfall, [run], t));
    expect(said(50)).toContain('no trace so far');
    expect(said(400)).toContain('GET /basket, begun at 0.100\u202fs, has taken 300\u202fms');
    expect(said(699)).toContain('GET /basket');
    expect(said(700)).toContain('GET /health');
    const slowest = { ...waterfall, trace: 'slowest' } as const;
    expect(describeView(propsOf(slowest, [run], 900))).toContain('GET /basket');
  });

  it('keeps its height while traces come and go, and has no more rows than it may', () => {
    const short = { ...waterfall, rowsMax: 3 };
    const heights = [0, 100, 400, 800].map(
      (t) => /style="height:(\d+)px"/.exec(draw(propsOf(short, [run], t)))?.[1],
    );
    expect(new Set(heights)).toEqual(new Set([`${3 * 27 + 18}`]));
    const html = draw(propsOf(short, [run], 600));
    // The longest are drawn; what is not is counted at what it is a part of.
    expect(barsOf(html, 'v-timeline-bar')).toHaveLength(3);
    expect(html).toMatch(/Basket · read<tspan[^>]*>\u2002180\u202fms · \+1</);
    expect(html).toMatch(/Gateway · GET \/basket<tspan[^>]*>\u2002400\u202fms · \+1</);
  });

  it('draws an open span up to the present and calls it under way', () => {
    const open = runOf(recorded([{ lane: 'gateway', label: 'GET /', start: 200 }]));
    const props = propsOf(waterfall, [open], 600);
    expect(barsOf(draw(props), 'v-timeline-bar')).toEqual([[0, 500, 15]]);
    expect(tableView(props).rows).toEqual([
      ['GET /', 'Gateway', `+0\u202fms`, '400\u202fms so far', '400\u202fms', 'under way'],
    ]);
  });

  it('has no scale before the first trace, which would be one of nothing', () => {
    expect(draw(propsOf(waterfall, [run], 99))).not.toContain('ms</text>');
    expect(draw(propsOf(waterfall, [run], 101))).toContain('ms</text>');
  });

  it('gives a trace that the recording cuts off the room of a usual one', () => {
    const cut = recorded([...basket, { lane: 'gateway', label: 'GET /prices', start: 999 }]);
    const html = draw(propsOf(waterfall, [runOf(cut)], 1000));
    // The one before took 400 ms.
    expect(html).toContain('>400\u202fms</text>');
  });

  it('names a bar where it begins if the name fits there, however long the bar is', () => {
    const html = draw(
      propsOf(
        waterfall,
        [
          runOf(
            recorded([
              { lane: 'gateway', label: 'GET /basket', start: 0, end: 1000 },
              { lane: 'basket', label: 'read', start: 100, end: 980, parent: 0 },
              { lane: 'database', label: 'query', start: 900, end: 980, parent: 1 },
            ]),
          ),
        ],
        1000,
      ),
    );
    const at = (name: string): string | undefined =>
      new RegExp(`<text([^>]*)>${name}`).exec(html)?.[1];
    expect(at('Basket · read')).toContain('x="10%"');
    expect(at('Basket · read')).not.toContain('v-end');
    expect(at('Database · query')).toContain('v-end');
  });

  it('draws traces of rivals on one scale', () => {
    const slow = runOf(recorded([{ lane: 'gateway', label: 'a', start: 0, end: 200 }]), 'Slow');
    const fast = runOf(recorded([{ lane: 'gateway', label: 'b', start: 0, end: 50 }]), 'Fast');
    const bars = barsOf(draw(propsOf(waterfall, [slow, fast], 900)), 'v-timeline-bar');
    expect(bars.map(([, w]) => w)).toEqual([1000, 250]);
  });

  it('draws spans where the clock of their lane puts them, in a scale that holds them all', () => {
    const skewed = { ...waterfall, clock: 'clock' } as const;
    // Basket is ahead: its own span and its end are late, and what it calls seems to come before it.
    const late = runOf(recorded(basket, 1000, { basket: 230 }));
    const props = propsOf(skewed, [late], 600);
    expect(tableView(props).rows.map(([name, , began]) => [name, began])).toEqual([
      ['GET /basket', '+0\u202fms'],
      ['\u2003read', '+250\u202fms'],
      ['\u2003\u2003query', '+40\u202fms'],
      ['\u2003quote', '+20\u202fms'],
      ['\u2003quote again', '+200\u202fms'],
    ]);
    expect(describeView(props)).toMatch(/; seeming to begin before what called it: query\.$/);
    // From 100 to 530: read, until 430 + 100, ends after its root.
    const bars = [...barsOf(draw(props), 'v-timeline-bar')].sort(
      (a, b) => (a[2] ?? 0) - (b[2] ?? 0),
    );
    expect(bars.slice(0, 3).map(([x = 0, w = 0]) => [x * 0.43, w * 0.43].map(Math.round))).toEqual([
      [0, 400],
      [250, 180],
      [40, 140],
    ]);
  });

  it('begins with the earliest span where the clock of the root is ahead', () => {
    const run = runOf(recorded(basket, 1000, { gateway: 60 }));
    const props = propsOf({ ...waterfall, clock: 'clock' }, [run], 600);
    expect(tableView(props).rows.map((row) => row[2])).toEqual([
      '+0\u202fms',
      '−40\u202fms',
      '−20\u202fms',
      '−40\u202fms',
      '+140\u202fms',
    ]);
    expect(describeView(props)).toContain('before what called it: read and quote');
    expect(barsOf(draw(props), 'v-timeline-bar').every(([x = -1]) => x >= 0)).toBe(true);
    // Without a field of the clock the same recording is drawn as it happened.
    expect(describeView(propsOf(waterfall, [run], 600))).not.toContain('seems');
  });

  it('names a lane that was not declared by its id', () => {
    const odd = runOf(recorded([{ lane: 'cron', label: 'tick', start: 0, end: 10 }]));
    expect(draw(propsOf(waterfall, [odd], 5))).toContain('cron · tick');
  });
});

describe('lanes', () => {
  const locks = runOf(
    recorded([
      { lane: 'database', label: 'row 1', start: 0, end: 500 },
      { lane: 'database', label: 'row 2', start: 200, end: 300 },
      { lane: 'prices', label: 'x', start: 250, end: 252, outcome: 'expired' },
      { lane: 'database', label: 'row 3', start: 400, end: 800 },
    ]),
  );

  it('stand in the order declared, spans beside each other in lines below each other', () => {
    const html = draw(propsOf(lanes, [locks], 1000));
    expect(
      [...html.matchAll(/>(Gateway|Basket|Prices|Database)</g)].map(([, name]) => name),
    ).toEqual(LANES.map(({ label }) => label));
    const bars = barsOf(html, 'v-timeline-bar');
    const tops = bars.filter(([, w = 0]) => w >= 100).map(([x, w, top]) => ({ x, w, top }));
    const [first, second, third] = tops;
    expect(tops.map(({ x, w }) => [x, w])).toEqual([
      [0, 500],
      [200, 100],
      [400, 400],
    ]);
    expect(second?.top).toBe((first?.top ?? 0) + 15);
    expect(third?.top).toBe(second?.top);
  });

  it('name a bar inside it if it is long enough on a phone', () => {
    const html = draw(propsOf(lanes, [locks], 1000));
    expect(html).toContain('>row 1</text>');
    expect(html).toContain('>row 3</text>');
    expect(html).not.toContain('>row 2</text>');
  });

  it('show the time in the window, with the play-head near its end', () => {
    const html = draw(propsOf({ ...lanes, windowMs: 100 }, [locks], 290));
    expect(html).toMatch(/class="v-head-line" x1="86%"/);
    // From 204 to 304: both rows are held since before.
    expect(barsOf(html, 'v-timeline-bar').filter(([, w]) => w === 860)).toHaveLength(2);
  });

  it('are counted beyond the most that are drawn', () => {
    const html = draw(propsOf({ ...lanes, rowsMax: 3 }, [locks], 1000));
    expect(html).toContain('>and 1 more lane<');
    expect(html).not.toContain('>Database<');
  });

  it('hold the kinds named, and say what is under way', () => {
    expect(describeView(propsOf({ ...lanes, kinds: ['other'] }, [locks], 1000))).toContain(
      'nothing has begun so far',
    );
    expect(describeView(propsOf(lanes, [locks], 450))).toBe(
      'Who works when, at 0.450\u202fs. 4 begun so far, under way Database: row 1, for 450\u202fms; Database: row 3, for 50\u202fms.',
    );
  });

  it('cost few letters however many spans there are', () => {
    const next = numbers(9);
    const plans = Array.from({ length: 4000 }, (_, i) => ({
      lane: LANES[i % 4]?.id ?? '',
      label: 'x',
      start: i * 2,
      end: i * 2 + 1 + Math.floor(next() * 12),
    }));
    const dense = runOf(recorded(plans, 10_000));
    expect(draw(propsOf(lanes, [dense], 10_000)).length).toBeLessThan(20_000);
  });
});

describe('a timeline', () => {
  it('has marks, names and bars within its width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.constantFrom(waterfall, lanes, { ...lanes, windowMs: 150 }),
        (seed, t, view) => {
          const html = draw(propsOf(view, [runOf(busy(seed))], t));
          for (const [x = 0, w = 0] of [
            ...barsOf(html, 'v-timeline-bar'),
            ...barsOf(html, 'v-timeline-critical'),
          ]) {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x + w).toBeLessThanOrEqual(1002);
          }
          for (const [, x] of html.matchAll(/ x="(-?[\d.]+)%"/g)) {
            expect(Number(x)).toBeGreaterThanOrEqual(0);
            expect(Number(x)).toBeLessThanOrEqual(100);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is told from the past alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 99 }), (t, seed) => {
        const recording = busy(seed);
        for (const view of [waterfall, lanes, { ...waterfall, trace: 'slowest' } as const]) {
          const [whole, past] = [recording, prefix(recording, t + 0.5)].map((each) =>
            propsOf(view, [runOf(each)], t, 1000),
          );
          if (!whole || !past) throw new Error('Two recordings were drawn.');
          expect(describeView(past)).toBe(describeView(whole));
          expect(tableView(past)).toEqual(tableView(whole));
        }
      }),
      { numRuns: 60 },
    );
  });
});
