/**
 * The marks of the outcomes: one colour and one shape each, told apart at 8 px and without colour.
 * The same marks stand in the scene, the chart, the tables and the prose.
 */
import type { ReactNode } from 'react';
import { OUTCOME_IDS, OUTCOMES, type Outcome } from '@/lib/kernel/outcomes';

const outcomeColour = (outcome: Outcome): string => `var(--outcome-${outcome})`;

/** The class that gives a line or an area the colour of an outcome (views.css). */
export const outcomeClass = (outcome: Outcome): string => `c-${outcome}`;

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

const idOf = (outcome: Outcome): string => `mark-${outcome}`;

/**
 * All marks, to stand once in a page: wherever one is drawn it is a reference to its form here. How
 * large they are drawn is said where they stand, by `--mark` (1 is 8 px across).
 */
export function OutcomeSheet(): ReactNode {
  return (
    <svg width="0" height="0" className="absolute" aria-hidden="true">
      {OUTCOME_IDS.map((outcome) => {
        const { path, drawn } = SHAPES[outcome];
        const colour = outcomeColour(outcome);
        return (
          <path
            key={outcome}
            id={idOf(outcome)}
            className="mark"
            d={path}
            {...(drawn === 'filled'
              ? { fill: colour }
              : { fill: 'none', stroke: colour, strokeWidth: 1.8 })}
          />
        );
      })}
    </svg>
  );
}

/** The mark at a place of the surrounding SVG: in percent across (or px), and in px down. */
export function OutcomeGlyph({
  outcome,
  x,
  y,
  opacity,
}: {
  readonly outcome: Outcome;
  readonly x?: string | number | undefined;
  readonly y?: number | undefined;
  readonly opacity?: number | undefined;
}): ReactNode {
  return <use href={`#${idOf(outcome)}`} x={x} y={y} opacity={opacity} />;
}

/**
 * The mark as an image of its own in a line of text, as large as the font asks for. It is decoration
 * beside the word that it marks unless it is given a `title`.
 */
export function OutcomeMark({
  outcome,
  title,
}: {
  readonly outcome: Outcome;
  /** Stands for the mark where no word does; e.g. the label of the outcome. */
  readonly title?: string;
}): ReactNode {
  if (title === undefined)
    return (
      <svg className="outcome" viewBox="-5 -5 10 10" aria-hidden="true">
        <OutcomeGlyph outcome={outcome} />
      </svg>
    );
  return (
    <svg className="outcome" viewBox="-5 -5 10 10" role="img" aria-label={title}>
      <OutcomeGlyph outcome={outcome} />
    </svg>
  );
}

/** An outcome's name, for tables and descriptions. */
export const outcomeLabel = (outcome: Outcome): string => OUTCOMES[outcome].label;
