import { expect, it } from 'vitest';
import { type TurnCandidate, turn } from './turns';

const figure = (id: string, part: Partial<TurnCandidate> = {}): TurnCandidate => ({
  id,
  visible: 1,
  mode: 'waiting',
  startedBy: 'page',
  ...part,
});

it('goes to the figure most in view', () => {
  expect(turn([figure('a', { visible: 0.6 }), figure('b', { visible: 0.9 })], null)).toBe('b');
});

it('goes to none that is mostly out of view', () => {
  expect(turn([figure('a', { visible: 0.1 })], null)).toBeNull();
  expect(turn([], null)).toBeNull();
});

it('stays while the figure is in view, and passes on when it is not', () => {
  const b = figure('b', { visible: 0.9 });
  const playing = figure('a', { visible: 0.6, mode: 'playing' });
  expect(turn([playing, b], 'a')).toBe('a');
  expect(turn([{ ...playing, visible: 0.1 }, b], 'a')).toBe('b');
});

it('passes on when the figure has come to its end or was paused', () => {
  expect(turn([figure('a', { mode: 'paused' }), figure('b', { visible: 0.7 })], 'a')).toBe('b');
});

it('is taken by nobody beside a figure that the reader plays', () => {
  const mine = figure('a', { mode: 'playing', startedBy: 'reader' });
  expect(turn([mine, figure('b')], null)).toBeNull();
  expect(turn([{ ...mine, visible: 0 }, figure('b')], null)).toBe('b');
});
