/** Moments and stretches of a log in words; all in UTC, as they are read. */
import { formatValue } from '@/lib/simulation/format';

/** "2026-03-14 09:00:00.125": with as much of a second as there is. */
export function clockTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23).replace(/\.000$/, '')}`;
}

/** "from 2026-03-14 09:00:00 to 09:10:00 UTC (10 min)". */
export function stretchInWords(firstMs: number, lastMs: number): string {
  const [first, last] = [clockTime(firstMs), clockTime(lastMs)];
  const isOneDay = first.slice(0, 10) === last.slice(0, 10);
  return `from ${first} to ${isOneDay ? last.slice(11) : last} UTC (${formatValue(lastMs - firstMs, 'ms')})`;
}
