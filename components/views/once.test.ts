import { expect, it } from 'vitest';
import { indexRecording } from '@/lib/simulation/recording-index';
import { clockGrid, clockRecording, heapGrid } from './fixtures';
import { oncePerRun } from './once';

it('makes a thing once for each view of each run', () => {
  const first = indexRecording(clockRecording());
  const second = indexRecording(clockRecording());
  let made = 0;
  const thingOf = oncePerRun((view, index) => ({ view, index, made: ++made }));
  const pairs = [
    [clockGrid, first],
    [heapGrid, first],
    [clockGrid, second],
  ] as const;
  const things = pairs.map(([view, index]) => thingOf(view, index));
  expect(things).toEqual(pairs.map(([view, index], i) => ({ view, index, made: i + 1 })));
  for (const [i, [view, index]] of pairs.entries()) expect(thingOf(view, index)).toBe(things[i]);
  expect(made).toBe(3);
});
