import { describe, expect, it } from 'vitest';
import { FIXTURE, FIXTURE_CHECKS, fixtureOutcome } from '@/lib/figure/fixture';
import { completeSpec } from '@/lib/figure/spec';
import { checkOf, heldTo } from './check-list';
import { renderFigure } from './static';

const DRAWN = {
  bundle: '/sim/fixture.js',
  description: FIXTURE,
  checks: FIXTURE_CHECKS,
  incidents: {},
};
const { race } = fixtureOutcome();
const [share] = race.runs[0]?.results ?? [];
if (share === undefined) throw new Error('The first result of the example is a share.');
const bothRaces = fixtureOutcome({ variants: ['plain', 'fancy'], seed: 7 }).race;

function simulation(scenario = 'calm', choices: Parameters<typeof completeSpec>[2] = {}) {
  const spec = { kind: 'simulation' as const, ...completeSpec(FIXTURE, scenario, choices) };
  const html = renderFigure(DRAWN, spec, { race: scenario === 'race' ? bothRaces : race });
  const [above = '', below = ''] = html.split('<figcaption class="fig-caption"></figcaption>');
  return { html, above, below };
}

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .replace(/\s+/g, ' ');
const count = (html: string, pattern: RegExp): number => [...html.matchAll(pattern)].length;

describe('the still of a figure', () => {
  it('says title, question, story and what to watch above the caption', () => {
    const { above } = simulation();
    expect(textOf(above)).toContain('A calm day How many get in?');
    expect(textOf(above)).toContain('Ten requests arrive each second. Watch the line rise.');
  });

  it('draws its views in the order of the scenario', () => {
    const { above } = simulation();
    expect([...above.matchAll(/data-kind="(\w+)"/g)].map((match) => match[1])).toEqual([
      'chart',
      'events',
    ]);
    expect(above).toContain('Requests admitted');
  });

  it('stands at the scenario’s moment, the end by default', () => {
    expect(textOf(simulation().above)).toContain('10.00 s / 10.00 s');
    expect(textOf(simulation('race').above)).toContain('5.00 s / 10.00 s');
    expect(textOf(simulation('race').below)).toContain('At 5.00 s.');
  });

  it('lists as held fixed exactly the parameters without a control', () => {
    const { below } = simulation('calm', { controls: ['rate', 'order'] });
    const held = [...below.matchAll(/<dt>([^<]*)<\/dt>/g)].map((match) => match[1]);
    expect(held.slice(0, 4)).toEqual(['Timeout', 'Servers', 'Retries', 'Load']);
    expect(textOf(below)).toContain('Load 5 requests/s; from 4 s 20 requests/s');
    expect(simulation('race').below).not.toContain('Held fixed');
  });

  it('shows each number with its n and error, and refuses what the run cannot support', () => {
    const text = textOf(simulation().above);
    expect(text).toContain('Admitted 41.7 % ± 1.2, n = 1,204');
    expect(text).toContain('Latency, p99 – p99 needs 1,000 values, there are 40');
  });

  it('does not say a count twice, which is its own n', () => {
    const calls = {
      ...share,
      id: 'share',
      label: 'Calls',
      unit: '',
      value: 1204,
      halfWidth: null,
    } as const;
    const counted = { ...race, runs: race.runs.map((run) => ({ ...run, results: [calls] })) };
    const spec = { kind: 'simulation' as const, ...completeSpec(FIXTURE, 'calm') };
    const text = textOf(renderFigure(DRAWN, spec, { race: counted }));
    expect(text).toContain('Calls 1,204 ');
    expect(text).not.toContain('n = 1,204');
  });

  it('compares the variants of a race in one table with the unit at its head', () => {
    const { above } = simulation('race');
    const text = textOf(above.slice(above.indexOf('<table class="fig-race"')));
    expect(text).toContain('Admitted %');
    expect(text).toContain('Plain 41.7 ± 1.2 n = 1,204');
    expect(text).toContain('Fancy 41.7');
  });

  it('says no unit below a name that has said it', () => {
    const perOrder = {
      ...share,
      id: 'share',
      label: 'Messages per order',
      unit: 'messages',
    } as const;
    const told = { ...race, runs: race.runs.map((run) => ({ ...run, results: [perOrder] })) };
    const raced = {
      ...told,
      runs: told.runs.flatMap((run) => [run, { ...run, variant: 'fancy' }]),
    };
    const spec = {
      kind: 'simulation' as const,
      ...completeSpec(FIXTURE, 'race', { measures: ['share'] }),
    };
    const html = renderFigure(DRAWN, spec, { race: raced });
    const head = /<thead>.*?<\/thead>/.exec(html.slice(html.indexOf('fig-race')))?.[0] ?? '';
    expect(textOf(head).trim()).toBe('Variant Messages per order');
  });

  it('holds a data table for every view that is a picture, and what the model leaves out', () => {
    const { below } = simulation();
    expect(count(below, /<table/g)).toBe(1);
    expect(textOf(below)).toContain(
      'What this model leaves out The network Real latencies are longer.',
    );
  });

  it('shows what each control is set to, and has nothing to operate that does nothing', () => {
    const { html, above } = simulation('race', { controls: ['rate', 'order'] });
    expect(textOf(above)).toContain('Arrival rate 20 requests/s');
    const operable = [...html.matchAll(/<(?:button|input|select)\b[^>]*>/g)].map(([tag]) => tag);
    // A radio is disabled with its fieldset.
    expect(operable.filter((tag) => !/type="radio"|disabled=""/.test(tag))).toEqual([]);
    expect(count(html, /<fieldset[^>]*disabled=""/g)).toBe(1);
    expect(html).not.toContain('tabindex');
  });

  it('keeps the place of the player and says the moment in it', () => {
    const { above } = simulation('race');
    expect(above).toMatch(/<div class="fig-player fig-idle"><span class="fig-clock">/);
    expect(above).toContain('<div class="fig-settings"></div>');
  });

  it('has styles of its own for places alone and repeats no id', () => {
    for (const { html } of [simulation(), simulation('race')]) {
      for (const [, style] of html.matchAll(/\sstyle="([^"]*)"/g))
        expect(style).toMatch(/^(height:\d+px|--left:\d+px;--right:\d+px|--now:[\d.]+%)$/);
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('has one place for the caption, between the numbers and what is held fixed', () => {
    const { html, above, below } = simulation();
    expect(count(html, /<figcaption/g)).toBe(1);
    expect(above).toContain('fig-measures');
    expect(below).toContain('fig-held');
  });

  it('carries what brings it to life', () => {
    const { html } = simulation('calm', { figure: 'day', controls: ['rate'] });
    const data = /data-figure="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    // Its name is that of the element, and its other lists are the scenario's.
    expect(JSON.parse(data)).toEqual({ kind: 'simulation', scenario: 'calm', controls: ['rate'] });
    expect(html).toMatch(/^<article id="day" [^>]*data-bundle="\/sim\/fixture\.js"/);
  });

  it('cannot be drawn without a run', () => {
    const spec = { kind: 'simulation' as const, ...completeSpec(FIXTURE, 'calm') };
    expect(() => renderFigure(DRAWN, spec)).toThrow('Expected a run of “Fixture”, scenario “calm”');
    expect(() => completeSpec(FIXTURE, 'stormy')).toThrow(
      'Expected a scenario of “Fixture” (calm, race), got “stormy”',
    );
  });
});

describe('the still of a panel', () => {
  it('of tasks lists the goals, each with the scene to reach it in', () => {
    const html = renderFigure(DRAWN, { kind: 'tasks', figure: 'goals', tasks: ['half', 'all'] });
    const text = textOf(html);
    expect(text).toContain(`${FIXTURE.title} 0 of 2 reached`);
    expect(text).toContain(
      'Let half of them in. Admit at least half of the requests. Open “A calm day”',
    );
    expect(html).not.toContain('fig-stage');
  });

  it('of a prediction keeps the answer and its numbers behind a summary, and no figure', () => {
    const html = renderFigure(
      DRAWN,
      {
        kind: 'prediction',
        figure: 'guess',
        prediction: 'who',
      },
      { race: bothRaces },
    );
    const [before, answer] = html.split('<details class="fig-panel-action">');
    expect(textOf(before ?? '')).toContain('Which lets more in? The plain one The fancy one');
    expect(textOf(answer ?? '')).toContain('Because it does something special.');
    expect(textOf(answer ?? '')).toContain('Over the whole run of');
    expect(answer).not.toContain('<svg');
    expect(() =>
      renderFigure(
        DRAWN,
        {
          kind: 'prediction',
          figure: 'guess',
          prediction: 'when',
        },
        { race: bothRaces },
      ),
    ).toThrow('Expected a prediction of "fixture" (who), got "when".');
  });

  it('of checks says what each is held to and by how many seeds', () => {
    const html = renderFigure(DRAWN, { kind: 'checks', figure: 'checks' });
    const text = textOf(html);
    expect(text).toContain('Checks 2 statements');
    expect(text).toContain('No request is lost. Held to: Counting. 3 seeds');
    expect(text).toContain('Held to: The order of arrival. 1 seed');
    // Its data says only that it is one: the live figure reads the rest off what is drawn.
    expect(html).toContain('data-figure="{&quot;kind&quot;:&quot;checks&quot;}"');
    expect([...html.matchAll(/data-check="(\w+)"/g)].map(([, id]) => id)).toEqual(
      Object.keys(FIXTURE_CHECKS),
    );
  });

  it.each([
    { statement: 'None is lost.', against: 'Little 1961; n = 5. By hand', seeds: 1 },
    { statement: 'Ends. Always.', against: 'Two\nlines', seeds: 1000 },
  ])('of checks is read as it was drawn: $against', (check) => {
    expect(checkOf(check.statement, heldTo(check))).toEqual(check);
    expect(() => checkOf(check.statement, 'Held to: nothing')).toThrow('got "Held to: nothing"');
  });

  it('of omissions says what is left out and which way the error goes', () => {
    const html = renderFigure(DRAWN, { kind: 'omissions', figure: 'gaps' });
    expect(textOf(html)).toContain('The network Real latencies are longer.');
  });
});
