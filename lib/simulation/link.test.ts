import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InterventionEvent } from './definition';
import { interventionMisfit } from './interventions';
import {
  encodeLink,
  FORKS_MAX,
  figureText,
  INTERVENTIONS_MAX,
  type LinkState,
  migrateParameters,
  withFigure,
} from './link';
import {
  choice,
  count,
  defaultsOf,
  duration,
  misfit,
  type ParameterValue,
  quantity,
  schedule,
  snap,
  toggle,
} from './parameters';
import { migrateFork, parseLink, type RawLink, readLink } from './read-link';

const about = { describe: 'For the tests.' };
const parameters = {
  limit: quantity({
    ...about,
    live: true,
    label: 'Limit',
    unit: 'requests/s',
    min: 0.5,
    max: 100,
    step: 0.1,
    default: 10,
  }),
  timeout: duration({ ...about, label: 'Timeout', min: 10, max: 10_000, step: 10, default: 500 }),
  servers: count({
    ...about,
    label: 'Servers',
    unit: 'servers',
    min: 1,
    max: 64,
    step: 1,
    default: 4,
  }),
  order: choice<'fifo' | 'a;b:c%'>({
    ...about,
    live: true,
    label: 'Order',
    options: { fifo: { label: 'in turn' }, 'a;b:c%': { label: 'odd' } },
    default: 'fifo',
  }),
  retries: toggle({ ...about, label: 'Retries', default: false }),
  rate: schedule({
    ...about,
    live: true,
    label: 'Rate',
    unit: 'requests/s',
    min: 0,
    max: 50,
    step: 1,
    untilMs: 10_000,
    stepsMax: 4,
    default: [{ atMs: 0, value: 5 }],
  }),
  // Names that mean something else in a link.
  seed: count({ ...about, label: 'Seeds', unit: '', min: 0, max: 9, step: 1, default: 1 }),
  fork: count({ ...about, label: 'Forks', unit: '', min: 0, max: 9, step: 1, default: 1 }),
  _t: count({ ...about, label: 'Ts', unit: '', min: 0, max: 9, step: 1, default: 1 }),
};
const interventions = {
  crash: {
    ...about,
    label: 'Crash',
    targets: { 'server-1': 'Server 1', 'a~b*c;d:e%': 'An odd one' },
  },
  volley: { ...about, label: 'Send a volley' },
};
const description = { title: 'Test', linkVersion: 2, version: 3, parameters, interventions };
const base = { parameters: defaultsOf(parameters), seed: 1 };

function decode(text: string) {
  const parsed = parseLink(text);
  return parsed.raw ? readLink(description, parsed.raw) : null;
}

const values = {
  limit: fc.integer({ min: 0, max: 995 }).map((n) => snap(parameters.limit, 0.5 + n * 0.1)),
  timeout: fc.integer({ min: 1, max: 1000 }).map((n) => n * 10),
  servers: fc.integer({ min: 1, max: 64 }),
  order: fc.constantFrom('fifo', 'a;b:c%'),
  retries: fc.boolean(),
  rate: fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { maxLength: 3 }),
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 }),
    )
    .map(([times, levels]) =>
      [0, ...times.sort((a, b) => a - b)].map((atMs, i) => ({ atMs, value: levels[i] ?? 0 })),
    ),
  seed: fc.integer({ min: 0, max: 9 }),
  fork: fc.integer({ min: 0, max: 9 }),
  _t: fc.integer({ min: 0, max: 9 }),
};
const moment = fc.integer({ min: 0, max: 10_000_000 }).map((n) => n / 1000);
const set = <V extends ParameterValue>(parameter: string, value: fc.Arbitrary<V>) =>
  fc.record({
    at: moment,
    kind: fc.constant('set' as const),
    parameter: fc.constant(parameter),
    value,
  });
const events: fc.Arbitrary<InterventionEvent> = fc.oneof(
  fc.record({ at: moment, kind: fc.constant('act' as const), id: fc.constant('volley') }),
  fc.record({
    at: moment,
    kind: fc.constant('act' as const),
    id: fc.constant('crash'),
    target: fc.constantFrom(...Object.keys(interventions.crash.targets)),
  }),
  set('limit', values.limit),
  set('order', values.order),
  set('rate', values.rate),
);
const states: fc.Arbitrary<LinkState> = fc.record(
  {
    parameters: fc.record<Record<string, ParameterValue>>(values),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    t: moment,
    forks: fc.array(fc.array(events, { minLength: 1, maxLength: INTERVENTIONS_MAX }), {
      minLength: 1,
      maxLength: FORKS_MAX,
    }),
  },
  { requiredKeys: ['parameters'] },
);

describe('a link', () => {
  it('says only what differs from the scenario', () => {
    expect(encodeLink(description, base, { ...base })).toBeNull();
    expect(
      encodeLink(description, base, {
        parameters: { ...base.parameters, limit: 20 },
        seed: 7,
        t: 1250,
      }),
    ).toBe('2.3;limit:20;seed:7;t:1250');
  });

  it('brings back the state that it was made of, through a query', () => {
    fc.assert(
      fc.property(states, (state) => {
        const text = encodeLink(description, base, state);
        if (text === null) {
          expect({ ...base.parameters, ...state.parameters }).toEqual(base.parameters);
          return;
        }
        const search = withFigure('?utm=x&fig=old', 'fig', text);
        const carried = figureText(search, 'fig');
        expect(carried).toBe(text);
        const decoded = decode(carried ?? '');
        expect(decoded?.dropped).toEqual([]);
        expect({ ...base.parameters, ...decoded?.state.parameters }).toEqual({
          ...base.parameters,
          ...state.parameters,
        });
        expect(decoded?.state.seed ?? base.seed).toBe(state.seed ?? base.seed);
        expect(decoded?.state.t).toBe(state.t);
        expect(decoded?.state.forks).toEqual(state.forks);
      }),
      { numRuns: 1000 },
    );
  });

  it('lets no misfit value pass and never throws, whatever the text', () => {
    const key = fc.oneof(
      fc.constantFrom(...Object.keys(parameters), 'seed', 't', '__proto__', 'constructor'),
      fc.string({ unit: 'binary' }),
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double().map(String),
      fc.integer().map(String),
      fc.constantFrom(
        '',
        'true',
        'fifo',
        '0@5',
        '0@5,0@6',
        '5@1',
        '%',
        '1e999',
        'NaN',
        '-0',
        '0x1',
      ),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.constantFrom('2.3', '2.1', '1.1', '2', ''), fc.array(fc.tuple(key, value)))
        .map(([head, fields]) => [head, ...fields.map(([k, v]) => `${k}:${v}`)].join(';')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const decoded = decode(text);
        if (decoded === null) return;
        for (const [id, value] of Object.entries(decoded.state.parameters)) {
          const parameter = parameters[id as keyof typeof parameters];
          expect(parameter).toBeDefined();
          expect(misfit(parameter, value)).toBeNull();
        }
        const { seed = 0, t = 0 } = decoded.state;
        expect(Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff).toBe(true);
        expect(t).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(t)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('lets no fork pass that could not be made, says which it dropped, and never throws', () => {
    const name = fc.oneof(
      fc.constantFrom('volley', 'crash', 'limit', 'order', 'rate', 'servers', '__proto__', ''),
      fc.string({ unit: 'binary' }),
    );
    const value = fc.oneof(
      fc.constantFrom('server-1', 'server-2', '20', '1e9', 'fifo', '0@5', '5@1', 'NaN', '%', ''),
      fc.string({ unit: 'binary' }),
    );
    const any = fc
      .tuple(
        fc.oneof(fc.constantFrom('0', '12.5', '-1', 'soon', '1e999'), fc.double().map(String)),
        fc.constantFrom('act', 'set', 'do', ''),
        name,
        fc.array(value, { maxLength: 1 }),
        fc.constantFrom('', '~more'),
      )
      .map(([at, kind, id, to, rest]) => [at, kind, id, ...to].join('~') + rest);
    // Made of chance alone, hardly one could be made.
    const fits = fc.constantFrom('0~act~volley', '12.5~act~crash~server-1', '5~set~limit~20');
    const event = fc.oneof(any, fits);
    const forks = fc.array(
      fc.array(event, { maxLength: 6 }).map((each) => each.join('*')),
      {
        maxLength: 7,
      },
    );
    let read = 0;
    let refused = 0;
    fc.assert(
      fc.property(forks, (texts) => {
        const parsed = parseLink(['2.3', ...texts.map((text) => `fork:${text}`)].join(';'));
        // A binary name may hold the mark between the fields, which then are others than these.
        fc.pre(parsed.raw?.forks?.length === texts.length);
        const { state, dropped } = readLink(description, parsed.raw);
        const made = state.forks ?? [];
        expect(made.length + dropped.filter((each) => each.startsWith('Fork ')).length).toBe(
          texts.length,
        );
        expect(made.length).toBeLessThanOrEqual(FORKS_MAX);
        for (const fork of made) {
          expect(fork.length).toBeGreaterThan(0);
          expect(fork.length).toBeLessThanOrEqual(INTERVENTIONS_MAX);
          for (const each of fork) expect(interventionMisfit(description, each)).toBeNull();
        }
        read += made.length;
        refused += texts.length - made.length;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(read, refused)).toBeGreaterThan(0);
  });

  it('says why a fork was dropped', () => {
    expect(
      decode(
        '2.3;fork:5~act~crash~server-9;fork:5~set~servers~2;fork:5~set~limit~1e9*7~act~volley;fork:x;fork:1~act~volley',
      )?.dropped,
    ).toEqual([
      'Fork 1: expected a target of “crash” (server-1, a~b*c;d:e%), got “server-9”',
      'Fork 2: parameter “servers” cannot change during a run: only parameters declared live can',
      'Fork 3: parameter “limit” (Limit): expected 0.5 to 100, got 1000000000',
      'Fork 4: expected a moment and what is done then, got “x”',
      'Fork 5: expected at most 4 forks, got more',
    ]);
  });

  it('says what it dropped and keeps the rest', () => {
    const decoded = decode('2.3;limit:20;servers:900;speed:3;seed:-1;t:soon');
    expect(decoded?.state).toEqual({ parameters: { limit: 20 } });
    expect(decoded?.dropped).toEqual([
      'Servers: expected 1 to 64, got 900',
      '“speed”: this simulation has no such parameter',
      'Seed: expected a whole number from 0 to 4294967295, got “-1”',
      'Time: expected milliseconds from 0, got “soon”',
    ]);
  });

  it('that is none of ours is refused with the reason', () => {
    expect(parseLink('limit:20')).toEqual({
      raw: null,
      why: 'The link does not begin with the versions of link and simulation',
    });
    expect(parseLink(`2.3;${'x'.repeat(5000)}`)).toEqual({
      raw: null,
      why: 'The link is longer than 4000 characters',
    });
  });

  it('of a version that this page cannot read opens with the defaults', () => {
    const decoded = decode('9.3;limit:20');
    expect(decoded?.state).toEqual({ parameters: {} });
    expect(decoded?.dropped).toEqual(['The link has version 9, this page reads 2']);
  });

  it('of another version of the simulation is used, and said to be outdated', () => {
    expect(decode('2.2;limit:20')).toEqual({
      state: { parameters: { limit: 20 } },
      dropped: [],
      outdated: true,
    });
    expect(decode('2.3;limit:20')?.outdated).toBe(false);
  });
});

describe('migrations', () => {
  const link = {
    version: 3,
    migrations: {
      1: ({ rate, ...rest }: Readonly<Record<string, string>>) => ({ ...rest, limit: rate ?? '' }),
      2: (raw: Readonly<Record<string, string>>) => ({
        ...raw,
        limit: String(Number(raw.limit) * 2),
      }),
    },
  };
  it('are applied one after the other, from the version of the link on', () => {
    expect(migrateParameters(link, 1, { rate: '5', burst: '2' })).toEqual({
      limit: '10',
      burst: '2',
    });
    expect(migrateParameters(link, 2, { limit: '5' })).toEqual({ limit: '10' });
    expect(migrateParameters(link, 3, { limit: '5' })).toEqual({ limit: '5' });
  });
  it('reach the parameters that a fork changes', async () => {
    const migrate = (raw: Readonly<Record<string, string>>) =>
      Promise.resolve(migrateParameters(link, 1, raw));
    expect(await migrateFork('5~act~crash~a*7~set~rate~5', migrate)).toBe(
      '5~act~crash~a*7~set~limit~10',
    );
  });
  it('that are missing are named', () => {
    expect(() => migrateParameters({ version: 2, migrations: {} }, 1, {})).toThrow(
      'Expected a migration of links from version 1 to 2, found none.',
    );
  });
  it('give raw texts, which are judged like any others', () => {
    const raw: RawLink = {
      linkVersion: 2,
      simulationVersion: 3,
      parameters: migrateParameters(
        { version: 2, migrations: { 1: () => ({ limit: '1e9' }) } },
        1,
        {},
      ),
    };
    expect(readLink(description, raw).state.parameters).toEqual({});
  });
});

describe('the query of a page', () => {
  it('holds one text per figure beside what is not ours', () => {
    const one = withFigure('?utm=x', 'boundary', '1.1;limit:20');
    expect(one).toBe('?utm=x&boundary=1.1;limit:20');
    const two = withFigure(one, 'burst', '1.1;t:5');
    expect(two).toBe('?utm=x&boundary=1.1;limit:20&burst=1.1;t:5');
    expect(withFigure(two, 'boundary', null)).toBe('?utm=x&burst=1.1;t:5');
    expect(withFigure('?boundary=1.1;t:1', 'boundary', null)).toBe('');
    expect(figureText(two, 'burst')).toBe('1.1;t:5');
    expect(figureText(two, 'other')).toBeNull();
  });
});
