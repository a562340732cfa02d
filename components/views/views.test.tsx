import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { OUTCOME_IDS, type Outcome } from '@/lib/kernel/outcomes';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';
import { formatNumber } from '@/lib/simulation/format';
import type {
  ChartView,
  EventsView,
  FlowView,
  SequenceView,
  StatesView,
  View as ViewSpec,
} from '@/lib/simulation/views';
import {
  clockGrid,
  clockRecording,
  heapGrid,
  heapRecording,
  limiterChart,
  limiterRecording,
  limiterScene,
  limiterStates,
  protocolEvents,
  protocolRecording,
  protocolSequence,
  queueChart,
  queueRecording,
  queueScene,
} from './fixtures';
import { OutcomeMark, OutcomeSheet } from './outcome-mark';
import { counted, draw, keepsPromises, propsOf, runOf } from './promises';
import { describeView, tableView } from './view';
import type { ViewRun } from './view-props';

/** What stands in markup for the mark of an outcome: a reference to its form. */
const markOf = (outcome: Outcome): string => `href="#mark-${outcome}"`;

const examples: readonly (readonly [string, ViewSpec, readonly ViewRun[]])[] = [
  ['chart', limiterChart, [runOf(limiterRecording())]],
  ['chart of several series', queueChart, [runOf(queueRecording())]],
  ['flow', limiterScene, [runOf(limiterRecording())]],
  ['flow with a queue and servers', queueScene, [runOf(queueRecording())]],
  ['sequence', protocolSequence, [runOf(protocolRecording())]],
  ['states', limiterStates, [runOf(limiterRecording())]],
  ['events', protocolEvents, [runOf(protocolRecording())]],
  ['grid', clockGrid, [runOf(clockRecording())]],
  ['grid with pointers', heapGrid, [runOf(heapRecording())]],
];

const race = ['Fixed window', 'Sliding log', 'GCRA'].map((title, i) =>
  runOf(limiterRecording({ capacity: 4 + 3 * i }), title),
);

for (const [name, view, runs] of examples) keepsPromises(name, view, runs);

describe('a chart', () => {
  const [run] = examples[0]?.[2] ?? [];
  if (!run) throw new Error('The first example is a chart.');

  it('ends the past and begins the future at t', () => {
    const html = draw(propsOf(limiterChart, [run], 3000));
    expect(html).toContain('<svg class="v-past" style="--now:25%"');
    expect(html).toMatch(/<line class="v-head-line" x1="25%" x2="25%"/);
  });

  it('is the same ink at every moment, so that a frame draws none of it again', () => {
    const ink = (t: number): string | undefined =>
      /class="v-past"[^>]*>(.*?)<\/svg>/.exec(draw(propsOf(limiterChart, [run], t)))?.[1];
    expect(ink(0)).toContain('class="c-1"');
    for (const t of [1, 6000, run.index.shownMs]) expect(ink(t)).toBe(ink(0));
  });

  it('labels the value at the play-head and counts what has been sent', () => {
    const html = draw(propsOf(limiterChart, [run], 6000));
    const value = run.index.valueAt('admitted', 6000);
    expect(html).toMatch(new RegExp(`class="[^"]*v-bold[^"]*"[^>]*>${value}</text>`));
    const accepted = run.index.sentCount({ from: 'limiter', kind: 'accepted' }, 6000);
    expect(html).toContain(`<span>${accepted}</span></b>`);
  });

  it('draws thousands of marks as a handful of outlines', () => {
    const dense = runOf(limiterRecording({ ratePerSecond: 450, capacity: 60 }));
    expect(dense.index.messages({}).length).toBeGreaterThan(5000);
    const html = draw(propsOf(limiterChart, [dense], 6000));
    expect(counted(html, /<\w/g)).toBeLessThan(150);
    expect(html.length).toBeLessThan(20_000);
  });

  it('gives each variant a panel with its title and its value, on one scale', () => {
    const html = draw(propsOf(limiterChart, race, 6000));
    for (const { title, index } of race) {
      expect(html).toContain(`>${title}</b>`);
      expect(html).toContain(`>${index.valueAt('admitted', 6000)}\u00a0request`);
    }
    // One 0 on each panel's axis, and one on the axis of time that they share.
    expect(counted(html, '>0</text>')).toBe(race.length + 1);
  });

  it('names overlaid variants at the ends of their lines, apart from each other', () => {
    const overlaid: ChartView = {
      ...limiterChart,
      race: 'overlaid',
      marks: [{ type: 'step', series: 'tokens', label: 'Tokens' }],
      y: { label: 'Tokens', unit: 'tokens' },
    };
    const html = draw(propsOf(overlaid, race, 6000));
    const places = race.map(({ title }) => {
      const match = new RegExp(`<svg y="([\\d.]+)"(?:(?!</svg>).)*>${title}<`).exec(html);
      return Number(match?.[1]);
    });
    places.sort((a, b) => a - b);
    for (const [i, place] of places.entries())
      if (i > 0) expect(place - (places[i - 1] ?? 0)).toBeGreaterThanOrEqual(13.9);
  });

  it('says the values of many overlaid variants beside their names, each beside its own', () => {
    const many = Array.from({ length: 7 }, (_, i) =>
      runOf(limiterRecording({ capacity: 3 + 2 * i }), `Variant ${i + 1}`),
    );
    const overlaid: ChartView = {
      ...limiterChart,
      race: 'overlaid',
      marks: [{ type: 'step', series: 'tokens', label: 'Tokens' }],
      y: { label: 'Tokens', unit: 'tokens' },
    };
    const html = draw(propsOf(overlaid, many, 6000));
    for (const { title, index } of many) {
      const beside = new RegExp(`>${title}\\s*<tspan[^>]*>\\s*([^<]*)</tspan>`).exec(html)?.[1];
      expect(beside?.trim(), title).toBe(formatNumber(index.valueAt('tokens', 6000) ?? Number.NaN));
    }
  });

  it('stands on one axis of time with the charts of its figure', () => {
    const wide: ChartView = {
      kind: 'chart',
      title: 'Tokens',
      y: { label: 'Tokens', unit: 'tokens', max: 5_000_000 },
      marks: [{ type: 'step', series: 'tokens', label: 'Tokens' }],
      thresholds: [{ at: 4, label: 'as many as there are' }],
    };
    const narrow: ChartView = { ...wide, y: { label: 'Tokens', unit: 'tokens' }, thresholds: [] };
    const sides = (view: ChartView, beside?: readonly ViewSpec[]): string | undefined =>
      /--left:\d+px;--right:\d+px/.exec(draw({ ...propsOf(view, [run], 0), beside }))?.[0];
    expect(sides(narrow)).not.toBe(sides(wide));
    const beside = [limiterScene, narrow, wide];
    expect(sides(narrow, beside)).toBe(sides(wide, beside));
    expect(sides(wide, beside)).toBe(sides(wide));
  });

  describe('of an original with its forks', () => {
    const forked = [3, 5, 9].map((capacity, i) => ({
      ...runOf(limiterRecording({ capacity }), i === 0 ? 'Original' : `Fork ${i}`),
      fork: i === 0 ? null : i,
    }));
    const step = (label: string) => ({ type: 'step', series: 'tokens', label }) as const;
    const classesOf = (html: string): string[] =>
      [...html.matchAll(/<g class="([^"]*)"><path class="v-line"/g)].map(([, name = '']) => name);

    it('lays all in one plot, each fork in a colour and with a dash of its own', () => {
      const html = draw(propsOf({ ...limiterChart, marks: [step('Tokens')] }, forked, 6000));
      expect(counted(html, 'class="v-panel"')).toBe(1);
      expect(new Set(classesOf(html))).toEqual(new Set(['c-1 f-0', 'c-2 f-1', 'c-3 f-2']));
    });

    it('keeps the colour of each series where there are several', () => {
      const marks = [step('Tokens'), { ...step('Others'), type: 'area' }] as const;
      const html = draw(propsOf({ ...limiterChart, marks }, forked, 6000));
      const classes = new Set(classesOf(html));
      for (const fork of ['f-0', 'f-1', 'f-2'])
        expect([...classes].filter((each) => each.endsWith(fork))).toContain(`c-1 ${fork}`);
      // Three areas one over the other could not be read: only the original is filled.
      expect(counted(html, 'class="v-area"')).toBe(1);
    });

    it('gives each its own plot where the lines would be a tangle', () => {
      const marks = [step('a'), step('b'), step('c')];
      const html = draw(propsOf({ ...limiterChart, marks }, forked, 6000));
      expect(counted(html, 'class="v-panel"')).toBe(3);
    });
  });

  it('says the names of states, on the axis, at the play-head and in words', () => {
    const recorder = new Recorder({ shownMs: 1000 });
    recorder.sample(0, 'state', 0);
    recorder.sample(600, 'state', 2);
    const view: ChartView = {
      kind: 'chart',
      title: 'State of the breaker',
      y: { label: 'State', unit: '', names: ['closed', 'half-open', 'open'] },
      marks: [{ type: 'area', series: 'state', label: 'state' }],
    };
    const props = propsOf(view, [runOf(recorder.finish())], 700);
    const html = draw(props);
    for (const name of ['closed', 'half-open']) expect(counted(html, `>${name}</text>`)).toBe(1);
    // On the axis, and at the play-head.
    expect(counted(html, '>open</text>')).toBe(2);
    expect(describeView(props)).toContain('State open.');
    expect(tableView(props).rows.map(([, state]) => state)).toContain('closed');
  });

  it('writes no fractions beside counts of zero, one and two', () => {
    const recorder = new Recorder({ shownMs: 1000 });
    for (const [at, counted, measured] of [
      [0, 0, 0],
      [500, 1, 0.95],
    ] as const) {
      recorder.sample(at, 'counted', counted);
      recorder.sample(at, 'measured', measured);
    }
    const recording = runOf(recorder.finish());
    const ticks = (series: string): string =>
      draw(
        propsOf(
          {
            kind: 'chart',
            title: 'Users logged out',
            y: { label: 'So far', unit: '' },
            marks: [{ type: 'step', series, label: 'so far' }],
          },
          [recording],
          700,
        ),
      );
    expect(ticks('counted')).not.toContain('>0.5</text>');
    expect(ticks('measured')).toContain('>0.5</text>');
  });

  it('has no number but 0 on its axis where all is zero', () => {
    const recorder = new Recorder({ shownMs: 1000 });
    recorder.sample(0, 'delay', 0);
    recorder.sample(500, 'delay', 0);
    const html = draw(
      propsOf(
        {
          kind: 'chart',
          title: 'Delay',
          y: { label: 'Delay of a message', unit: 'ms' },
          marks: [{ type: 'step', series: 'delay', label: 'delay' }],
        },
        [runOf(recorder.finish())],
        700,
      ),
    );
    const [axis = ''] = /<g class="v-ticks">.*?<\/g>/.exec(html) ?? [];
    expect([...axis.matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => text)).toEqual(['0']);
  });

  it('draws what counts an outcome in its colour', () => {
    const marks = [
      { type: 'line', series: 'admitted', label: 'admitted', outcome: 'accepted' },
      { type: 'line', series: 'tokens', label: 'tokens' },
    ] as const;
    const html = draw(propsOf({ ...limiterChart, marks }, [run], 6000));
    expect(html).toContain('<g class="c-1 c-accepted"><path class="v-line"');
    expect(html).toContain('<g class="c-2"><path class="v-line"');
  });

  it('names a threshold below its line where that stands at the top of the plot', () => {
    const at = (level: number): string =>
      draw(
        propsOf({ ...limiterChart, thresholds: [{ at: level, label: 'the limit' }] }, [run], 6000),
      );
    const place = (level: number): number[] => {
      const html = at(level);
      const narrow = html.slice(html.indexOf('v-narrow-only'));
      const name = /<text[^>]* y="([\d.]+)"[^>]*>the limit/.exec(narrow)?.[1];
      const line = /<path class="v-level" d="M0 (\d+)/.exec(html)?.[1];
      return [Number(name), Number(line)];
    };
    const [high = 0, line = 0] = place(1000);
    expect(high).toBeGreaterThan(line);
    const [low = 0, lower = 0] = place(1);
    expect(low).toBeLessThan(lower);
  });

  it('follows a scheduled threshold in steps', () => {
    const view: ChartView = {
      ...limiterChart,
      thresholds: [{ at: { parameter: 'plan', times: 2 }, label: 'plan' }],
    };
    const html = draw({
      ...propsOf(view, [run], 6000),
      parameters: {
        plan: [
          { atMs: 0, value: 1 },
          { atMs: 6000, value: 4 },
        ],
      },
    });
    expect(html).toMatch(/<path class="v-level" d="M0 \d+h500v-\d+h500">/);
  });
});

describe('a scene', () => {
  const recorder = new Recorder({ shownMs: 1000 });
  recorder.state(0, 'limiter', 'tokens', 10);
  recorder.message(0, { from: 'clients', to: 'limiter', kind: 'sent', arrivesAt: 400 });
  const doomed = recorder.message(100, {
    from: 'clients',
    to: 'limiter',
    kind: 'sent',
    arrivesAt: 500,
  });
  recorder.lose(300, doomed);
  recorder.message(400, { from: 'limiter', to: 'service', kind: 'accepted', arrivesAt: 600 });
  const run = runOf(recorder.finish());
  /** The columns of the scene stand at 14 %, 50 % and 86 %. */
  const at = (share: number) => `x="${Number(((0.14 + 0.36 * share) * 100).toFixed(3))}%"`;
  const marked = (html: string, place: string, outcome: Outcome): boolean =>
    html.includes(`<use ${markOf(outcome)} ${place} `);

  it('moves a message straight from node to node', () => {
    expect(marked(draw(propsOf(limiterScene, [run], 0)), at(0), 'sent')).toBe(true);
    expect(marked(draw(propsOf(limiterScene, [run], 200)), at(0.5), 'sent')).toBe(true);
    expect(marked(draw(propsOf(limiterScene, [run], 500)), at(1.5), 'accepted')).toBe(true);
  });

  it('shows nothing before it is sent nor after it has arrived', () => {
    const early = draw(propsOf(limiterScene, [run], 399));
    expect(early).not.toContain(markOf('accepted'));
    const late = draw(propsOf(limiterScene, [run], 600));
    expect(late).not.toContain(markOf('sent'));
  });

  it('lets a lost message fall where it was lost, and then go', () => {
    expect(marked(draw(propsOf(limiterScene, [run], 300)), at(0.5), 'lost')).toBe(true);
    expect(draw(propsOf(limiterScene, [run], 600))).not.toContain(markOf('lost'));
    expect(describeView(propsOf(limiterScene, [run], 300))).toContain('1 lost on the way');
  });

  it('counts what has arrived at a sink', () => {
    expect(describeView(propsOf(limiterScene, [run], 599))).not.toContain('received');
    expect(describeView(propsOf(limiterScene, [run], 600))).toContain(
      'Service: received 1 accepted',
    );
  });

  it('says that a node is down while its health is off', () => {
    const [queue] = examples[3]?.[2] ?? [];
    if (!queue) throw new Error('The fourth example is a queue.');
    expect(draw(propsOf(queueScene, [queue], 10_000))).toContain('>down</text>');
    expect(draw(propsOf(queueScene, [queue], 12_000))).not.toContain('>down</text>');
  });

  it('has one band for each variant and one rail for their source', () => {
    const html = draw(propsOf(limiterScene, race, 6000));
    for (const { title } of race) expect(counted(html, `>${title}</text>`)).toBe(1);
    expect(counted(html, '>Clients</text>')).toBe(1);
    expect(counted(html, 'class="v-rail"')).toBe(1);
  });

  it('spreads messages that set out together, and draws a bounded number of them', () => {
    const crowd = new Recorder({ shownMs: 1000 });
    for (let i = 0; i < 1000; i++)
      crowd.message(0, { from: 'clients', to: 'limiter', kind: 'sent', arrivesAt: 500 });
    const html = draw(propsOf(limiterScene, [runOf(crowd.finish())], 250));
    expect(counted(html, markOf('sent'))).toBe(240);
    expect(html).toContain('and 760 more under way');
    // Of several runs each says so by itself, in the line of its title.
    const crowded = race.map((run) => ({ ...run, index: runOf(crowd.finish()).index }));
    const both = draw(propsOf(limiterScene, crowded, 250));
    expect(counted(both, `and ${1000 - Math.floor(240 / race.length)} more under way`)).toBe(
      race.length,
    );
  });
});

describe('a sequence', () => {
  const recorder = new Recorder({ shownMs: 1000 });
  recorder.message(100, {
    from: 'client',
    to: 'leader',
    kind: 'sent',
    label: 'ask',
    arrivesAt: 300,
  });
  const doomed = recorder.message(400, {
    from: 'leader',
    to: 'client',
    kind: 'accepted',
    label: 'answer',
    arrivesAt: 600,
  });
  recorder.lose(500, doomed);
  const run = runOf(recorder.finish());

  it('slants an arrow from where it was sent to where it is', () => {
    const html = draw(propsOf(protocolSequence, [run], 200));
    // Lifelines at 12.5 % and 37.5 %: half the way is 25 %. 14 px above the first moment for a label.
    expect(html).toMatch(/<line class="v-message" x1="12.5%" y1="44" x2="25%" y2="74"/);
    expect(html).toContain(markOf('sent'));
    const arrived = draw(propsOf(protocolSequence, [run], 300));
    expect(arrived).toMatch(/<line class="v-message" x1="12.5%" y1="44" x2="37.5%" y2="104"/);
    expect(arrived).not.toContain(markOf('sent'));
  });

  it('labels an arrow once it has come as far as the label', () => {
    expect(draw(propsOf(protocolSequence, [run], 150))).not.toContain('>ask</text>');
    expect(draw(propsOf(protocolSequence, [run], 200))).toContain('>ask</text>');
  });

  it('ends a lost message with a cross where it was lost', () => {
    const html = draw(propsOf(protocolSequence, [run], 700));
    expect(html).toMatch(/<line class="v-message v-fell" x1="37.5%" y1="134" x2="25%" y2="164"/);
    expect(describeView(propsOf(protocolSequence, [run], 700))).toContain(
      'answer from Leader to Client, lost at',
    );
  });

  it('stays with the last messages when nothing more is sent', () => {
    const long = new Recorder({ shownMs: 10_000 });
    for (let i = 0; i < 20; i++)
      long.message(i * 50, {
        from: 'client',
        to: 'leader',
        kind: 'sent',
        label: `ask ${i}`,
        arrivesAt: i * 50 + 30,
      });
    const once = runOf(long.finish());
    const arrows = (t: number): string =>
      (
        draw(propsOf(protocolSequence, [once], t)).match(
          /<line class="v-message" x1="12.5%" y1=[^>]*>/g,
        ) ?? []
      ).join();
    expect(arrows(10_000)).toContain('x2="37.5%"');
    expect(arrows(10_000)).toBe(arrows(2000));
  });

  it('keeps the present in its window', () => {
    const [protocol] = examples[4]?.[2] ?? [];
    if (!protocol) throw new Error('The fifth example is a protocol.');
    for (let t = 0; t <= 6000; t += 250) {
      const html = draw(propsOf(protocolSequence, [protocol], t));
      const [, y] = /class="v-head-line" x2="100%" y1="([\d.]+)" y2="\1"/.exec(html) ?? [];
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeLessThanOrEqual(300);
    }
  });
});

describe('states', () => {
  it('are a real table with the variants of a race as rows', () => {
    const html = draw(propsOf(limiterStates, race, 6000));
    expect(html).toContain('<th scope="col"');
    for (const { title } of race)
      expect(html).toMatch(new RegExp(`<th scope="row"[^>]*>${title}<`));
  });

  it('show a dash for what was never set', () => {
    const [, , runs = []] = examples[5] ?? [];
    expect(tableView(propsOf(limiterStates, runs, 6000)).rows[0]?.at(-1)).toBe('–');
  });
});

describe('events', () => {
  const [run] = examples[6]?.[2] ?? [];
  if (!run) throw new Error('The seventh example is a list of events.');

  it('are at most six, newest last', () => {
    const html = draw(propsOf(protocolEvents, [run], 6000));
    expect(counted(html, '<li')).toBe(6);
    const times = [...html.matchAll(/<time>([\d.]+)\u202fs/g)].map((match) => Number(match[1]));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('say that a message was lost when it was lost', () => {
    const [row] = run.index.lostUntil(6000);
    const { lostAt } = run.index.message(row ?? 0);
    const before = tableView(propsOf(protocolEvents, [run], lostAt - 0.001));
    const after = tableView(propsOf(protocolEvents, [run], lostAt));
    expect(after.rows.length).toBe(before.rows.length + 1);
    expect(after.rows.at(-1)?.at(-1)).toContain('lost');
  });

  it('say nothing before anything has happened', () => {
    expect(draw(propsOf(protocolEvents, [run], 0))).toContain('Nothing of note yet.');
  });
});

describe('the marks of the outcomes', () => {
  it('differ in shape, and each is drawn where it is referred to', () => {
    const sheet = renderToStaticMarkup(<OutcomeSheet />);
    const shapes = OUTCOME_IDS.map(
      (outcome) => new RegExp(`<path id="mark-${outcome}"[^>]* d="([^"]+)"`).exec(sheet)?.[1],
    );
    expect(shapes).not.toContain(undefined);
    expect(new Set(shapes).size).toBe(OUTCOME_IDS.length);
    for (const outcome of OUTCOME_IDS)
      expect(renderToStaticMarkup(<OutcomeMark outcome={outcome} />)).toContain(markOf(outcome));
  });

  it('are decoration beside a word and an image with a title of their own', () => {
    expect(renderToStaticMarkup(<OutcomeMark outcome="lost" />)).toContain('aria-hidden="true"');
    expect(renderToStaticMarkup(<OutcomeMark outcome="lost" title="lost" />)).toContain(
      'role="img" aria-label="lost"',
    );
  });
});

/** A few records of every kind at whole milliseconds. */
const recordings = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: 0, max: 30 }),
      flightMs: fc.integer({ min: 0, max: 80 }),
      lostAfter: fc.option(fc.integer({ min: 0, max: 80 })),
      kind: fc.constantFrom(...OUTCOME_IDS),
      value: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) => {
    const recorder = new Recorder({ shownMs: 2000 });
    let at = 0;
    for (const { gapMs, flightMs, lostAfter, kind, value } of steps) {
      at += gapMs;
      const message = { from: 'a', to: 'b', kind, label: `m${value}`, arrivesAt: at + flightMs };
      const id = recorder.message(at, message);
      if (lostAfter !== null) recorder.lose(at + lostAfter, id);
      recorder.state(at, 'b', 'level', value);
      recorder.sample(at, 'load', value);
      if (value === 0) recorder.note(at, `Empty at ${at}.`, 'warning');
    }
    return recorder.finish();
  });

const sceneOfGates: FlowView = {
  kind: 'flow',
  title: 'Between two gates',
  nodes: [
    { id: 'a', label: 'A', role: 'gate', column: 0, row: 0 },
    {
      id: 'b',
      label: 'B',
      role: 'gate',
      column: 1,
      row: 0,
      level: { field: 'level', capacity: 9, label: 'level' },
    },
  ],
  edges: [{ from: 'a', to: 'b' }],
};
const statesOfB: StatesView = {
  kind: 'states',
  title: 'B',
  nodes: [{ id: 'b', label: 'B' }],
  fields: [{ id: 'level', label: 'Level' }],
};
const everything: EventsView = { kind: 'events', title: 'All', messages: [...OUTCOME_IDS] };
const talk: SequenceView = {
  kind: 'sequence',
  title: 'Talk',
  participants: [
    { id: 'a', label: 'A' },
    { id: 'b', label: 'B' },
  ],
};
const load: ChartView = {
  kind: 'chart',
  title: 'Load',
  y: { label: 'Load', unit: '', min: 0, max: 10 },
  marks: [
    { type: 'step', series: 'load', label: 'Load' },
    { type: 'outcomes', kinds: [...OUTCOME_IDS], label: 'Messages' },
  ],
};

describe('the past', () => {
  // Times are whole, so half a millisecond later the facts of `t` itself are in the prefix.
  const both = (recording: Recording, t: number) => [
    [runOf(recording)],
    [runOf(prefix(recording, t + 0.5))],
  ];

  it('is drawn from the past alone by scene, states and events', () => {
    fc.assert(
      fc.property(recordings, fc.integer({ min: 0, max: 1900 }), (recording, t) => {
        const [whole = [], past = []] = both(recording, t);
        for (const view of [sceneOfGates, statesOfB, everything])
          expect(draw(propsOf(view, past, t, 2000))).toBe(draw(propsOf(view, whole, t, 2000)));
      }),
      { numRuns: 60 },
    );
  });

  it('is told from the past alone by every view', () => {
    fc.assert(
      fc.property(recordings, fc.integer({ min: 0, max: 1900 }), (recording, t) => {
        const [whole = [], past = []] = both(recording, t);
        for (const view of [sceneOfGates, statesOfB, everything, talk, load]) {
          expect(describeView(propsOf(view, past, t, 2000))).toBe(
            describeView(propsOf(view, whole, t, 2000)),
          );
          if (view.kind !== 'chart')
            expect(tableView(propsOf(view, past, t, 2000))).toEqual(
              tableView(propsOf(view, whole, t, 2000)),
            );
        }
      }),
      { numRuns: 100 },
    );
  });
});
