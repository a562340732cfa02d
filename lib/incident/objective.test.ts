import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordedUntil } from '@/lib/kernel/recorded-until';
import { Recorder } from '@/lib/kernel/recorder';
import { hashRecording } from '@/lib/kernel/recording';
import type { Objective } from '@/lib/simulation/incident';
import { indexRecording } from '@/lib/simulation/recording-index';
import { gradeOf } from './grade';
import { alertAt, mitigatedAt, standingAt, trackOf } from './objective';

const objective: Objective = {
  label: 'Requests answered',
  part: 'good',
  whole: ['good', 'failed'],
  leastPercent: 90,
  alertMs: 2000,
  holdMs: 3000,
};

/** A recording of one pair of samples a second: how many went well and how many failed. */
function recordingOf(seconds: readonly (readonly [good: number, failed: number])[]) {
  const recorder = new Recorder({ shownMs: seconds.length * 1000 });
  seconds.forEach(([good, failed], i) => {
    recorder.sample(i * 1000, 'good', good);
    recorder.sample(i * 1000, 'failed', failed);
  });
  return recorder.finish();
}
const trackOfSeconds = (seconds: Parameters<typeof recordingOf>[0]) =>
  trackOf(indexRecording(recordingOf(seconds)), objective);

const WELL = [10, 0] as const;
const ILL = [5, 5] as const;
const SILENT = [0, 0] as const;

describe('a promise', () => {
  test('is kept at its least share, and as it was where nothing ended', () => {
    const track = trackOfSeconds([[9, 1], [8, 2], SILENT, WELL, SILENT]);
    const kept = [0, 1, 2, 3, 4].map((s) => standingAt(track, objective, s * 1000));
    expect(kept.map(({ isKept }) => isKept)).toEqual([true, false, false, true, true]);
    expect(kept[2]).toEqual({ percent: 80, isKept: false, sinceMs: 1000 });
  });

  test('raises an alert when it has been broken for long enough without a pause', () => {
    expect(alertAt(trackOfSeconds([WELL, ILL, ILL, WELL, ILL, ILL, ILL]), objective)).toBe(6000);
    expect(alertAt(trackOfSeconds([WELL, ILL, ILL, WELL]), objective)).toBeNull();
  });

  test('counts as kept again from the beginning of the first stretch that is long enough', () => {
    const track = trackOfSeconds([ILL, ILL, ILL, WELL, WELL, ILL, WELL, WELL, WELL, WELL]);
    expect(mitigatedAt(track, objective, 2000)).toBe(6000);
    expect(
      mitigatedAt(trackOfSeconds([ILL, ILL, ILL, WELL, WELL, WELL]), objective, 2000),
    ).toBeNull();
  });

  test('is not kept again by what only puts off its breaking', () => {
    const again = [WELL, WELL, WELL, WELL, WELL, WELL];
    // Broken anew for as long as wakes somebody; a shorter break is none.
    expect(mitigatedAt(trackOfSeconds([ILL, ...again, ILL, ILL, ILL]), objective, 0)).toBeNull();
    expect(mitigatedAt(trackOfSeconds([ILL, ...again, ILL, ILL]), objective, 0)).toBe(1000);
    const later = [ILL, ...again, ILL, ILL, ILL, ...again];
    expect(mitigatedAt(trackOfSeconds(later), objective, 0)).toBe(10_000);
  });

  test('is never kept again before the alert', () => {
    const second = fc.constantFrom(WELL, ILL, SILENT);
    fc.assert(
      fc.property(fc.array(second, { maxLength: 40 }), (seconds) => {
        const track = trackOfSeconds(seconds);
        const alertMs = alertAt(track, objective);
        if (alertMs === null) return;
        const mitigatedMs = mitigatedAt(track, objective, alertMs);
        if (mitigatedMs === null) return;
        expect(mitigatedMs).toBeGreaterThan(alertMs);
        expect(standingAt(track, objective, mitigatedMs + objective.holdMs)).toMatchObject({
          isKept: true,
          sinceMs: mitigatedMs,
        });
      }),
      { seed: 1, numRuns: 400 },
    );
  });
});

describe('what is known at a moment', () => {
  test('is what a recording that ends there holds', () => {
    const seconds = [WELL, ILL, ILL, WELL, WELL, WELL, WELL] as const;
    const whole = recordingOf(seconds);
    for (const until of [0, 1, 3, 6]) {
      const known = trackOf(indexRecording(recordedUntil(whole, until * 1000)), objective);
      const alone = trackOfSeconds(seconds.slice(0, until + 1));
      expect(known).toEqual(alone);
    }
    expect(hashRecording(recordedUntil(whole, whole.shownMs))).toBe(hashRecording(whole));
  });
});

test('an earlier end is never graded worse, and none is the worst', () => {
  const order = ['swift', 'steady', 'slow', 'unmitigated'];
  const ms = fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null });
  const bounds = fc
    .tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 30_000 }))
    .map(([swiftMs, moreMs]) => ({ swiftMs, steadyMs: swiftMs + moreMs }));
  fc.assert(
    fc.property(ms, ms, bounds, (a, b, of) => {
      const isEarlier = a !== null && (b === null || a <= b);
      const [first, second] = isEarlier ? [a, b] : [b, a];
      expect(order.indexOf(gradeOf(first, of))).toBeLessThanOrEqual(
        order.indexOf(gradeOf(second, of)),
      );
      expect(gradeOf(null, of)).toBe('unmitigated');
    }),
    { seed: 1, numRuns: 400 },
  );
});
