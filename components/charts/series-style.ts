/** Colour and dash of the n-th series: two signs, so that neither is needed alone. */
export interface SeriesStyle {
  /** Gives a line colour and dash (views.css), where it is drawn by us. */
  readonly className: string;
  readonly colour: string;
  /** Undefined for a solid line. */
  readonly dash: string | undefined;
}

const DASHES = [
  undefined,
  '7 3',
  '2 2.5',
  '9 3 2 3',
  '5 2',
  '1.5 4',
  '12 4',
  '9 2 2 2 2 2',
] as const;

/** From 0; after eight the styles repeat. */
export function seriesStyle(n: number): SeriesStyle {
  const i = n % DASHES.length;
  return { className: `c-${i + 1}`, colour: `var(--series-${i + 1})`, dash: DASHES[i] };
}
