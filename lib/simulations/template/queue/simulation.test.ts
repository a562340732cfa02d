/**
 * What the contract test cannot know: the closed forms against published values, the run against
 * theory over independent seeds, and what a crash does. The declared checks QU1 to QU5 run there.
 */
import { describe, expect, test } from 'vitest';
import type { Recording } from '../../../kernel/recording';
import { Mean } from '../../../kernel/statistics';
import type { InterventionEvent } from '../../../simulation/definition';
import { tested } from '../../../simulation/test-races';
import { simulation } from './simulation';
import { erlangB, erlangC, lossWithRoom, meanWait } from './theory';

const { raceOf } = tested('template', 'queue', simulation);

/** The messages of a recording, in the order in which they were sent. */
function messagesOf({ messages, strings }: Recording) {
  return Array.from({ length: messages.length }, (_, i) => ({
    from: strings[messages.from[i] ?? 0] ?? '',
    to: strings[messages.to[i] ?? 0] ?? '',
    kind: strings[messages.kind[i] ?? 0] ?? '',
    label: strings[messages.label[i] ?? 0] ?? '',
    sentAt: messages.sentAt[i] ?? Number.NaN,
  }));
}

describe('closed forms', () => {
  test.each([
    // Traffic tables at 1 % loss, to their printed digits.
    { servers: 5, offered: 1.361, loss: 0.01 },
    { servers: 10, offered: 4.461, loss: 0.01 },
    { servers: 20, offered: 12.03, loss: 0.01 },
  ])('[QU3] Erlang B of $servers servers at $offered erlangs is $loss', (row) => {
    expect(erlangB(row)).toBeCloseTo(row.loss, 4);
  });

  test.each([
    { servers: 1, offered: 0.8, waits: 0.8, mean: 4 },
    { servers: 2, offered: 1.6, waits: 0.71111111, mean: 1.7777778 },
    { servers: 3, offered: 2.4, waits: 0.64719101, mean: 1.0786517 },
    { servers: 4, offered: 3.2, waits: 0.59643247, mean: 0.74554059 },
  ])('[QU1] Erlang C of $servers servers at $offered erlangs is $waits', (row) => {
    expect(erlangC(row)).toBeCloseTo(row.waits, 7);
    expect(meanWait(row)).toBeCloseTo(row.mean, 6);
  });

  test('[QU4] the loss of M/M/1/K has its known values', () => {
    expect(lossWithRoom({ offered: 0.5, room: 1 })).toBeCloseTo(1 / 3, 12);
    expect(lossWithRoom({ offered: 0.5, room: 5 })).toBeCloseTo(0.015873016, 9);
    expect(lossWithRoom({ offered: 1, room: 4 })).toBeCloseTo(1 / 5, 12);
  });
});

test('[QU1] over independent seeds the mean wait is that of Erlang C, within 4 standard errors', () => {
  const waitsMs = new Mean();
  const parameters = {
    servers: 3,
    arrivals: [{ atMs: 0, value: 10.5 }],
    meanServiceMs: 200,
  };
  for (let seed = 101; seed <= 112; seed++) {
    waitsMs.add(raceOf('disciplines', { seed, parameters }).value('fifo', 'wait.mean'));
  }
  const expectedMs = 200 * meanWait({ servers: 3, offered: 2.1 });
  expect(Math.abs(waitsMs.mean - expectedMs)).toBeLessThanOrEqual(4 * waitsMs.standardError);
  expect(waitsMs.standardError).toBeLessThan(0.02 * expectedMs);
});

test('customers are called in the order in which they came', () => {
  const messages = messagesOf(raceOf('rush').run('fifo').recording);
  const calls = messages.filter(({ from }) => from === 'line').map(({ label }) => label);
  const arrivals = messages.filter(({ from }) => from === 'door').map(({ label }) => label);
  expect(calls.length).toBeGreaterThan(50);
  expect(calls).toEqual(arrivals.slice(0, calls.length));
});

describe('a crash', () => {
  const crash = (at: number): InterventionEvent => ({
    at,
    kind: 'act',
    id: 'crash',
    target: 'server-2',
  });
  const repair = (at: number): InterventionEvent => ({
    at,
    kind: 'act',
    id: 'repair',
    target: 'server-2',
  });

  test('sends whom it hits back, to be served next', () => {
    const messages = messagesOf(
      raceOf('rush', { interventions: [crash(12_000)] }).run('fifo').recording,
    );
    const hit = messages.find(({ kind }) => kind === 'retried');
    expect(hit?.sentAt).toBe(12_000);
    const nextCall = messages.find(
      ({ from, kind, sentAt }) => from === 'line' && kind === 'accepted' && sentAt >= 12_000,
    );
    expect(nextCall?.label).toBe(hit?.label);
  });

  test('gives the server nobody until it is repaired', () => {
    const messages = messagesOf(
      raceOf('rush', { interventions: [crash(8000), repair(20_000)] }).run('fifo').recording,
    );
    const calls = messages.filter(({ to }) => to === 'server-2').map(({ sentAt }) => sentAt);
    expect(calls.filter((atMs) => atMs > 8000 && atMs < 20_000)).toEqual([]);
    // The line is not empty by then, so that the repaired server takes somebody at once.
    expect(calls).toContain(20_000);
  });

  test('of a server that is down already, and a repair of one that is up, are noted and change nothing', () => {
    const once = raceOf('rush', { interventions: [crash(8000)] });
    const twice = raceOf('rush', { interventions: [repair(4000), crash(8000), crash(9000)] });
    const notesOf = ({ notes, strings }: Recording) => [...notes.text].map((text) => strings[text]);
    expect(notesOf(twice.run('fifo').recording)).toEqual([
      'Server 2 needs no repair.',
      ...notesOf(once.run('fifo').recording),
      'Server 2 is down already.',
    ]);
    expect(messagesOf(twice.run('fifo').recording)).toEqual(messagesOf(once.run('fifo').recording));
    expect(twice.run('fifo').results).toEqual(once.run('fifo').results);
  });

  test('loses no customer: all who came are served, turned away, or still there', () => {
    const interventions = [crash(6000), repair(9000), crash(11_000), repair(25_000)];
    const { recording } = raceOf('rush', { interventions, parameters: { room: 5 } }).run('fifo');
    const messages = messagesOf(recording);
    const count = (matches: (message: (typeof messages)[number]) => boolean) =>
      messages.filter(matches).length;
    const walkMs = 300;
    const came = count(
      ({ from, sentAt }) => from === 'door' && sentAt + walkMs <= recording.shownMs,
    );
    const served = count(({ to }) => to === 'exit');
    const turnedAway = count(({ kind }) => kind === 'rejected');
    const last = (series: string) => {
      const { samples, strings } = recording;
      const values = [...samples.value].filter(
        (_, i) => strings[samples.series[i] ?? 0] === series,
      );
      return values.at(-1) ?? Number.NaN;
    };
    expect(turnedAway).toBeGreaterThan(0);
    expect(served + turnedAway + last('waiting') + last('busy')).toBe(came);
  });
});
