import { expect, it } from 'vitest';
import { Recorder } from '@/lib/kernel/recorder';
import { fixtureOutcome } from './fixture';
import { ticksOf } from './ticks';

const recordings = fixtureOutcome().race.runs.map((run) => run.recording);

it('marks each place at which something happens once', () => {
  expect(ticksOf(recordings, 10_000, 20).events).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 19]);
  expect(ticksOf([...recordings, ...recordings], 10_000, 2).events).toEqual([0, 1]);
});

it('names the notes that are more than narration', () => {
  expect(ticksOf(recordings, 10_000, 100).notes).toEqual([
    { place: 60, tone: 'warning', text: 'The bucket is empty.' },
  ]);
});

it('of an empty recording are none', () => {
  const empty = new Recorder({ shownMs: 100 }).finish();
  expect(ticksOf([empty], 100, 10)).toEqual({ events: [], notes: [] });
});
