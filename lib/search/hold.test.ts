import { expect, test } from 'vitest';
import { held } from './hold';
import type { Answer, Hit, HitGroup } from './search';

const hit = (url: string, text = ''): Hit => ({
  url,
  kind: 'guide',
  title: [{ text: url, hit: false }],
  text: text === '' ? [] : [{ text, hit: true }],
});
const group = (title: string, ...hits: Hit[]): HitGroup => ({ title, hits });
const answer = (...groups: HitGroup[]): Answer => ({
  groups,
  count: groups.flatMap(({ hits }) => hits).length,
  repairs: [],
  suggestions: [],
});
const order = ({ groups }: Answer): string[] =>
  groups.flatMap(({ hits }) => hits.map(({ url }) => url));

test('what is shown stays in its order and new groups come below it', () => {
  const shown = answer(group('A', hit('/a/'), hit('/a/#x')), group('B', hit('/b/')));
  const next = answer(group('C', hit('/c/')), group('B', hit('/b/')), group('A', hit('/a/#x')));
  const both = held(shown, next);
  expect(order(both)).toEqual(['/a/', '/a/#x', '/b/', '/c/']);
  expect(both.count).toBe(4);
});

test('more hits of a group that stands already are left out: they would push down what is below', () => {
  const shown = answer(group('A', hit('/a/')), group('B', hit('/b/')));
  const next = answer(group('A', hit('/a/'), hit('/a/#new')), group('B', hit('/b/')));
  expect(order(held(shown, next))).toEqual(['/a/', '/b/']);
});

test('texts and repairs are those of the later answer', () => {
  const next = {
    ...answer(group('A', hit('/a/', 'found'))),
    repairs: [{ asked: 'x', meant: 'y' }],
  };
  const both = held(answer(group('A', hit('/a/'))), next);
  expect(both.groups[0]?.hits[0]?.text).toEqual([{ text: 'found', hit: true }]);
  expect(both.repairs).toEqual(next.repairs);
});
