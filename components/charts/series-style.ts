/** Colour and dash of the n-th series: two signs, so that neither is needed alone. */
interface SeriesStyle {
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

/** By the place of a fork, from 1; the original comes first and is whole. */
const FORK_DASHES = [undefined, '6 3', '2 2.5', '10 3 2 3', '3 5'] as const;

/** How the line of a fork is told from that of its original (null), whatever its colour. */
export function forkStyle(fork: number | null): Omit<SeriesStyle, 'colour'> {
  const place = fork ?? 0;
  return { className: `f-${place}`, dash: FORK_DASHES[place] };
}

/** From 0; after eight the styles repeat. */
export function seriesStyle(n: number): SeriesStyle {
  const i = n % DASHES.length;
  return { className: `c-${i + 1}`, colour: `var(--series-${i + 1})`, dash: DASHES[i] };
}
