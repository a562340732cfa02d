import { expect, test } from 'vitest';
import { keptIn, progressOf } from './kept';

/** Storage as browsers have it, over a plain record. */
function storageOf(entries: Readonly<Record<string, string>>) {
  const keys = Object.keys(entries);
  return {
    length: keys.length,
    key: (index: number) => keys[index] ?? null,
    getItem: (key: string) => entries[key] ?? null,
  };
}

test('everything of ours is listed by name, and nothing of others', () => {
  const kept = keptIn(
    storageOf({
      'other-site': '1',
      'steady-state:theme': 'dark',
      'steady-state:searches': '["token bucket","dlq"]',
      'steady-state:single-keys': '"off"',
      'steady-state:tasks:queue': '["calm"]',
      'steady-state:prediction:queue:mean-wait': '"lower"',
      'steady-state:code:queue': '{"fifo":"…","lifo":"…"}',
      'steady-state:traffic:queue': '"a log"',
      'steady-state:from-an-older-version': '{}',
    }),
  );
  expect(kept.map(({ kind, simulation, count }) => [kind, simulation, count])).toEqual([
    ['code', 'queue', 2],
    ['other', null, 1],
    ['prediction', 'queue', 1],
    ['searches', null, 2],
    ['single-keys', null, 1],
    ['tasks', 'queue', 1],
    ['theme', null, 1],
    ['traffic', 'queue', 1],
  ]);
});

test('what cannot be read is listed all the same, so that it can be cleared', () => {
  const [kept] = keptIn(storageOf({ 'steady-state:tasks:queue': 'not JSON' }));
  expect(kept).toMatchObject({ kind: 'tasks', simulation: 'queue', count: 1 });
});

test('progress is gathered by simulation, with the names that hold it', () => {
  const progress = progressOf(
    keptIn(
      storageOf({
        'steady-state:tasks:queue': '["a","b"]',
        'steady-state:prediction:queue:one': '"x"',
        'steady-state:prediction:queue:two': '"y"',
        'steady-state:prediction:race:one': '"z"',
        'steady-state:theme': 'dark',
      }),
    ),
  );
  expect(progress).toEqual([
    {
      simulation: 'queue',
      tasks: 2,
      predictions: 2,
      keys: [
        'steady-state:prediction:queue:one',
        'steady-state:prediction:queue:two',
        'steady-state:tasks:queue',
      ],
    },
    {
      simulation: 'race',
      tasks: 0,
      predictions: 1,
      keys: ['steady-state:prediction:race:one'],
    },
  ]);
});
