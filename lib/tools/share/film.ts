/** Ten seconds of a run as a film: which moments its frames show, and in which form it is kept. */

/** Length of a film, real ms; a run that is over sooner is played slower. */
export const FILM_MS = 10_000;
export const FRAMES_PER_SECOND = 20;

interface FilmSpan {
  /** Simulated ms. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is filmed: from the moment on, at the speed of the figure; earlier if too little is left. */
export function filmSpan(t: number, speed: number, shownMs: number): FilmSpan {
  const lengthMs = Math.min(shownMs, speed * FILM_MS);
  const fromMs = Math.max(0, Math.min(t, shownMs - lengthMs));
  return { fromMs, toMs: fromMs + lengthMs };
}

/** The moment of each frame, the first and the last of the span included, simulated ms. */
export function filmMoments({ fromMs, toMs }: FilmSpan): readonly number[] {
  const last = (FILM_MS / 1000) * FRAMES_PER_SECOND;
  return Array.from({ length: last + 1 }, (_, i) => fromMs + ((toMs - fromMs) * i) / last);
}

/** Forms of WebM from the best on; a browser records some of them or none. */
export const FILM_TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'] as const;

/** Even, as encoders want it, and no larger than they manage while it is recorded. */
export function filmSize(
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, 1280 / width, 1600 / height);
  const even = (length: number): number => Math.max(2, 2 * Math.round((length * scale) / 2));
  return { width: even(width), height: even(height) };
}
