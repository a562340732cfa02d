/**
 * The marks of the outcomes: one colour and one shape each, told apart at 8 px and without colour.
 * The same marks stand in the scene, the chart, the tables and the prose.
 */
import type { ReactNode } from 'react';
import { OUTCOMES, type Outcome } from '@/lib/kernel/outcomes';

/** The colour of an outcome, as a value for `fill`, `stroke` or `color`. */
export const outcomeColour = (outcome: Outcome): string => `var(--outcome-${outcome})`;

interface Shape {
  /** Outline in a square from −4 to 4. */
  readonly path: string;
  readonly drawn: 'filled' | 'hollow';
}

const CIRCLE = 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z';

const SHAPES = {
  sent: { path: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z', drawn: 'hollow' },
  accepted: { path: CIRCLE, drawn: 'filled' },
  queued: { path: 'M-3.2 -3.2h6.4v6.4h-6.4z', drawn: 'filled' },
  rejected: { path: 'M-3 -3L3 3M-3 3L3 -3', drawn: 'hollow' },
  failed: { path: 'M0 -3.9L4 3.2H-4z', drawn: 'filled' },
  retried: { path: 'M0 -4.2L4.2 0L0 4.2L-4.2 0z', drawn: 'filled' },
  expired: { path: 'M-3.4 -3.9H3.4L-3.4 3.9H3.4z', drawn: 'filled' },
  undone: { path: 'M2.4 -3.8L-2.4 0L2.4 3.8', drawn: 'hollow' },
  lost: { path: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM-4.4 4.4L4.4 -4.4', drawn: 'hollow' },
} as const satisfies Record<Outcome, Shape>;

/** The mark around the origin of the surrounding SVG, `size` px across. */
export function OutcomeGlyph({
  outcome,
  size = 8,
  opacity,
}: {
  readonly outcome: Outcome;
  readonly size?: number;
  readonly opacity?: number;
}): ReactNode {
  const shape: Shape = SHAPES[outcome];
  const colour = outcomeColour(outcome);
  const scale = size / 8;
  const hollow = shape.drawn === 'hollow';
  return (
    <path
      d={shape.path}
      transform={scale === 1 ? undefined : `scale(${scale})`}
      fill={hollow ? 'none' : colour}
      stroke={hollow ? colour : undefined}
      strokeWidth={hollow ? 1.8 : undefined}
      opacity={opacity}
    />
  );
}

/**
 * The mark as an image of its own: in a line of text (in em, so that it follows the font) or, with
 * `size` in px, wherever HTML stands. It is decoration beside the word that it marks unless it is
 * given a `title`.
 */
export function OutcomeMark({
  outcome,
  size,
  title,
}: {
  readonly outcome: Outcome;
  readonly size?: number;
  /** Stands for the mark where no word does; e.g. the label of the outcome. */
  readonly title?: string;
}): ReactNode {
  const side = size ?? '0.72em';
  const form = {
    viewBox: '-5 -5 10 10',
    width: side,
    height: side,
    className: 'inline-block shrink-0 overflow-visible align-[-0.02em]',
  };
  if (title === undefined)
    return (
      <svg {...form} aria-hidden="true">
        <OutcomeGlyph outcome={outcome} />
      </svg>
    );
  return (
    <svg {...form} role="img" aria-label={title}>
      <OutcomeGlyph outcome={outcome} />
    </svg>
  );
}

/** An outcome's name, for tables and descriptions. */
export const outcomeLabel = (outcome: Outcome): string => OUTCOMES[outcome].label;
