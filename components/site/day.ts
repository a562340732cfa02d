/** "2026-11-21" → "21 November 2026": a day of the calendar, in no time zone. */
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export function formatDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) throw new Error(`Expected a day as YYYY-MM-DD, got "${day}".`);
  return `${Number(date)} ${name} ${year}`;
}
