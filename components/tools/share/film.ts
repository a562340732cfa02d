/** Ten seconds of a run as a film, from frames that are drawn beforehand. */
import {
  FILM_MS,
  FILM_TYPES,
  FRAMES_PER_SECOND,
  filmMoments,
  filmSize,
  filmSpan,
} from '@/lib/tools/share/film';
import { type Picture, svgText } from '@/lib/tools/share/svg';
import { imageOf } from './raster';

/** The form in which this browser records films; null if in none. */
export function filmType(): string | null {
  if (typeof MediaRecorder === 'undefined' || !('captureStream' in HTMLCanvasElement.prototype))
    return null;
  return FILM_TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

interface Filming {
  readonly t: number;
  readonly speed: number;
  readonly shownMs: number;
  readonly draw: (t: number) => Picture;
  readonly faces: () => Promise<Parameters<typeof svgText>[1]>;
  /** How far it is, from 0 to 1. */
  readonly progress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Part of the work that is done when all frames are drawn and it comes to recording them. */
const DRAWN_SHARE = 0.5;

/**
 * @throws Error if the browser cannot record, and the signal's reason if it is cancelled
 */
export async function film(filming: Filming): Promise<Blob> {
  const { t, speed, shownMs, draw, progress, signal } = filming;
  const type = filmType();
  if (type === null) throw new Error('This browser cannot record WebM.');
  const moments = filmMoments(filmSpan(t, speed, shownMs));
  const drawn: Picture[] = [];
  for (const [i, moment] of moments.entries()) {
    await pause(0);
    signal.throwIfAborted();
    drawn.push(draw(moment));
    progress((DRAWN_SHARE * i) / moments.length);
  }
  const faces = await filming.faces();
  const frames = drawn.map((picture) => svgText(picture, faces));
  // Views may grow by a line: the tallest frame has to fit.
  const height = Math.max(...drawn.map((picture) => picture.height));
  const [first] = drawn;
  if (!first) throw new Error('Expected frames to record, got none.');
  const canvas = document.createElement('canvas');
  const size = filmSize(first.width, height);
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('This browser has no canvas to record from.');
  const scale = size.width / first.width;
  const paint = async (i: number): Promise<void> => {
    const image = await imageOf(frames[i] ?? '');
    context.fillStyle = first.paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, image.width * scale, image.height * scale);
  };

  await paint(0);
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 4_000_000 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise<void>((resolve, reject) => {
    recorder.onstop = () => resolve();
    recorder.onerror = () => reject(new Error('The browser gave up recording. Try again.'));
  });
  try {
    recorder.start();
    const startedMs = performance.now();
    // A recorder stamps what it sees with the time at which it sees it, so it is shown in real time;
    // a slow machine leaves out frames and not time.
    for (;;) {
      signal.throwIfAborted();
      const elapsedMs = performance.now() - startedMs;
      const share = Math.min(1, elapsedMs / FILM_MS);
      await paint(Math.round(share * (frames.length - 1)));
      progress(DRAWN_SHARE + (1 - DRAWN_SHARE) * share);
      if (share === 1) break;
      await pause(1000 / FRAMES_PER_SECOND - (performance.now() - startedMs - elapsedMs));
    }
  } finally {
    recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  }
  await ended;
  return new Blob(parts, { type: 'video/webm' });
}

/** Lets the page live meanwhile. */
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
