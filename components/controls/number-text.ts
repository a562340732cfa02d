/** Numbers as a reader types them into a control. */
import { formatNumber, withUnit } from '@/lib/simulation/format';
import type {
  CountParameter,
  DurationParameter,
  QuantityParameter,
} from '@/lib/simulation/parameters';

export type NumberParameter = QuantityParameter | DurationParameter | CountParameter;

/** Unit beside the field, and how many of the parameter's own units it stands for. */
interface FieldUnit {
  readonly text: string;
  readonly factor: number;
}

/** A duration is typed in seconds where its range is one of seconds, otherwise in ms. */
export function fieldUnit(parameter: NumberParameter): FieldUnit {
  if (parameter.kind !== 'duration') return { text: parameter.unit, factor: 1 };
  return parameter.max >= 10_000 && parameter.step >= 50
    ? { text: 's', factor: 1000 }
    : { text: 'ms', factor: 1 };
}

/** The value as it stands in the field: all its digits, without unit. */
export function fieldText(parameter: NumberParameter, value: number): string {
  return formatNumber(value / fieldUnit(parameter).factor, 12);
}

/** From where to where it may be set, in the unit of the field: "0.1 to 10 s". */
export function boundsText(parameter: NumberParameter): string {
  const max = withUnit(fieldText(parameter, parameter.max), fieldUnit(parameter).text);
  return `${fieldText(parameter, parameter.min)} to ${max}`;
}

/** The longest of the texts that may come to stand in the field. */
export function widestText(parameter: NumberParameter): string {
  return [parameter.min, parameter.max, parameter.max - parameter.step]
    .map((value) => fieldText(parameter, value))
    .reduce((a, b) => (b.length > a.length ? b : a));
}

const SUFFIXES: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/**
 * What a typed text means, in the unit of the parameter: "340", "1,200", "1.5 s", "200ms"; null if
 * it is no number. Units other than those of time are read over.
 */
export function parseField(parameter: NumberParameter, text: string): number | null {
  const match = /^\s*([-−]?[\d,]*\.?\d+(?:e[-+]?\d+)?)\s*(\S*)\s*$/i.exec(text);
  if (!match) return null;
  const number = Number((match[1] ?? '').replaceAll(',', '').replace('−', '-'));
  if (!Number.isFinite(number)) return null;
  const suffix = (match[2] ?? '').toLowerCase();
  if (parameter.kind === 'duration') {
    if (suffix === '') return number * fieldUnit(parameter).factor;
    const factor = Object.hasOwn(SUFFIXES, suffix) ? SUFFIXES[suffix] : undefined;
    return factor === undefined ? null : number * factor;
  }
  const isUnit = suffix === '' || suffix === parameter.unit.toLowerCase() || suffix === '%';
  return isUnit ? number : null;
}
