/** What a sweep shows, in words: the same for those who see the chart and for those who do not. */
import { formatNumber, formatResult, formatValue } from '@/lib/simulation/format';
import type { Unit } from '@/lib/simulation/parameters';
import { type Curve, type CurvePanel, cliffOf, type SweepCurves } from './curves';
import type { Estimate } from './estimate';

/** A value of the axis. What a reader sets keeps its digits. */
export const axisText = (unit: Unit, value: number): string => formatValue(value, unit, 12);

/** Mean and 95 % interval: "80 ms ± 3"; a dash where there is none. */
export function estimateText(estimate: Estimate | null, unit: Unit): string {
  return estimate === null ? '–' : formatResult({ ...estimate, unit });
}

/** A change is told as "9-fold" from here on; below, both ends say more. */
const FOLD_MIN = 1.5;

/**
 * Where a curve has its cliff, as a sentence, or that it has none; null while the intervals that
 * would show it are missing, as they are with one seed.
 */
export function curveWords(
  curves: SweepCurves,
  panel: Pick<CurvePanel, 'label' | 'unit'>,
  curve: Curve,
): string | null {
  const { axis, values } = curves;
  const known = curve.flatMap((estimate, i) => {
    const at = values[i];
    return estimate?.value == null || estimate.halfWidth === null || at === undefined
      ? []
      : [{ at, value: estimate.value, halfWidth: estimate.halfWidth }];
  });
  const [first] = known;
  if (first === undefined || known.length < 3) return null;
  const least = known.reduce((a, b) => (b.value < a.value ? b : a), first);
  const greatest = known.reduce((a, b) => (b.value > a.value ? b : a), first);
  const text = (value: number): string => formatValue(value, panel.unit);
  if (greatest.value - least.value <= greatest.halfWidth + least.halfWidth) {
    return least.value === greatest.value
      ? `${panel.label} is ${text(least.value)} throughout.`
      : `${panel.label} lies between ${text(least.value)} and ${text(greatest.value)}: no difference beyond chance.`;
  }
  const cliff = cliffOf(curves, curve);
  if (cliff === null) {
    return `${panel.label} has no cliff: it lies between ${text(least.value)} (at ${axisText(axis.unit, least.at)}) and ${text(greatest.value)} (at ${axisText(axis.unit, greatest.at)}).`;
  }
  const [before, after] = [curve[cliff.from]?.value ?? 0, curve[cliff.to]?.value ?? 0];
  const where = `between ${axisText(axis.unit, values[cliff.from] ?? 0)} and ${axisText(axis.unit, values[cliff.to] ?? 0)}`;
  const ends = `from ${text(before)} to ${text(after)}`;
  const fold = after / before;
  if (after < before) return `${panel.label} falls ${ends} ${where}.`;
  if (before > 0 && fold >= FOLD_MIN)
    return `${panel.label} grows ${formatNumber(fold, 2)}-fold ${where}, ${ends}.`;
  return `${panel.label} rises ${ends} ${where}.`;
}

export interface SweepTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** All estimates: a row for each value, a column for each measure and variant. */
export function curvesTable({ axis, values, variants, panels }: SweepCurves): SweepTable {
  const columns = panels.flatMap((panel) =>
    panel.curves.map((curve, variant) => ({ panel, curve, variant })),
  );
  const nameOf = ({ panel, variant }: (typeof columns)[number]): string =>
    [
      ...(panels.length > 1 || variants.length === 1 ? [panel.label] : []),
      ...(variants.length > 1 ? [variants[variant]] : []),
    ].join(', ');
  return {
    caption: `${panels.map(({ label }) => label).join(' and ')} by ${axis.label.toLowerCase()}`,
    columns: [axis.label, ...columns.map(nameOf)],
    rows: values.map((value, i) => [
      axisText(axis.unit, value),
      ...columns.map(({ panel, curve }) => estimateText(curve[i] ?? null, panel.unit)),
    ]),
  };
}
