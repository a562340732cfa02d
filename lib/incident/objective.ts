/** Whether a promise to users is kept, moment by moment, read off a recording. */
import type { Objective } from '@/lib/simulation/incident';
import { countUntil, type RecordingIndex } from '@/lib/simulation/recording-index';

/** The share that the objective speaks of at each sample; where nothing ended, as it was before. */
export interface Track {
  /** Simulated ms, rising. */
  readonly at: Float64Array;
  /** 0 to 100. */
  readonly percent: Float64Array;
}

export function trackOf(index: RecordingIndex, { part, whole }: Objective): Track {
  const { at, value } = index.series(part);
  const percent = new Float64Array(at.length);
  let last = 100;
  for (let i = 0; i < at.length; i++) {
    const all = whole.reduce((sum, name) => sum + (index.valueAt(name, at[i] ?? 0) ?? 0), 0);
    if (all > 0) last = (100 * (value[i] ?? 0)) / all;
    percent[i] = last;
  }
  return { at, percent };
}

/** The promise at a moment. */
interface Standing {
  /** 0 to 100; as good as promised before the first sample. */
  readonly percent: number;
  readonly isKept: boolean;
  /** Since when it has been so without a pause, simulated ms. */
  readonly sinceMs: number;
}

export function standingAt({ at, percent }: Track, objective: Objective, t: number): Standing {
  const isKeptAt = (i: number): boolean => (percent[i] ?? 0) >= objective.leastPercent;
  let i = countUntil(at, t) - 1;
  if (i < 0) return { percent: 100, isKept: true, sinceMs: 0 };
  const isKept = isKeptAt(i);
  const now = percent[i] ?? 0;
  while (i > 0 && isKeptAt(i - 1) === isKept) i--;
  return { percent: now, isKept, sinceMs: at[i] ?? 0 };
}

/** When the promise has been broken for long enough to wake somebody; null if it never is. */
export function alertAt(track: Track, objective: Objective): number | null {
  const [begin] = stretches(track, objective, { isKept: false, fromMs: 0 });
  return begin === undefined ? null : begin + objective.alertMs;
}

/**
 * When the promise began to be kept again, and then was for as long as ends the incident, and not
 * broken any more for so long that somebody would be woken anew; null if that does not come about in
 * the recording. What only puts the failure off mitigates nothing.
 */
export function mitigatedAt(track: Track, objective: Objective, alertMs: number): number | null {
  const broken = stretches(track, objective, { isKept: false, fromMs: alertMs });
  const fromMs = broken.at(-1) ?? alertMs;
  return stretches(track, objective, { isKept: true, fromMs })[0] ?? null;
}

/** The beginnings of the stretches of samples from a moment on that are long enough. */
function stretches(
  { at, percent }: Track,
  { leastPercent, alertMs, holdMs }: Objective,
  { isKept, fromMs }: { readonly isKept: boolean; readonly fromMs: number },
): readonly number[] {
  const lengthMs = isKept ? holdMs : alertMs;
  const found: number[] = [];
  let begin: number | null = null;
  for (let i = 0; i < at.length; i++) {
    const now = at[i] ?? 0;
    if (now < fromMs) continue;
    if ((percent[i] ?? 0) >= leastPercent !== isKept) begin = null;
    else begin ??= now;
    if (begin !== null && begin !== found.at(-1) && now - begin >= lengthMs) found.push(begin);
  }
  return found;
}
