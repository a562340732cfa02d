/** What a sweep shows, in words: the same for those who see the chart and for those who do not. */
import { formatExact, formatNumber, formatResult, formatValue } from '@/lib/simulation/format';
import type { Unit } from '@/lib/simulation/parameters';
import { type Curve, type CurvePanel, cliffOf, type SweepCurves } from './curves';
import type { Estimate, SweepOutcome } from './estimate';
import type { SweepPlan } from './plan';
import type { SweepPlane } from './plane';

/** A value of the axis. What a reader sets keeps its digits. */
export const axisText = (unit: Unit, value: number): string => formatExact(value, unit);

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
    return text(least.value) === text(greatest.value)
      ? `${panel.label} is ${text(least.value)} throughout.`
      : `${panel.label} lies between ${text(least.value)} and ${text(greatest.value)}, whose intervals overlap.`;
  }
  const cliff = cliffOf(curves, curve);
  if (cliff === null) {
    return `No cliff in ${inSentence(panel.label)}: between ${text(least.value)} (at ${axisText(axis.unit, least.at)}) and ${text(greatest.value)} (at ${axisText(axis.unit, greatest.at)}).`;
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

/**
 * What all curves of a sweep say, most telling first: a sentence for each cliff, one for those without.
 * Empty while nothing is known beyond chance.
 */
export function sweepWords(curves: SweepCurves): readonly string[] {
  return curves.panels.flatMap((panel) => {
    const told = panel.curves.flatMap((curve, variant) => {
      const words = curveWords(curves, panel, curve);
      const hasCliff = cliffOf(curves, curve) !== null;
      return words === null ? [] : [{ title: curves.variants[variant] ?? '', words, hasCliff }];
    });
    if (curves.variants.length === 1) return told.map(({ words }) => words);
    const steep = told.filter(({ hasCliff }) => hasCliff);
    const others = told.filter(({ hasCliff }) => !hasCliff).map(({ title }) => title);
    return [
      ...steep.map(({ title, words }) => `${title}: ${words}`),
      ...(others.length === 0
        ? []
        : [
            `No cliff in ${inSentence(panel.label)}, for ${others.length === curves.variants.length ? 'any variant' : inOneLine(others)}.`,
          ]),
    ];
  });
}

const inOneLine = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** A name as it stands within a sentence: "HOT updates" and "P99" keep their capitals. */
const inSentence = (name: string): string =>
  /^\p{Lu}(\p{Ll}|$|\W)/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

/** "Wait, p99 and throughput by offered rate". */
export const sweepTitle = ({ axis, panels }: Pick<SweepCurves, 'axis' | 'panels'>): string => {
  const names = panels.map(({ label }, place) => (place === 0 ? label : inSentence(label)));
  return `${inOneLine(names)} by ${inSentence(axis.label)}`;
};

interface SweepTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** All estimates: a row for each value, a column for each measure and variant. */
export function curvesTable(curves: SweepCurves): SweepTable {
  const { axis, values, variants, panels } = curves;
  const columns = panels.flatMap((panel) =>
    panel.curves.map((curve, variant) => ({ panel, curve, variant })),
  );
  const nameOf = ({ panel, variant }: (typeof columns)[number]): string =>
    [
      ...(panels.length > 1 || variants.length === 1 ? [panel.label] : []),
      ...(variants.length > 1 ? [variants[variant]] : []),
    ].join(', ');
  return {
    caption: sweepTitle(curves),
    columns: [axis.label, ...columns.map(nameOf)],
    rows: values.map((value, i) => [
      axisText(axis.unit, value),
      ...columns.map(({ panel, curve }) => estimateText(curve[i] ?? null, panel.unit)),
    ]),
  };
}

/** Which settings nothing betters in both measures, variant by variant. */
export function frontWords({ axis, x, y, variants, points, front }: SweepPlane): string {
  if (front === null) {
    const [aimless] = [x, y].filter(({ better }) => better === 'neither');
    return `There is no front: of “${aimless?.label}” neither more nor less is better.`;
  }
  if (front.length === 0) return '';
  const settings = variants.flatMap((title, variant) => {
    const values = points
      .filter((point) => point.variant === variant && point.isFront)
      .map(({ value }) => axisText(axis.unit, value));
    if (values.length === 0) return [];
    return variants.length === 1 ? inOneLine(values) : `${title} at ${inOneLine(values)}`;
  });
  return `On the front, where nothing is better in both: ${settings.join('; ')}.`;
}

export function planeTable({ axis, x, y, variants, points }: SweepPlane): SweepTable {
  const isRace = variants.length > 1;
  return {
    caption: `${x.label} and ${inSentence(y.label)} by ${inSentence(axis.label)}`,
    columns: [axis.label, ...(isRace ? ['Variant'] : []), x.label, y.label, 'Front'],
    rows: points.map((point) => [
      axisText(axis.unit, point.value),
      ...(isRace ? [variants[point.variant] ?? ''] : []),
      estimateText(point.x, x.unit),
      estimateText(point.y, y.unit),
      point.isFront ? 'yes' : 'no',
    ]),
  };
}

/** Runs that failed, by their reason: at how many points, and what was said. */
export function failureWords(
  { x, y }: Pick<SweepPlan, 'x' | 'y'>,
  outcomes: readonly SweepOutcome[],
): readonly string[] {
  const points = new Map<string, Set<number>>();
  for (const outcome of outcomes) {
    if (!('error' in outcome)) continue;
    const cells = points.get(outcome.error) ?? new Set();
    points.set(outcome.error, cells.add(outcome.cell));
  }
  return [...points].map(([error, cells]) => {
    const [only, ...others] = [...cells];
    const value = x.values[(only ?? 0) % x.values.length];
    if (others.length > 0 || y !== null || value === undefined)
      return `At ${cells.size} ${cells.size === 1 ? 'point' : 'points'}: ${error}`;
    return `At ${formatNumber(value, 12)}: ${error}`;
  });
}
