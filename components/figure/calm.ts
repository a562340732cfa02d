/** While the reader is in the middle of something (dragging a slider, typing), what can wait waits. */

/** Nothing was done for so long: the reader has come to an end, or to a pause. */
const QUIET_MS = 300;
/** Nobody waits for ever, however long something is dragged; a still that waits shows the same meanwhile. */
const PATIENCE_MS = 20_000;

const DEEDS = ['pointerdown', 'input'] as const;

let lastMs = Number.NEGATIVE_INFINITY;

/** Notes what the reader does from now on; the result ends that. */
export function watchReader(): () => void {
  const note = (): void => {
    lastMs = performance.now();
  };
  const options = { capture: true, passive: true };
  // Who presses is about to drag; what is begun then would come in the middle of it.
  for (const type of DEEDS) addEventListener(type, note, options);
  return () => {
    for (const type of DEEDS) removeEventListener(type, note, options);
  };
}

/** Resolves at once while the reader does nothing. */
export async function calm(): Promise<void> {
  const startedMs = performance.now();
  for (;;) {
    const nowMs = performance.now();
    const leftMs = lastMs + QUIET_MS - nowMs;
    if (leftMs <= 0 || nowMs - startedMs >= PATIENCE_MS) return;
    await new Promise((resolve) => setTimeout(resolve, leftMs));
  }
}
