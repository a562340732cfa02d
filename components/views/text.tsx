/** Text and places inside a drawing. */
import type { ReactNode, SVGProps } from 'react';

export interface SvgTextProps extends Omit<SVGProps<SVGTextElement>, 'fill' | 'ref'> {
  readonly tone?: 'ink' | 'soft' | 'faint' | 'bad';
  /** Outlined in the colour of the paper, so that it can be read on top of lines. */
  readonly halo?: boolean;
}

const TONES = {
  ink: 'var(--ink)',
  soft: 'var(--ink-soft)',
  faint: 'var(--ink-faint)',
  bad: 'var(--outcome-failed)',
} as const;

/** The colour on which figures are drawn; a frame on another ground sets `--figure-paper`. */
export const PAPER = 'var(--figure-paper, var(--paper))';

export function SvgText({
  tone = 'soft',
  halo = false,
  fontSize = 11,
  ...rest
}: SvgTextProps): ReactNode {
  return (
    <text
      fill={TONES[tone]}
      fontSize={fontSize}
      className="font-ui tabular-nums"
      {...(halo
        ? { stroke: PAPER, strokeWidth: 3.5, strokeLinejoin: 'round', paintOrder: 'stroke' }
        : {})}
      {...rest}
    />
  );
}

/** Two lines for a label that is too long for one; cut with an ellipsis if two do not suffice. */
export function wrapped(text: string, lettersMax: number): readonly string[] {
  if (text.length <= lettersMax) return [text];
  const words = text.split(' ');
  let first = words[0] ?? '';
  let used = 1;
  while (used < words.length && `${first} ${words[used]}`.length <= lettersMax)
    first += ` ${words[used++]}`;
  const second = words.slice(used).join(' ');
  return [shortened(first, lettersMax), shortened(second, lettersMax)].filter(
    (line) => line !== '',
  );
}

export function shortened(text: string, lettersMax: number): string {
  return text.length <= lettersMax
    ? text
    : `${text.slice(0, Math.max(1, lettersMax - 1)).trimEnd()}…`;
}

/** Moves the origin to a place that is in percent across (or px) and in px down. */
export function At({
  x,
  y = 0,
  children,
}: {
  readonly x: string | number;
  readonly y?: number | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <svg x={x} y={y} overflow="visible" aria-hidden="true">
      {children}
    </svg>
  );
}

/**
 * A box of known height (px) for drawings that lie on each other. What moves inside lays out nothing
 * outside, which is what most of a frame's time would go into on a long page.
 */
export function Drawing({
  height,
  children,
}: {
  readonly height: number;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="fig-drawing" style={{ height }}>
      {children}
    </div>
  );
}
