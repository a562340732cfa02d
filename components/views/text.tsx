/** Text, places and pieces of a drawing. Sizes and colours are those of views.css. */
import type { CSSProperties, ReactNode, SVGProps } from 'react';
import { percent } from '@/components/charts/scale';

/**
 * An SVG inside a view. The view is one picture with a name of its own, and all that it is made of
 * is part of it.
 */
export function Svg(props: SVGProps<SVGSVGElement>): ReactNode {
  return <svg {...props} />;
}

/** Width in px for which texts are cut: a phone's. */
export const NARROW_PX = 340;

/** px as they are written: to the half, which no eye tells from the exact place. */
export const px = (length: number): number => Math.round(length * 2) / 2;

interface SvgTextProps
  extends Omit<SVGProps<SVGTextElement>, 'className' | 'dy' | 'fill' | 'ref' | 'y'> {
  readonly y: number;
  /** Whether `y` is where the middle of the letters stands, and not their base line. */
  readonly centred?: boolean;
  readonly tone?: 'ink' | 'soft' | 'faint' | 'bad';
  /** Outlined in the colour of the paper, so that it can be read on top of lines. */
  readonly halo?: boolean;
  /** px; 11 unless it is said. */
  readonly fontSize?: number;
}

const TONES = { ink: 'v-ink', soft: '', faint: 'v-faint', bad: 'v-bad' } as const;
const ANCHORS: Readonly<Record<string, string>> = { middle: 'v-mid', end: 'v-end' };

export function SvgText({
  y,
  centred = false,
  tone = 'soft',
  halo = false,
  textAnchor = 'start',
  fontSize,
  fontWeight,
  ...rest
}: SvgTextProps): ReactNode {
  const classes = [
    TONES[tone],
    ANCHORS[textAnchor] ?? '',
    halo ? 'v-halo' : '',
    fontWeight === undefined ? '' : 'v-bold',
  ];
  return (
    <text
      className={classes.filter((name) => name !== '').join(' ') || undefined}
      y={px(centred ? y + (fontSize ?? 11) * 0.35 : y)}
      fontSize={fontSize}
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
    <Svg x={x} y={px(y)}>
      {children}
    </Svg>
  );
}

/**
 * A drawing in units of its own across and px down, stretched over the width. Strokes keep their
 * width.
 */
export function Stretched({
  units,
  height,
  pastShare,
  children,
}: {
  /** Width in the drawing's own units. */
  readonly units: number;
  readonly height: number;
  /** Share of the width that is past, if what is beyond it is drawn faintly. */
  readonly pastShare?: number;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Svg
      className={pastShare === undefined ? undefined : 'v-past'}
      style={
        pastShare === undefined ? undefined : ({ '--now': percent(pastShare) } as CSSProperties)
      }
      height={height}
      viewBox={`0 0 ${units} ${height}`}
      preserveAspectRatio="none"
    >
      {children}
    </Svg>
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
