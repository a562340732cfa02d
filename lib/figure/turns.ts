/** Which of the figures on a page may move by themselves: one, the one that the reader looks at. */

/**
 * Share of a figure (or of the window, for a tall one) that must be in view. Small enough for one that
 * begins in the lower part of the first window: what moves there is its first view.
 */
const IN_VIEW = 0.2;

export interface TurnCandidate {
  readonly id: string;
  /** Share in view, 0 to 1. */
  readonly visible: number;
  readonly mode: 'waiting' | 'playing' | 'paused';
  readonly startedBy: 'page' | 'reader';
}

/**
 * The figure that may play without having been asked; null if none may.
 *
 * The present one keeps its turn while it is in view, so that scrolling by a few pixels does not
 * switch. Nothing moves by itself beside a figure that the reader has started.
 */
export function turn(candidates: readonly TurnCandidate[], present: string | null): string | null {
  const inView = candidates.filter((each) => each.visible >= IN_VIEW);
  if (inView.some((each) => each.mode === 'playing' && each.startedBy === 'reader')) return null;
  const willing = inView.filter((each) => each.mode !== 'paused');
  if (willing.some((each) => each.id === present)) return present;
  let best: TurnCandidate | undefined;
  for (const each of willing) if (!best || each.visible > best.visible) best = each;
  return best?.id ?? null;
}
