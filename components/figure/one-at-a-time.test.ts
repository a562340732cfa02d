import { expect, test } from 'vitest';
import type { Figure } from '@/lib/figure/figure';
import { oneAtATime } from './one-at-a-time';

/** Only what taking turns needs of a figure: that it can be closed. */
function sketch(name: string, closed: string[]): Figure {
  return { close: () => closed.push(name) } as unknown as Figure;
}

/** Figures that start when the test says so. */
function stage() {
  const closed: string[] = [];
  const waiting = new Map<string, (figure: Figure) => void>();
  const turns = oneAtATime(
    sketch('first', closed),
    (scenario) => new Promise((resolve) => waiting.set(scenario, resolve)),
  );
  const arrive = (scenario: string): void => waiting.get(scenario)?.(sketch(scenario, closed));
  return { turns, closed, arrive };
}

test('the next figure closes the one before it, once it has started', async () => {
  const { turns, closed, arrive } = stage();
  const opened = turns.open('a');
  expect(closed).toEqual([]);
  arrive('a');
  expect(await opened).not.toBeNull();
  expect(closed).toEqual(['first']);
  turns.close();
  expect(closed).toEqual(['first', 'a']);
});

test('the one asked for last stays, whichever starts last', async () => {
  const { turns, closed, arrive } = stage();
  const [early, late] = [turns.open('a'), turns.open('b')];
  arrive('b');
  expect(await late).not.toBeNull();
  arrive('a');
  expect(await early).toBeNull();
  expect(closed).toEqual(['first', 'a']);
});

test('what starts after all was closed is closed at once', async () => {
  const { turns, closed, arrive } = stage();
  const opened = turns.open('a');
  turns.close();
  arrive('a');
  expect(await opened).toBeNull();
  expect(closed).toEqual(['first', 'a']);
});

test('a figure that cannot start leaves the present one', async () => {
  const closed: string[] = [];
  const turns = oneAtATime(sketch('first', closed), () => Promise.reject(new Error('no run')));
  await expect(turns.open('a')).rejects.toThrow('no run');
  expect(closed).toEqual([]);
});
