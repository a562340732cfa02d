/** Results of a fork held against those of its original: the same arrivals, so every difference counts. */
import { formatNumber, formatResultValue, formatValue } from '@/lib/simulation/format';
import type { Result } from '@/lib/simulation/measures';
import type { Unit } from '@/lib/simulation/parameters';

interface ComparedResult {
  /** The fork's own value with its unit; a dash where the run refuses it. */
  readonly value: string;
  /** Difference to the original with unit and sign, or why the fork has no value; empty if the original has none. */
  readonly difference: string;
  /** Whether that is an improvement; null if it is neither. */
  readonly isBetter: boolean | null;
}

export function comparedResult(original: Result, fork: Result): ComparedResult {
  const value = formatResultValue(fork);
  if (fork.value === null) return { value, difference: fork.refused ?? '', isBetter: null };
  if (original.value === null) return { value, difference: '', isBetter: null };
  const change = fork.value - original.value;
  if (change === 0) return { value, difference: 'no difference', isBetter: null };
  const size = sizeOf(Math.abs(change), fork.unit);
  return {
    value,
    difference: `${change > 0 ? '+' : '−'}${size}`,
    isBetter: fork.better === 'neither' ? null : change > 0 === (fork.better === 'higher'),
  };
}

/** Between two shares lie percentage points: 15 % and 16 % differ by one, and not by one per cent. */
const sizeOf = (change: number, unit: Unit): string =>
  unit === '%' ? `${formatNumber(change)}\u00a0points` : formatValue(change, unit);
