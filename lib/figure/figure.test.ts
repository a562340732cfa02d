import { describe, expect, it } from 'vitest';
import type { Description } from '@/lib/simulation/definition';
import { nothing } from '@/lib/simulation/link';
import type { CountParameter } from '@/lib/simulation/parameters';
import type { RunRequest } from '@/lib/simulation/protocol';
import { parseLink, readLink } from '@/lib/simulation/read-link';
import { createFakeClock } from './clock';
import type { RunOutcome } from './extras';
import { type AppliedTraffic, createFigure, type FigureOptions, isChanged } from './figure';
import { FIXTURE, fixtureOutcome } from './fixture';
import { completeSpec } from './spec';

/** A figure whose runs end when the test lets them. */
function setUp(scenario = 'calm', overrides: Partial<FigureOptions> = {}) {
  const clock = createFakeClock();
  const written: (string | null)[] = [];
  const asked: {
    request: RunRequest;
    resolve: (outcome: RunOutcome) => void;
    reject: (error: unknown) => void;
  }[] = [];
  const figure = createFigure({
    description: FIXTURE,
    spec: completeSpec(FIXTURE, scenario),
    clock,
    run: (request) =>
      new Promise((resolve, reject) => {
        asked.push({ request, resolve, reject });
      }),
    write: (text) => written.push(text),
    randomSeed: () => 4711,
    ...overrides,
  });
  const state = () => figure.store.get();
  /** The run with this number ends, and what waits for it is told. */
  const answer = async (index: number): Promise<void> => {
    const { request, resolve } = asked[index] ?? expect.fail(`no run ${index}`);
    resolve(fixtureOutcome(request));
    await Promise.resolve();
    await Promise.resolve();
  };
  const opened = async (link: Parameters<typeof figure.open>[0] = null): Promise<void> => {
    figure.open(link);
    clock.advance(16);
    await answer(0);
  };
  return { figure, clock, written, asked, state, answer, opened };
}

const decoded = (text: string) => {
  const { raw } = parseLink(text);
  return raw ? readLink(FIXTURE, raw) : nothing('not a link');
};

describe('time', () => {
  it('shows the still until it is begun, and begins at 0', async () => {
    const { figure, clock, state, opened } = setUp('race');
    await opened();
    expect(state()).toMatchObject({ t: 5000, mode: 'waiting', status: 'ready' });
    clock.advance(1000);
    expect(state().t).toBe(5000);
    figure.play('page');
    expect(state()).toMatchObject({ t: 0, mode: 'playing', startedBy: 'page' });
  });

  it('goes back to the still where the page had begun it, and nowhere else', async () => {
    const { figure, clock, state, opened } = setUp('race');
    await opened();
    figure.play('page');
    clock.advance(16);
    clock.advance(480);
    expect(state().t).toBeLessThan(5000);
    figure.showStill();
    clock.advance(160);
    expect(state()).toMatchObject({ t: 5000, mode: 'waiting' });
    figure.play('page');
    expect(state()).toMatchObject({ t: 0, mode: 'playing' });
    figure.seek(1200);
    figure.showStill();
    expect(state()).toMatchObject({ t: 1200, mode: 'paused' });
    figure.play('reader');
    figure.showStill();
    expect(state()).toMatchObject({ t: 1200, mode: 'playing' });
  });

  it('shows the end where the scenario names no other moment', async () => {
    const { state, opened } = setUp();
    await opened();
    expect(state().t).toBe(10_000);
  });

  it('passes at the speed of the scenario and stops at the end', async () => {
    const { figure, clock, state, opened } = setUp('race');
    await opened();
    figure.play('reader');
    clock.advance(16);
    clock.advance(1600);
    expect(state().t).toBeCloseTo(3200, 6);
    clock.advance(5000);
    expect(state()).toMatchObject({ t: 10_000, mode: 'paused' });
    expect(clock.pending()).toBe(0);
  });

  it('begins again when played at the end', async () => {
    const { figure, state, opened } = setUp();
    await opened();
    figure.seek(10_000);
    figure.play('reader');
    expect(state()).toMatchObject({ t: 0, mode: 'playing' });
  });

  it('stands still while the figure is held and goes on from there', async () => {
    const { figure, clock, state, opened } = setUp();
    await opened();
    figure.play('page');
    clock.advance(16);
    clock.advance(480);
    figure.hold(true);
    const before = state().t;
    clock.advance(3000);
    expect(state()).toMatchObject({ t: before, mode: 'playing' });
    expect(clock.pending()).toBe(0);
    figure.hold(false);
    clock.advance(16);
    clock.advance(160);
    expect(state().t).toBeCloseTo(before + 160, 6);
  });

  it('stands still while a parameter is changed, and goes on once it is not', async () => {
    const { figure, clock, state, opened } = setUp();
    await opened();
    figure.play('page');
    clock.advance(16);
    clock.advance(480);
    const before = state().t;
    for (const rate of [11, 12, 13, 14]) {
      figure.setParameter('rate', rate);
      clock.advance(200);
      expect(state()).toMatchObject({ t: before, mode: 'playing' });
    }
    // The last frame in which it stands is the last before a quarter of a second has passed.
    clock.advance(64);
    expect(state().t).toBe(before);
    clock.advance(160);
    expect(state().t).toBeGreaterThan(before + 100);
    expect(state().t).toBeLessThanOrEqual(before + 160);
  });

  it('does not leap when the browser held frames back', async () => {
    const { figure, clock, state, opened } = setUp();
    await opened();
    figure.play('reader');
    clock.advance(16);
    clock.advance(5000, 5000);
    expect(state().t).toBe(100);
  });

  it('steps from event to event and by shares of the run, and pauses', async () => {
    const { figure, state, opened } = setUp();
    await opened();
    figure.play('reader');
    figure.seek(2500);
    figure.step(1);
    expect(state()).toMatchObject({ t: 3000, mode: 'paused' });
    figure.step(1);
    expect(state().t).toBe(4000);
    figure.step(-1);
    expect(state().t).toBe(3000);
    figure.leap(0.05);
    expect(state().t).toBe(3500);
    figure.leap(-1);
    expect(state().t).toBe(0);
    figure.step(-1);
    expect(state().t).toBe(0);
    figure.seek(99_999);
    expect(state().t).toBe(10_000);
    figure.step(1);
    expect(state().t).toBe(10_000);
  });

  it('goes faster and slower within bounds', async () => {
    const { figure, state } = setUp();
    figure.shiftSpeed(1);
    figure.shiftSpeed(1);
    expect(state().speed).toBeCloseTo(2);
    for (let i = 0; i < 50; i++) figure.shiftSpeed(-1);
    expect(state().speed).toBeCloseTo(1 / 64);
  });
});

describe('a change of parameters', () => {
  it('runs once per frame and shows what came, with t where it was', async () => {
    const { figure, clock, asked, state, answer, opened } = setUp();
    await opened();
    figure.seek(4321);
    figure.setParameter('rate', 11);
    figure.setParameter('rate', 12);
    figure.setParameter('servers', 3);
    expect(state().status).toBe('running');
    clock.advance(16);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.request.parameters).toMatchObject({ rate: 12, servers: 3 });
    const before = state().shown;
    expect(before).not.toBeNull();
    await answer(1);
    expect(state().shown).not.toBe(before);
    expect(state()).toMatchObject({ t: 4321, mode: 'paused', status: 'ready' });
  });

  it('never queues more than one run, and the last one wins', async () => {
    const { figure, clock, asked, state, answer, opened } = setUp();
    await opened();
    for (const rate of [20, 30, 40, 50]) {
      figure.setParameter('rate', rate);
      clock.advance(16);
    }
    expect(asked.map(({ request }) => request.parameters.rate)).toEqual([10, 20]);
    await answer(1);
    expect(asked.map(({ request }) => request.parameters.rate)).toEqual([10, 20, 50]);
    expect(state().status).toBe('running');
    await answer(2);
    expect(state().status).toBe('ready');
    expect(state().shown?.race.parameters.rate).toBe(50);
  });

  it('is put on the grid, and dropped if it does not fit', () => {
    const { figure, state } = setUp();
    figure.setParameter('rate', 12.4);
    expect(state().parameters.rate).toBe(12);
    figure.setParameter('rate', 1e9);
    expect(state().parameters.rate).toBe(100);
    figure.setParameter('order', 'random');
    figure.setParameter('rate', Number.NaN);
    figure.setParameter('toString', 3);
    expect(state().parameters).toEqual({ ...figure.scenario.parameters, rate: 100 });
  });

  it('whose run fails leaves the old run on screen and says why; the next change tries again', async () => {
    const { figure, clock, asked, state, answer, opened } = setUp();
    await opened();
    const before = state().shown;
    figure.setParameter('rate', 99);
    clock.advance(16);
    asked[1]?.reject(new Error('More than 20,000,000 events. Lower the rate.'));
    await Promise.resolve();
    await Promise.resolve();
    expect(state()).toMatchObject({
      status: 'failed',
      error: 'More than 20,000,000 events. Lower the rate.',
      shown: before,
    });
    figure.setParameter('rate', 9);
    clock.advance(16);
    await answer(2);
    expect(state()).toMatchObject({ status: 'ready', error: null });
  });

  it('whose run fails is still said to have failed when the old run is drawn again', async () => {
    const { figure, clock, asked, state, opened } = setUp();
    await opened();
    figure.fork([{ at: 2500, kind: 'act', id: 'stop', target: 'server-2' }]);
    await Promise.resolve();
    figure.setParameter('rate', 99);
    clock.advance(16);
    asked.at(-1)?.reject(new Error('Too many events.'));
    await Promise.resolve();
    await Promise.resolve();
    const [fork] = state().extras;
    figure.removeExtra(fork?.extra.id ?? '');
    expect(state().extras).toEqual([]);
    expect(state()).toMatchObject({ status: 'failed', error: 'Too many events.' });
  });

  it('of the seed takes whole numbers only', () => {
    const { figure, state } = setUp();
    figure.setSeed(1.5);
    figure.setSeed(-1);
    figure.setSeed(2 ** 32);
    expect(state().seed).toBe(1);
    figure.setSeed(2 ** 32 - 1);
    expect(state().seed).toBe(2 ** 32 - 1);
    figure.reroll();
    expect(state().seed).toBe(4711);
  });

  it('is undone by a reset, which goes to the start', async () => {
    const { figure, clock, asked, state, opened } = setUp();
    await opened();
    expect(isChanged(figure, state())).toBe(false);
    figure.setParameter('rate', 40);
    figure.setSeed(9);
    figure.shiftSpeed(1);
    expect(isChanged(figure, state())).toBe(true);
    figure.reset();
    expect(isChanged(figure, state())).toBe(false);
    expect(state()).toMatchObject({ t: 0, mode: 'paused' });
    clock.advance(16);
    expect(asked.at(-1)?.request).toMatchObject({ seed: 1, parameters: { rate: 10 } });
  });
});

describe('forks', () => {
  const crash = { at: 2500.12345, kind: 'act', id: 'stop', target: 'server-2' } as const;

  it('run beside the original on the same inputs, with what is done to them', async () => {
    const { figure, clock, asked, state, answer, opened } = setUp();
    await opened();
    figure.fork([crash]);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.request).toEqual({
      ...asked[0]?.request,
      interventions: [{ ...crash, at: 2500.123 }],
    });
    await answer(1);
    expect(state().shown?.drawn.map(({ id, title }) => [id, title])).toEqual([
      ['plain', 'Original'],
      ['fork-1/plain', 'Fork 1'],
    ]);
    expect(state().extras).toMatchObject([
      { status: 'ready', extra: { title: 'Stop a server (Server 2) at 2.5001\u202fs' } },
    ]);
    figure.setParameter('rate', 40);
    clock.advance(16);
    await answer(2);
    await answer(3);
    expect(asked[3]?.request).toMatchObject({
      parameters: { rate: 40 },
      interventions: [{ id: 'stop' }],
    });
    expect(state().shown?.race.parameters.rate).toBe(40);
  });

  it('leave time and what moves it to the figure', async () => {
    const { figure, state, answer, opened } = setUp();
    await opened();
    figure.seek(2500);
    figure.fork([{ at: 2500, kind: 'act', id: 'burst' }]);
    await answer(1);
    expect(state()).toMatchObject({ t: 2500, mode: 'paused' });
    figure.step(1);
    expect(state().t).toBe(3000);
  });

  it('take a figure in hand that has not begun, at the moment of its still', async () => {
    const { figure, state, opened } = setUp('race');
    await opened();
    figure.fork([crash]);
    expect(state()).toMatchObject({ t: 5000, mode: 'paused', startedBy: 'reader' });
  });

  it('are no more than can be told apart', async () => {
    const { figure, opened } = setUp();
    await opened();
    const made = [1, 2, 3, 4, 5].map((second) => figure.fork([{ ...crash, at: second * 1000 }]));
    expect(made.map((id) => id !== null)).toEqual([true, true, true, true, false]);
  });

  it('are numbered by their place, also when one of them is removed', async () => {
    const { figure, state, answer, opened } = setUp();
    await opened();
    const first = figure.fork([crash]) ?? expect.fail('no fork');
    figure.fork([{ at: 5000, kind: 'set', parameter: 'rate', value: 20 }]);
    await answer(1);
    await answer(2);
    expect(state().shown?.drawn.map(({ title }) => title)).toEqual([
      'Original',
      'Fork 1',
      'Fork 2',
    ]);
    figure.removeExtra(first);
    expect(state().shown?.drawn.map(({ id, title }) => [id, title])).toEqual([
      ['plain', 'Original'],
      ['fork-2/plain', 'Fork 1'],
    ]);
    expect(state().extras[0]?.extra.title).toBe(
      'Arrival rate: 20\u00a0requests/s from 5\u202fs on',
    );
  });

  it('of a race are seen for one variant, or all variants of one fork', async () => {
    const { figure, state, answer, opened } = setUp('race');
    await opened();
    const titles = () => state().shown?.drawn.map(({ id, title }) => `${id}: ${title}`);
    expect(titles()).toEqual(['plain: Plain', 'fancy: Fancy']);
    const fork = figure.fork([crash]) ?? expect.fail('no fork');
    await answer(1);
    expect(titles()).toEqual(['plain: Original', 'fork-1/plain: Fork 1']);
    expect(state().shown?.runs).toHaveLength(4);
    figure.setSight({ kind: 'variant', variant: 'fancy' });
    expect(titles()).toEqual(['fancy: Original', 'fork-1/fancy: Fork 1']);
    figure.setSight({ kind: 'race', extra: fork });
    expect(titles()).toEqual(['fork-1/plain: Plain', 'fork-1/fancy: Fancy']);
    figure.setSight({ kind: 'race', extra: null });
    expect(titles()).toEqual(['plain: Plain', 'fancy: Fancy']);
    figure.setSight({ kind: 'race', extra: fork });
    figure.removeExtra(fork);
    expect(titles()).toEqual(['plain: Plain', 'fancy: Fancy']);
    expect(state().shown?.sight).toBeNull();
  });

  it('are in the link and come back from it, the very same', async () => {
    const { figure, clock, written, answer, opened } = setUp();
    await opened();
    figure.fork([crash, { at: 100, kind: 'set', parameter: 'rate', value: 20 }]);
    clock.advance(600);
    await answer(1);
    const text = written.at(-1) ?? expect.fail('nothing written');
    expect(text).toBe('1.1;fork:100~set~rate~20*2500.123~act~stop~server-2');
    const other = setUp();
    await other.opened(decoded(text));
    await other.answer(1);
    expect(other.state().shown?.drawn).toHaveLength(2);
    expect(other.asked[1]?.request.interventions).toEqual(
      other.figure.store
        .get()
        .extras.flatMap(({ extra }) => (extra.kind === 'fork' ? extra.interventions : [])),
    );
    expect(other.figure.linkText()).toBe(`${text.replace(';fork', ';t:10000;fork')}`);
  });

  it('are something to reset, and gone after it', async () => {
    const { figure, clock, written, state, opened } = setUp();
    await opened();
    figure.fork([crash]);
    expect(isChanged(figure, state())).toBe(true);
    clock.advance(1000);
    figure.reset();
    expect(state().extras).toEqual([]);
    expect(isChanged(figure, state())).toBe(false);
    clock.advance(1000);
    expect(written.at(-1)).toBeNull();
  });
});

describe("a reader's model", () => {
  it('is drawn as one more variant, under its own title', async () => {
    const { figure, state, opened } = setUp('race');
    await opened();
    figure.setExtra({
      id: 'mine',
      kind: 'reader',
      title: 'Mine',
      request: (base) => ({ ...base, variants: ['fancy'] }),
      run: (request) => Promise.resolve(fixtureOutcome(request)),
    });
    await new Promise(process.nextTick);
    expect(state().shown?.drawn.map(({ title }) => title)).toEqual(['Plain', 'Fancy', 'Mine']);
    figure.reset();
    expect(state().extras).toHaveLength(1);
  });
});

describe('the link', () => {
  it('opens at its moment, paused, with its parameters and seed', async () => {
    const { asked, state, opened } = setUp();
    await opened(decoded('1.1;rate:40;seed:9;t:1250'));
    expect(asked[0]?.request).toMatchObject({ seed: 9, parameters: { rate: 40, servers: 2 } });
    expect(state()).toMatchObject({ t: 1250, mode: 'paused', notices: [] });
  });

  it('with a moment beyond the end opens at the end, and says so', async () => {
    const { state, opened } = setUp();
    await opened(decoded('1.1;t:99999999'));
    expect(state().t).toBe(10_000);
    expect(state().notices).toEqual(['Time: expected milliseconds from 0 to 10000, got 99999999']);
  });

  it('at the end is in order', async () => {
    const { state, opened } = setUp();
    await opened(decoded('1.1;t:10000'));
    expect(state()).toMatchObject({ t: 10_000, notices: [] });
  });

  it('without a moment may still be begun by the page', async () => {
    const { state, opened } = setUp();
    await opened(decoded('1.1;rate:40'));
    expect(state().mode).toBe('waiting');
  });

  it('says what it dropped and that the simulation has changed', async () => {
    const { figure, state, opened } = setUp();
    await opened(decoded('1.9;rate:4000'));
    expect(state().parameters.rate).toBe(10);
    expect(state().notices).toEqual([
      'Arrival rate: expected 1 to 100, got 4000',
      'The simulation has changed since this link was made; its run may differ',
    ]);
    figure.dismissNotices();
    expect(state().notices).toEqual([]);
  });

  it('is written when the reader stops, at most twice a second', async () => {
    const { figure, clock, written, opened } = setUp();
    await opened();
    for (let rate = 11; rate <= 60; rate++) {
      figure.setParameter('rate', rate);
      clock.advance(16);
    }
    clock.advance(1000);
    expect(written.length).toBeLessThanOrEqual(4);
    expect(written.at(-1)).toBe('1.1;rate:60');
    figure.seek(2000);
    clock.advance(1000);
    expect(written.at(-1)).toBe('1.1;rate:60;t:2000');
    figure.play('reader');
    clock.advance(1000);
    expect(written.at(-1)).toBe('1.1;rate:60');
    figure.reset();
    clock.advance(1000);
    expect(written.at(-1)).toBeNull();
  });

  it('is not written for a figure that only plays by itself', async () => {
    const { figure, clock, written, opened } = setUp();
    await opened();
    figure.play('page');
    clock.advance(20_000);
    expect(written).toEqual([]);
  });

  it('to this moment holds the moment even while playing', async () => {
    const { figure, clock, opened } = setUp();
    await opened();
    figure.play('reader');
    clock.advance(16);
    clock.advance(320);
    expect(figure.linkText()).toBe('1.1;t:320');
  });
});

describe('a still', () => {
  it('shows its run at once and asks for nothing', () => {
    const { figure, clock, asked, written, state } = setUp('race', {
      live: false,
      initial: fixtureOutcome({ variants: ['plain', 'fancy'] }),
    });
    expect(state()).toMatchObject({ t: 5000, mode: 'waiting', status: 'ready' });
    figure.setParameter('rate', 40);
    figure.reset();
    clock.advance(1000);
    expect(asked).toHaveLength(0);
    expect(written).toEqual([]);
  });
});

describe('closing', () => {
  it('ends frames and drops what is under way', async () => {
    const { figure, clock, asked, state, opened } = setUp();
    await opened();
    const before = state().shown;
    figure.setParameter('rate', 40);
    clock.advance(16);
    figure.play('reader');
    figure.close();
    expect(clock.pending()).toBe(0);
    asked[1]?.resolve(fixtureOutcome());
    await Promise.resolve();
    await Promise.resolve();
    expect(state().shown).toBe(before);
  });
});

describe('the reader’s traffic', () => {
  const description: Description = {
    ...FIXTURE,
    traffic: {
      rows: 'requests',
      question: 'Who is served?',
      times: 'kept',
      key: { label: 'Client', fields: ['client'] },
      rowsMax: 100,
      ranges: { servers: { ...FIXTURE.parameters.servers, max: 500 } as CountParameter },
      settings: { retries: true },
      controls: ['servers'],
      replaces: ['rate'],
    },
  };
  const traffic: AppliedTraffic = {
    name: 'access.log',
    traffic: {
      atMs: Float64Array.of(0, 10),
      key: Uint32Array.of(0, 0),
      keys: ['anna'],
      spanMs: 1000,
    },
    startMs: 0,
  };

  it('runs in place of the generated one, for original and forks, with the settings for it', async () => {
    const { figure, clock, asked, state, opened } = setUp('calm', {
      description,
      judged: { tasks: ['half'], predictions: [] },
    });
    await opened();
    figure.setTraffic(traffic);
    clock.advance(16);
    expect(asked[1]?.request.traffic).toBe(traffic.traffic);
    expect(asked[1]?.request.parameters.retries).toBe(true);
    expect(isChanged(figure, state())).toBe(true);
  });

  it('has its own ranges, and gives the parameters back when it goes', async () => {
    const { figure, clock, asked, state, opened } = setUp('calm', { description });
    await opened();
    figure.setParameter('servers', 300);
    expect(state().parameters.servers).toBe(8);
    figure.setTraffic(traffic);
    figure.setParameter('servers', 300);
    expect(state().parameters).toMatchObject({ servers: 300, retries: true });
    figure.setTraffic({ ...traffic, startMs: 5 });
    expect(state().parameters.servers).toBe(300);
    figure.setTraffic(null);
    clock.advance(16);
    expect(asked.at(-1)?.request.traffic).toBeUndefined();
    expect(state().parameters).toMatchObject({ servers: 8, retries: false });
  });

  it('goes with a reset', async () => {
    const { figure, state, opened } = setUp('calm', { description });
    await opened();
    figure.setTraffic(traffic);
    figure.reset();
    expect(state().traffic).toBeNull();
    expect(isChanged(figure, state())).toBe(false);
  });

  it('is missed by a link, which says so', async () => {
    const { figure, opened } = setUp('calm', { description });
    await opened();
    figure.setTraffic(traffic);
    const text = figure.linkText() ?? expect.fail('no link');
    const link = decoded(text);
    expect(link.dropped).toEqual([
      expect.stringContaining('own log, which stays on their machine'),
    ]);
    expect(link.state.parameters).toEqual({ retries: true });
  });
});
