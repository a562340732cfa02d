import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import { hashRecording, type Recording } from '@/lib/kernel/recording';
import { firstDivergence } from './divergence';

/** What is written into a recording, at a whole number of ms. */
type Entry = readonly [atMs: number, what: (to: Recorder, at: number, open: Open) => void];
interface Open {
  readonly messages: number[];
  readonly spans: number[];
}

function recordingOf(entries: readonly Entry[], recordsMax?: number): Recording {
  const recorder = new Recorder({ shownMs: 100, recordsMax });
  const open: Open = { messages: [], spans: [] };
  for (const [at, write] of [...entries].sort((a, b) => a[0] - b[0])) write(recorder, at, open);
  return recorder.finish();
}

const at = fc.integer({ min: 0, max: 100 });
const name = fc.constantFrom('a', 'b');
const value = fc.integer({ min: 0, max: 2 });
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.tuple(at, name).map(([t, text]): Entry => [t, (to, now) => to.note(now, text)]),
  fc.tuple(at, name, value).map(
    ([t, who, label]): Entry => [
      t,
      (to, now, open) => {
        open.messages.push(
          to.message(now, {
            from: who,
            to: 'c',
            kind: 'sent',
            label: `${label}`,
            arrivesAt: now + 5,
          }),
        );
      },
    ],
  ),
  at.map(
    (t): Entry => [
      t,
      (to, now, open) => {
        const id = open.messages.shift();
        if (id !== undefined) to.lose(now, id);
      },
    ],
  ),
  fc.tuple(at, name).map(
    ([t, lane]): Entry => [
      t,
      (to, now, open) => {
        open.spans.push(to.begin(now, { lane, kind: 'work' }));
      },
    ],
  ),
  fc.tuple(at, fc.constantFrom('accepted' as const, 'failed' as const)).map(
    ([t, outcome]): Entry => [
      t,
      (to, now, open) => {
        const id = open.spans.shift();
        if (id !== undefined) to.end(now, id, outcome);
      },
    ],
  ),
  fc
    .tuple(at, name, fc.oneof(value, name))
    .map(([t, field, v]): Entry => [t, (to, now) => to.state(now, 'n', field, v)]),
  fc
    .tuple(at, name, value)
    .map(([t, series, v]): Entry => [t, (to, now) => to.sample(now, series, v)]),
);
const entries = fc.array(entry, { maxLength: 25 });

/** As the kernel defines it: two pasts are equal exactly if their prefixes are. */
const samePast = (a: Recording, b: Recording, t: number): boolean =>
  hashRecording(prefix(a, t)) === hashRecording(prefix(b, t));

describe('the first divergence', () => {
  it('is the moment up to which the pasts are equal, and after which they are not', () => {
    let parted = 0;
    fc.assert(
      fc.property(entries, entries, entries, (past, one, other) => {
        const first = recordingOf([...past, ...one]);
        const second = recordingOf([...past, ...other]);
        const found = firstDivergence(first, second);
        if (!found) {
          expect(samePast(first, second, 101)).toBe(true);
          return;
        }
        parted++;
        expect(samePast(first, second, found.atMs)).toBe(true);
        expect(samePast(first, second, found.atMs + 0.5)).toBe(false);
        expect(found.first ?? found.second).not.toBeNull();
        expect(found.first).not.toEqual(found.second);
      }),
      { numRuns: 2000 },
    );
    expect(parted).toBeGreaterThan(1000);
  });

  it('is the same seen from either side', () => {
    fc.assert(
      fc.property(entries, entries, (one, other) => {
        const first = recordingOf(one);
        const second = recordingOf(other);
        const there = firstDivergence(first, second);
        const back = firstDivergence(second, first);
        expect(back).toEqual(
          there && { atMs: there.atMs, first: there.second, second: there.first },
        );
      }),
    );
  });

  it('of a recording from itself there is none', () => {
    fc.assert(
      fc.property(entries, (one) => {
        expect(firstDivergence(recordingOf(one), recordingOf(one))).toBeNull();
      }),
    );
  });

  it('names of what parts at one moment that which tells most', () => {
    const first = recordingOf([[4, (to, now) => to.sample(now, 'queue', 1)]]);
    const second = recordingOf([
      [4, (to, now) => to.sample(now, 'queue', 2)],
      [4, (to, now) => to.state(now, 'server', 'health', 'off')],
      [4, (to, now) => to.note(now, 'The server crashes.', 'bad')],
    ]);
    expect(firstDivergence(first, second)).toEqual({
      atMs: 4,
      first: null,
      second: { kind: 'note', text: 'The server crashes.', tone: 'bad' },
    });
  });

  it('is not where one of them is merely cut short', () => {
    const notes = Array.from({ length: 20 }, (_, i): Entry => [i, (to, now) => to.note(now, 'a')]);
    expect(firstDivergence(recordingOf(notes), recordingOf(notes, 7))).toBeNull();
  });
});
