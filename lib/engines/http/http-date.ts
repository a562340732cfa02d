import { FIRST_REQUEST_AT_MS } from './clock';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TIME = '(\\d\\d):(\\d\\d):(\\d\\d)';

/** The three formats of RFC 9110 section 5.6.7, each with the places of day, month, year and time. */
const FORMATS = [
  { pattern: new RegExp(`^\\w{3}, (\\d\\d) (\\w{3}) (\\d{4}) ${TIME} GMT$`), order: [1, 2, 3, 4] },
  { pattern: new RegExp(`^\\w+, (\\d\\d)-(\\w{3})-(\\d\\d) ${TIME} GMT$`), order: [1, 2, 3, 4] },
  { pattern: new RegExp(`^\\w{3} (\\w{3}) ([ \\d]\\d) ${TIME} (\\d{4})$`), order: [2, 1, 6, 3] },
] as const;

/** ms since 1970; null for what is no date of HTTP, which a recipient ignores. */
export function readHttpDate(text: string): number | null {
  for (const { pattern, order } of FORMATS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [day, name, year, time] = order;
    const month = MONTHS.indexOf(match[name] ?? '');
    if (month < 0) return null;
    const part = (at: number): number => Number(match[at]);
    const date = Date.UTC(
      fullYear(match[year] ?? ''),
      month,
      part(day),
      part(time),
      part(time + 1),
      part(time + 2),
    );
    // 31 June would be read as 1 July.
    return new Date(date).getUTCDate() === part(day) ? date : null;
  }
  return null;
}

/** Years that two digits may be ahead; further ahead, they are of the century before (RFC 9110 section 5.6.7). */
const YEARS_AHEAD_MAX = 50;

function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(FIRST_REQUEST_AT_MS).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + YEARS_AHEAD_MAX ? year - 100 : year;
}

/** IMF-fixdate, the format that is sent. */
export function httpDate(ms: number): string {
  return new Date(ms).toUTCString();
}
