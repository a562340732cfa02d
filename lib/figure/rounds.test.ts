import { describe, expect, it } from 'vitest';
import type { RunRequest } from '@/lib/simulation/protocol';
import { createFakeClock } from './clock';
import type { Extra, Round } from './extras';
import { fixtureOutcome } from './fixture';
import { createRounds, GRACE_MS } from './rounds';

/** Runs that end when the test says so. */
function setUp() {
  const clock = createFakeClock();
  const shown: Round[] = [];
  const errors: unknown[] = [];
  const asked: {
    readonly who: string;
    readonly request: RunRequest;
    readonly end: () => Promise<void>;
    readonly fail: (message: string) => Promise<void>;
  }[] = [];
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  const runAs = (who: string) => (request: RunRequest) =>
    new Promise<ReturnType<typeof fixtureOutcome>>((resolve, reject) => {
      asked.push({
        who,
        request,
        end: () => {
          resolve(fixtureOutcome(request));
          return settled();
        },
        fail: (message) => {
          reject(new Error(message));
          return settled();
        },
      });
    });
  const rounds = createRounds({
    run: runAs('original'),
    clock,
    show: (round) => shown.push(round),
    failed: (error) => errors.push(error),
    changed: () => undefined,
  });
  const extra = (id: string): Extra => ({
    id,
    kind: 'reader',
    title: id,
    request: (base) => base,
    run: runAs(id),
  });
  /** The first run of this name that has not been taken yet. */
  const taken = new Set<number>();
  const next = (who: string) => {
    const place = asked.findIndex((each, i) => each.who === who && !taken.has(i));
    const found = asked[place];
    if (!found) throw new Error(`${who} runs nothing; what runs is ${asked.map((a) => a.who)}`);
    taken.add(place);
    return found;
  };
  const inputs = (seed: number): RunRequest => ({
    parameters: {},
    seed,
    variants: ['plain'],
    interventions: [],
  });
  /** Who was on screen after each show: the seed of the original, and the extras that have a race. */
  const seen = () =>
    shown.map(
      ({ outcome, extras }) =>
        `${outcome.race.seed}:${extras
          .filter(({ race }) => race)
          .map(({ extra: { id } }) => id)
          .join('+')}`,
    );
  return { rounds, clock, shown, errors, asked, extra, next, inputs, seen, settled };
}

describe('rounds', () => {
  it('show an original without extras at once', async () => {
    const { rounds, next, inputs, seen, clock } = setUp();
    rounds.request(inputs(1));
    await next('original').end();
    expect(seen()).toEqual(['1:']);
    expect(clock.pending()).toBe(0);
  });

  it('show an original and its extras together, in the order in which they were set', async () => {
    const { rounds, next, inputs, seen, extra, settled } = setUp();
    rounds.setExtra(extra('a'));
    rounds.setExtra(extra('b'));
    rounds.request(inputs(1));
    await settled();
    await next('b').end();
    await next('original').end();
    expect(seen()).toEqual([]);
    await next('a').end();
    expect(seen()).toEqual(['1:a+b']);
  });

  it('run an extra that is set later without running anything else again', async () => {
    const { rounds, next, inputs, seen, extra, asked, settled } = setUp();
    rounds.request(inputs(1));
    await next('original').end();
    rounds.setExtra(extra('a'));
    await settled();
    expect(rounds.extras()).toMatchObject([{ status: 'running' }]);
    await next('a').end();
    expect(rounds.extras()).toMatchObject([{ status: 'ready', error: null }]);
    expect(asked.map(({ who }) => who)).toEqual(['original', 'a']);
    expect(seen()).toEqual(['1:', '1:a']);
  });

  it('show what there is without an extra that is late, and that when it comes', async () => {
    const { rounds, next, inputs, seen, extra, clock, settled } = setUp();
    rounds.setExtra(extra('slow'));
    rounds.setExtra(extra('quick'));
    rounds.request(inputs(1));
    await settled();
    await next('original').end();
    await next('quick').end();
    clock.advance(GRACE_MS - 32);
    expect(seen()).toEqual([]);
    clock.advance(64);
    expect(seen()).toEqual(['1:quick']);
    await next('slow').end();
    expect(seen()).toEqual(['1:quick', '1:slow+quick']);
    expect(clock.pending()).toBe(0);
  });

  it('let an extra fail alone and say why', async () => {
    const { rounds, next, inputs, seen, extra, settled } = setUp();
    rounds.setExtra(extra('a'));
    rounds.setExtra(extra('b'));
    rounds.request(inputs(1));
    await settled();
    await next('a').fail('The model threw.');
    await next('b').end();
    await next('original').end();
    expect(seen()).toEqual(['1:b']);
    expect(rounds.extras().map(({ status, error }) => [status, error])).toEqual([
      ['failed', 'The model threw.'],
      ['ready', null],
    ]);
    rounds.request(inputs(2));
    await settled();
    await next('original').end();
    await next('a').end();
    await next('b').end();
    expect(seen().at(-1)).toBe('2:a+b');
    expect(rounds.extras()).toMatchObject([{ status: 'ready' }, { status: 'ready' }]);
  });

  it('take a request that an extra cannot make for a failure of that extra', async () => {
    const { rounds, next, inputs, seen, extra, settled } = setUp();
    rounds.setExtra({
      ...extra('a'),
      request: () => {
        throw new Error('There is no such variant.');
      },
    });
    rounds.request(inputs(1));
    await settled();
    await next('original').end();
    expect(seen()).toEqual(['1:']);
    expect(rounds.extras()).toMatchObject([
      { status: 'failed', error: 'There is no such variant.' },
    ]);
  });

  it('never show an extra beside an original of other inputs', async () => {
    const { rounds, next, inputs, shown, extra, clock, settled } = setUp();
    rounds.setExtra(extra('slow'));
    rounds.request(inputs(1));
    await settled();
    await next('original').end();
    clock.advance(1000);
    rounds.request(inputs(2));
    await next('original').end();
    clock.advance(1000);
    await next('slow').end();
    await next('slow').end();
    const pairs = shown.flatMap(({ outcome, extras }) =>
      extras.flatMap(({ race }) => (race ? [[outcome.race.seed, race.seed]] : [])),
    );
    expect(pairs).toEqual([[2, 2]]);
  });

  it('have one run of each under way at most, whatever the reader drags', async () => {
    const { rounds, next, inputs, asked, seen, extra, settled } = setUp();
    rounds.setExtra(extra('a'));
    for (let seed = 1; seed <= 20; seed++) rounds.request(inputs(seed));
    await settled();
    expect(asked.map(({ who }) => who).sort()).toEqual(['a', 'original']);
    await next('original').end();
    await next('a').end();
    await next('original').end();
    await next('a').end();
    expect(asked).toHaveLength(4);
    expect(seen()).toEqual(['1:a', '20:a']);
  });

  it('show something now and then while changes come faster than a slow extra', async () => {
    const { rounds, next, inputs, seen, extra, clock, settled } = setUp();
    rounds.setExtra(extra('slow'));
    for (let seed = 1; seed <= 10; seed++) {
      rounds.request(inputs(seed));
      await settled();
      await next('original').end();
      clock.advance(100);
    }
    expect(seen().length).toBeGreaterThanOrEqual(3);
  });

  it('keep what an extra showed until what takes its place has run', async () => {
    const { rounds, next, inputs, shown, seen, extra, settled } = setUp();
    rounds.setExtra(extra('a'));
    rounds.request(inputs(1));
    await settled();
    await next('original').end();
    await next('a').end();
    const edited = extra('a');
    rounds.setExtra({ ...edited, title: 'edited' });
    rounds.setExtra(extra('b'));
    await settled();
    await next('b').end();
    expect(shown.at(-1)?.extras.map(({ extra: { title } }) => title)).toEqual(['a', 'b']);
    await next('a').end();
    expect(shown.at(-1)?.extras.map(({ extra: { title } }) => title)).toEqual(['edited', 'b']);
    expect(seen().at(-1)).toBe('1:a+b');
  });

  it('forget an extra that is removed, also while it runs', async () => {
    const { rounds, next, inputs, seen, extra, settled } = setUp();
    rounds.setExtra(extra('a'));
    rounds.request(inputs(1));
    await settled();
    await next('original').end();
    const late = next('a');
    rounds.removeExtra('a');
    expect(seen()).toEqual(['1:']);
    await late.end();
    expect(seen()).toEqual(['1:']);
    expect(rounds.extras()).toEqual([]);
  });

  it('leave what is shown when the original fails, and say so', async () => {
    const { rounds, next, inputs, seen, errors, extra, settled } = setUp();
    rounds.setExtra(extra('a'));
    rounds.request(inputs(1));
    await settled();
    await next('original').end();
    await next('a').end();
    rounds.request(inputs(2));
    await settled();
    await next('original').fail('Too many events.');
    await next('a').end();
    expect(seen()).toEqual(['1:a']);
    expect(errors).toMatchObject([{ message: 'Too many events.' }]);
  });
});
