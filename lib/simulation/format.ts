/**
 * Numbers as a reader meets them: in controls, tables, captions and prose. One place, so that a
 * value reads the same wherever it stands.
 */
import { grouped } from '../kernel/grouped';
import type { Race } from './definition';
import type { Measures, Result } from './measures';
import type { Parameter, ParameterValue, Schedule, Unit } from './parameters';

/** Stands between a number and its sign (ms, %, ±): narrow, and never broken at the end of a line. */
const NARROW_GAP = '\u202f';
/** Stands between a number and a word (requests): as wide as between words, and never broken either. */
export const WORD_GAP = '\u00a0';

/** Signs have three letters at most ("min"); words are longer. */
const isWord = (unit: string): boolean => /^[a-z]{4}/.test(unit);

/** A unit as shown, and by what a value is divided to be shown in it. */
interface Scale {
  readonly unit: string;
  readonly divisor: number;
}

const DURATIONS: readonly (Scale & { readonly from: number })[] = [
  { unit: 'h', divisor: 3_600_000, from: 7_200_000 },
  { unit: 'min', divisor: 60_000, from: 120_000 },
  { unit: 's', divisor: 1000, from: 1000 },
];

/** Multiples of 1000 (IEC 80000-13 keeps kB for these and KiB for multiples of 1024). */
const SIZES: readonly (Scale & { readonly from: number })[] = [
  { unit: 'GB', divisor: 1e9, from: 1e9 },
  { unit: 'MB', divisor: 1e6, from: 1e6 },
  { unit: 'kB', divisor: 1000, from: 1000 },
];

const larger = (unit: Unit): readonly (Scale & { readonly from: number })[] =>
  unit === 'ms' ? DURATIONS : unit === 'bytes' ? SIZES : [];

/** The scale in which a value of this size is read most easily. */
function scaleOf(value: number, unit: Unit): Scale {
  const size = Math.abs(value);
  return larger(unit).find((step) => size >= step.from) ?? { unit, divisor: 1 };
}

/** The largest scale in which a value has few decimals, and so can be given in full. */
function exactScaleOf(value: number, unit: Unit): Scale {
  const size = Math.abs(value);
  const isShort = ({ divisor }: Scale): boolean => /^\d+(\.\d{1,3})?$/.test(`${size / divisor}`);
  return larger(unit).find((step) => size >= step.from && isShort(step)) ?? { unit, divisor: 1 };
}

/**
 * A bare number with at most `digits` significant digits; whole digits are never rounded away and
 * zeros at the end are left off: 1234.5 → "1,235", 41.66 → "41.7", 0.5 → "0.5".
 *
 * @param digits from 1 to 15
 */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  // Beyond 21 digits JavaScript itself writes an exponent, and so do we.
  if (size >= 1e21) return `${value < 0 ? '−' : ''}${size.toExponential(digits - 1)}`;
  const wholeDigits = size < 1 ? 0 : Math.trunc(size).toString().length;
  // What is below a thousandth of the last digit anyone reads is shown as 0.
  const text =
    wholeDigits >= digits
      ? Math.round(size).toString()
      : Number(size.toPrecision(digits)).toFixed(Math.min(20, decimals(size, digits)));
  const [integer = '0', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  const shown = kept === '' ? grouped(integer) : `${grouped(integer)}.${kept}`;
  return value < 0 && shown !== '0' ? `−${shown}` : shown;
}

/** Decimals that `digits` significant digits of `size` reach to. */
function decimals(size: number, digits: number): number {
  if (size === 0) return 0;
  const exponent = Number(size.toExponential().split('e')[1]);
  return Math.max(0, digits - 1 - exponent);
}

/** "requests" → "request", for exactly one of them. */
function singular(unit: string): string {
  return unit.replace(/^queries/, 'query').replace(/^([a-z]{2,})s(?=\/|$)/, '$1');
}

/**
 * A number as text and its unit, which is singular beside "1": "1 request", "1,200 requests", "10 s".
 * They are joined as `formatValue` joins them.
 */
export function withUnit(number: string, unit: string): string {
  if (unit === '') return number;
  return `${number}${isWord(unit) ? WORD_GAP : NARROW_GAP}${number === '1' ? singular(unit) : unit}`;
}

/**
 * A value with its unit, joined by a no-break space, which is narrow before a sign: "1.97 ×",
 * "340 ms", "41.7 %", and as wide as any before a word: "12 requests/s". Durations (unit ms) and bytes move to the larger unit that fits.
 *
 * @param value in `unit`; a share is already in per cent
 * @param digits significant digits, from 1 to 15
 */
export function formatValue(value: number, unit: Unit, digits = 3): string {
  const { unit: shown, divisor } = scaleOf(value, unit);
  return withUnit(formatNumber(value / divisor, digits), shown);
}

/**
 * A value that somebody has set, with all its digits (up to 12), in the largest unit in which they are
 * few: "2.5 min", but "244 s".
 */
export function formatExact(value: number, unit: Unit): string {
  const { unit: shown, divisor } = exactScaleOf(value, unit);
  return withUnit(formatNumber(value / divisor, 12), shown);
}

/** Whether a label says its unit: “Jobs waiting” does, in jobs, and “Longest wait” does not, in s. */
export function saysUnit(label: string, unit: string): boolean {
  // As words: the letter s is in nearly every label, and says nothing about seconds.
  const words = (text: string): string =>
    ` ${text
      .toLowerCase()
      .split(/[\s,()]+/)
      .join(' ')} `;
  const spelt = unit.replace(/\/s$/, ' per second');
  return unit === '' || [unit, spelt].some((said) => words(label).includes(words(said)));
}

/** What the results of a race are over: "the whole run of 40 s", "a run of 80 s without its first 20 s". */
export function formatSpan({
  measuredMs,
  warmUpMs,
}: Pick<Race, 'measuredMs' | 'warmUpMs'>): string {
  const length = formatValue(measuredMs, 'ms');
  return warmUpMs > 0
    ? `a run of ${length} without its first ${formatValue(warmUpMs, 'ms')}`
    : `the whole run of ${length}`;
}

/** Values over time in one line: "5 requests/s; from 2 s 20 requests/s". */
function formatSchedule(schedule: Schedule, unit: Unit): string {
  return schedule
    .map(({ atMs, value }, index) =>
      index === 0
        ? formatValue(value, unit)
        : `from ${formatValue(atMs, 'ms')} ${formatValue(value, unit)}`,
    )
    .join('; ');
}

/** The unit in which a parameter's numbers are declared. */
export function unitOf(parameter: Parameter): Unit {
  switch (parameter.kind) {
    case 'duration':
      return 'ms';
    case 'quantity':
    case 'count':
    case 'schedule':
      return parameter.unit;
    case 'choice':
    case 'switch':
      return '';
    default:
      return parameter satisfies never;
  }
}

/** The word for a number that is no amount: “never”. Undefined for all others. */
export function wordOf(parameter: Parameter, value: number): string | undefined {
  if (!('step' in parameter) || parameter.kind === 'schedule') return undefined;
  if (value === 0 && parameter.zero !== undefined) return parameter.zero;
  return value === parameter.max ? parameter.end : undefined;
}

/**
 * A parameter's value in words: a number with its unit, the name of the option, on or off, the steps
 * of a schedule.
 *
 * Parameters are what the reader sets, so their numbers keep all their digits (up to 12).
 */
export function formatParameter(parameter: Parameter, value: ParameterValue): string {
  if (Array.isArray(value)) return formatSchedule(value as Schedule, unitOf(parameter));
  if (typeof value === 'number')
    return wordOf(parameter, value) ?? formatExact(value, unitOf(parameter));
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (parameter.kind === 'choice' && Object.hasOwn(parameter.options, value as string))
    return parameter.options[value as string]?.label ?? String(value);
  return String(value);
}

/** A parameter with its value, which says no unit that the label has said: "Workers (4)", "Timeout (2 s)". */
export function formatLabelled(parameter: Parameter, value: ParameterValue): string {
  const { label } = parameter;
  const isSaid = typeof value === 'number' && saysUnit(label, unitOf(parameter));
  const text = isSaid ? (wordOf(parameter, value) ?? formatNumber(value, 12)) : undefined;
  return `${label} (${text ?? formatParameter(parameter, value)})`;
}

/** A value with its error, whether of one run or of many. */
type Estimated = Pick<Result, 'value' | 'unit' | 'halfWidth' | 'refused'>;

/** The value of a result with its unit; a dash if the run refuses it (`Result.refused` says why). */
export function formatResultValue(result: Pick<Result, 'value' | 'unit'>, digits = 3): string {
  return result.value === null ? '–' : formatValue(result.value, result.unit, digits);
}

/** What exactly a result says, in a sentence: that of the measure which gives it. */
export function describeResult(measures: Measures, { id }: Pick<Result, 'id'>): string | undefined {
  const [measure = id] = id.split('.');
  return measures[measure]?.describe;
}

/**
 * The half-width of the 95 % interval of a result, in the unit that its value is shown in: "± 1.2";
 * null if the run gives none.
 */
export function formatError(result: Estimated): string | null {
  const { value, halfWidth, unit } = result;
  if (value === null || halfWidth === null || !Number.isFinite(halfWidth)) return null;
  return `±${NARROW_GAP}${formatNumber(halfWidth / scaleOf(value, unit).divisor, 2)}`;
}

/** Value and error in one: "41.7 % ± 1.2". */
export function formatResult(result: Estimated, digits = 3): string {
  const error = formatError(result);
  const value = formatResultValue(result, digits);
  return error === null ? value : `${value}${NARROW_GAP}${error}`;
}

/**
 * The unit in which a whole column of results is shown, so that its numbers can be compared at a
 * glance: that of the largest.
 */
export function columnScale(results: readonly Result[]): Scale {
  const largest = Math.max(0, ...results.map(({ value }) => Math.abs(value ?? 0)));
  return scaleOf(largest, results[0]?.unit ?? '');
}

/** How fast simulated time passes against the reader's: "12×" faster, "1/20×" or "0.75×" slower. */
export function formatSpeed(speed: number): string {
  const slowness = Math.round(1 / speed);
  const isFraction = speed < 1 && Math.abs(slowness * speed - 1) < 0.02;
  return isFraction ? `1/${formatNumber(slowness, 2)}×` : `${formatNumber(speed, 2)}×`;
}

const twoDigits = (number: number | string): string => `${Number(number) < 10 ? '0' : ''}${number}`;

/**
 * A moment on a clock that shows up to `spanMs`: always in the unit of the whole span and with the
 * same number of decimals, so that a running clock does not change its width. Where lengths of this
 * size are told in minutes or hours, the clock counts minutes and seconds as well.
 *
 * @param t simulated ms
 * @param spanMs length of what is shown, simulated ms
 */
export function formatMoment(t: number, spanMs: number): string {
  const { unit, divisor } = scaleOf(spanMs, 'ms');
  if (divisor >= 60_000) {
    // A play-head over more than ten minutes does not tell tenths of a second apart.
    const stepMs = spanMs < 600_000 ? 100 : 1000;
    const shown = Math.round(t / stepMs) * stepMs;
    const minutes = Math.floor(shown / 60_000);
    const seconds = ((shown % 60_000) / 1000).toFixed(stepMs < 1000 ? 1 : 0);
    return [
      ...(unit === 'h' ? [`${grouped(String(Math.floor(minutes / 60)))}${NARROW_GAP}h`] : []),
      `${unit === 'h' ? twoDigits(minutes % 60) : minutes}${NARROW_GAP}min`,
      `${twoDigits(seconds)}${NARROW_GAP}s`,
    ].join(WORD_GAP);
  }
  const span = spanMs / divisor;
  const places = span >= 100 ? 1 : span >= 10 ? 2 : 3;
  const [integer = '0', fraction = ''] = (t / divisor).toFixed(places).split('.');
  return `${grouped(integer)}.${fraction}${NARROW_GAP}${unit}`;
}
