import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOME_IDS, type Outcome } from '../kernel/outcomes';
import { prefix, Recorder } from '../kernel/recorder';
import { countUntil, indexRecording } from './recording-index';

function example() {
  const recorder = new Recorder({ shownMs: 1000 });
  recorder.message(0, { from: 'a', to: 'b', kind: 'sent', label: 'first', arrivesAt: 100 });
  recorder.state(10, 'b', 'level', 3);
  recorder.sample(20, 'load', 5);
  const doomed = recorder.message(50, { from: 'a', to: 'b', kind: 'sent', arrivesAt: 150 });
  recorder.lose(90, doomed);
  recorder.sample(100, 'load', 2);
  recorder.message(100, { from: 'b', to: 'c', kind: 'accepted', arrivesAt: 1400 });
  recorder.state(200, 'b', 'level', 'off');
  recorder.note(300, 'It broke.', 'bad');
  const open = recorder.begin(400, { lane: 'b', kind: 'service' });
  recorder.end(500, open, 'failed');
  recorder.begin(600, { lane: 'b', kind: 'service' });
  return indexRecording(recorder.finish());
}

describe('a recording index', () => {
  it('counts a fact from its own moment on', () => {
    const index = example();
    expect(index.valueAt('load', 19.999)).toBeUndefined();
    expect(index.valueAt('load', 20)).toBe(5);
    expect(index.valueAt('load', 99)).toBe(5);
    expect(index.valueAt('load', 100)).toBe(2);
    expect(index.stateAt('b', 'level', 9)).toBeUndefined();
    expect(index.stateAt('b', 'level', 199)).toBe(3);
    expect(index.stateAt('b', 'level', 200)).toBe('off');
    expect(index.noteCount(299)).toBe(0);
    expect(index.note(index.noteCount(300) - 1)).toMatchObject({ text: 'It broke.', tone: 'bad' });
  });

  it('finds the nodes of a field in the order in which they were first heard of', () => {
    const recorder = new Recorder({ shownMs: 10 });
    recorder.state(0, 'b', 'owner', 'x');
    recorder.state(1, 'c', 'level', 1);
    recorder.state(2, 'a', 'owner', 'y');
    recorder.state(3, 'b', 'owner', 'y');
    const index = indexRecording(recorder.finish());
    expect(index.nodesWith('owner')).toEqual(['b', 'a']);
    expect(index.nodesWith('nothing')).toEqual([]);
  });

  it('knows of which span another is a part', () => {
    const recorder = new Recorder({ shownMs: 10 });
    const whole = recorder.begin(0, { lane: 'a', kind: 'request' });
    recorder.begin(1, { lane: 'b', kind: 'call', parent: whole });
    const index = indexRecording(recorder.finish());
    expect([0, 1].map((row) => index.span(row).parent)).toEqual([-1, 0]);
  });

  it('knows nothing of names that do not occur', () => {
    const index = example();
    expect(index.series('nothing').at).toHaveLength(0);
    expect(index.stateAt('b', 'nothing', 1000)).toBeUndefined();
    expect(index.messages({ from: 'nobody' })).toHaveLength(0);
    expect(index.arrivedCount('nobody', 'sent', 1000)).toBe(0);
    expect(index.kindsAt('nobody')).toEqual([]);
  });

  it('sees a message under way until it arrives or is lost', () => {
    const index = example();
    expect(index.inFlight(0)).toEqual([0]);
    expect(index.inFlight(60)).toEqual([0, 1]);
    expect(index.inFlight(90)).toEqual([0]);
    expect(index.inFlight(100)).toEqual([2]);
    expect(index.underWay(80, 120)).toEqual([0, 1, 2]);
    expect(index.message(0)).toMatchObject({ from: 'a', to: 'b', label: 'first', arrivesAt: 100 });
  });

  it('keeps a lost message in sight for a share of its flight', () => {
    const index = example();
    expect(index.justLost(89, 0.5)).toEqual([]);
    expect(index.justLost(90, 0.5)).toEqual([1]);
    expect(index.justLost(139, 0.5)).toEqual([1]);
    expect(index.justLost(140, 0.5)).toEqual([]);
    expect([...index.lostUntil(90)]).toEqual([1]);
  });

  it('counts what was sent and what arrived, without what was lost', () => {
    const index = example();
    expect(index.sentCount({ from: 'a' }, 50)).toBe(2);
    expect(index.sentCount({ to: 'c', kind: 'accepted' }, 99)).toBe(0);
    expect(index.arrivedCount('b', 'sent', 99)).toBe(0);
    expect(index.arrivedCount('b', 'sent', 1000)).toBe(1);
    expect(index.kindsAt('c')).toEqual(['accepted']);
    expect(index.presentAt('b', 100)).toBe(0);
    expect(index.presentAt('a', 1000)).toBe(0);
  });

  it('finds spans that touch a stretch of time, open ones included', () => {
    const index = example();
    expect(index.spansWithin(0, 399)).toEqual([]);
    expect(index.spansWithin(450, 460)).toEqual([0]);
    expect(index.spansWithin(500, 700)).toEqual([1]);
    expect(index.span(1).end).toBeNaN();
    expect(index.span(0).outcome).toBe('failed');
  });

  it('steps from event to event and stops at both ends', () => {
    const index = example();
    const forwards: number[] = [];
    for (let t = 0; t < index.shownMs; t = index.momentAfter(t)) forwards.push(t);
    expect(forwards).toEqual([0, 10, 50, 90, 100, 200, 300, 400, 500, 600]);
    expect(index.momentAfter(1000)).toBe(1000);
    const backwards: number[] = [];
    for (let t = 1000; t > 0; t = index.momentBefore(t)) backwards.push(t);
    expect(backwards).toEqual([1000, 600, 500, 400, 300, 200, 100, 90, 50, 10]);
    expect(index.momentBefore(0)).toBe(0);
  });

  it('steps through samples where nothing else is recorded', () => {
    const recorder = new Recorder({ shownMs: 10 });
    recorder.sample(2, 'load', 1);
    recorder.sample(4, 'load', 2);
    const index = indexRecording(recorder.finish());
    expect(index.momentAfter(2)).toBe(4);
    expect(index.momentBefore(4)).toBe(2);
  });
});

interface Step {
  readonly gapMs: number;
  readonly flightMs: number;
  readonly lostAfter: number | null;
  readonly kind: Outcome;
  readonly value: number;
}

const steps = fc.array(
  fc.record<Step>({
    gapMs: fc.integer({ min: 0, max: 20 }),
    flightMs: fc.integer({ min: 0, max: 60 }),
    lostAfter: fc.option(fc.integer({ min: 0, max: 60 })),
    kind: fc.constantFrom(...OUTCOME_IDS),
    value: fc.integer({ min: -5, max: 5 }),
  }),
  { maxLength: 300 },
);

function recordingOf(made: readonly Step[]) {
  const recorder = new Recorder({ shownMs: 2000 });
  let at = 0;
  for (const { gapMs, flightMs, lostAfter, kind, value } of made) {
    at += gapMs;
    const id = recorder.message(at, { from: 'a', to: 'b', kind, arrivesAt: at + flightMs });
    if (lostAfter !== null) recorder.lose(at + lostAfter, id);
    recorder.state(at, 'b', 'level', value);
    recorder.sample(at, 'load', value);
  }
  return recorder.finish();
}

describe('whatever was recorded', () => {
  it('finds the same messages as a look at every one of them', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 2000 }), (made, t) => {
        const index = indexRecording(recordingOf(made));
        const rows = [...index.messages({})];
        const under = rows.filter((row) => {
          const { sentAt, arrivesAt, lostAt } = index.message(row);
          return sentAt <= t && arrivesAt > t && !(lostAt <= t);
        });
        expect(index.inFlight(t)).toEqual(under);
        const arrived = rows.filter((row) => {
          const { arrivesAt, lostAt } = index.message(row);
          return arrivesAt <= t && !(lostAt < arrivesAt);
        });
        const counted = index
          .kindsAt('b')
          .reduce((sum, kind) => sum + index.arrivedCount('b', kind, t), 0);
        expect(counted).toBe(arrived.length);
      }),
    );
  });

  it('answers about the past from the past alone', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 1500 }), (made, t) => {
        const whole = indexRecording(recordingOf(made));
        // Times are whole, so half a millisecond later the facts of `t` itself are in the prefix.
        const past = indexRecording(prefix(recordingOf(made), t + 0.5));
        expect(past.inFlight(t)).toEqual(whole.inFlight(t));
        expect(past.justLost(t, 0.5)).toEqual(whole.justLost(t, 0.5));
        expect([...past.lostUntil(t)]).toEqual([...whole.lostUntil(t)]);
        expect(past.valueAt('load', t)).toBe(whole.valueAt('load', t));
        expect(past.stateAt('b', 'level', t)).toBe(whole.stateAt('b', 'level', t));
        expect(past.presentAt('b', t)).toBe(whole.presentAt('b', t));
        for (const kind of OUTCOME_IDS) {
          expect(past.arrivedCount('b', kind, t)).toBe(whole.arrivedCount('b', kind, t));
          expect(past.sentCount({ to: 'b', kind }, t)).toBe(whole.sentCount({ to: 'b', kind }, t));
        }
        expect(past.momentBefore(t)).toBe(whole.momentBefore(t));
      }),
    );
  });

  it('counts the values up to a bound as a filter would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 })),
        fc.integer({ min: -1, max: 31 }),
        (values, bound) => {
          const column = Float64Array.from(values).sort();
          expect(countUntil(column, bound)).toBe(values.filter((value) => value <= bound).length);
        },
      ),
    );
  });
});
