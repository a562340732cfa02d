/** Times as logs write them: dates with or without a zone, and numbers since 1970. */

export type EpochUnit = 's' | 'ms' | 'us' | 'ns';

/** How the times of a log are to be read. */
export type TimeNotation =
  /** `2026-11-21T10:00:00.5+01:00` and its relatives, `21/Nov/2026:10:00:00 +0100`. */
  | {
      readonly kind: 'date' /** Minutes east of UTC, for times that name no zone. */;
      readonly offsetMinutes: number;
    }
  /** A number since 1970, or since any other moment: only distances count. */
  | { readonly kind: 'epoch'; readonly unit: EpochUnit };

/** Epoch ms of a text; NaN if the text is no such time. */
type TimeReader = (text: string) => number;

const MS: Readonly<Record<EpochUnit, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

export function timeReader(notation: TimeNotation): TimeReader {
  if (notation.kind === 'date') return dateReader(notation.offsetMinutes);
  const factor = MS[notation.unit];
  // Dividing by a whole number rounds once; multiplying by 0.001 would twice.
  return factor >= 1
    ? (text) => numberOf(text) * factor
    : (text) => numberOf(text) / Math.round(1 / factor);
}

/** The unit in which this number would be a moment of our time; `s` if it would be in none. */
export function epochUnitOf(value: number): EpochUnit {
  if (value >= 1e17) return 'ns';
  if (value >= 1e14) return 'us';
  return value >= 1e11 ? 'ms' : 's';
}

/** Epoch ms of the years that four digits tell: 0000 and those after it, before 10000. */
const [FIRST_MS, END_MS] = [Date.parse('0000-01-01T00:00:00Z'), Date.UTC(10_000, 0)];

/** Whether it is a moment of a log; a number that was read in a wrong unit may be none. */
export function isMoment(epochMs: number): boolean {
  return epochMs >= FIRST_MS && epochMs < END_MS;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A decimal number; NaN for anything else. */
export function numberOf(text: string): number {
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Reads dates; remembers the last day, since the next line is nearly always of the same. */
function dateReader(offsetMinutes: number): TimeReader {
  let lastDay = '';
  let lastDayMs = Number.NaN;
  const dayOf = (text: string): number => {
    const day = text.slice(0, text.charCodeAt(2) === SLASH ? 11 : 10);
    if (day === lastDay) return lastDayMs;
    const ms = dayMs(day);
    // A copy: a piece of the text would keep the whole of it in memory.
    if (!Number.isNaN(ms)) [lastDay, lastDayMs] = [day, ms];
    return ms;
  };
  return (text) => {
    const isCommon = text.charCodeAt(2) === SLASH;
    const ms = dayOf(text);
    if (Number.isNaN(ms)) return ms;
    const start = isCommon ? 12 : 11;
    const separator = text.charCodeAt(start - 1);
    if (isCommon ? separator !== COLON : separator !== LETTER_T && separator !== SPACE)
      return Number.NaN;
    return ms + clockMs(text, start, offsetMinutes);
  };
}

const SLASH = 0x2f;
const COLON = 0x3a;
const DASH = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const COMMA = 0x2c;
const SPACE = 0x20;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/** Midnight UTC of `2026-11-21`, `2026/11/21` or `21/Nov/2026`. */
function dayMs(day: string): number {
  let year: number;
  let month: number;
  let date: number;
  if (day.length === 11) {
    const place = MONTHS.indexOf(day.slice(3, 6));
    if (place < 0 || place % 3 !== 0 || day.charCodeAt(6) !== SLASH) return Number.NaN;
    [date, month, year] = [digits(day, 0, 2), place / 3 + 1, digits(day, 7, 4)];
  } else {
    const mark = day.charCodeAt(4);
    if ((mark !== DASH && mark !== SLASH) || day.charCodeAt(7) !== mark) return Number.NaN;
    [year, month, date] = [digits(day, 0, 4), digits(day, 5, 2), digits(day, 8, 2)];
  }
  const ms = Date.UTC(year, month - 1, date);
  // A 31st of June rolls over into July: such a day is none.
  return new Date(ms).getUTCDate() === date && month >= 1 && month <= 12 ? ms : Number.NaN;
}

/** Ms since midnight UTC of `10:00:00.5+01:00` from `start` to the end of the text. */
function clockMs(text: string, start: number, offsetMinutes: number): number {
  const hour = digits(text, start, 2);
  const minute = digits(text, start + 3, 2);
  if (!(hour <= 23 && minute <= 59) || text.charCodeAt(start + 2) !== COLON) return Number.NaN;
  let at = start + 5;
  let seconds = 0;
  if (text.charCodeAt(at) === COLON) {
    seconds = digits(text, at + 1, 2);
    // A leap second is written as 60.
    if (!(seconds <= 60)) return Number.NaN;
    at += 3;
    const mark = text.charCodeAt(at);
    if (mark === DOT || mark === COMMA) {
      let end = at + 1;
      while (isDigit(text.charCodeAt(end))) end++;
      if (end === at + 1) return Number.NaN;
      seconds += Number(`0.${text.slice(at + 1, end)}`);
      at = end;
    }
  }
  const zone = zoneMinutes(text, at, offsetMinutes);
  return Math.round(seconds * 1e6) / 1e3 + (hour * 60 + minute - zone) * 60_000;
}

/** Minutes east of UTC that the text says from `at` on; `assumed` if it ends there. */
function zoneMinutes(text: string, at: number, assumed: number): number {
  if (at >= text.length) return assumed;
  let from = at;
  if (text.charCodeAt(from) === SPACE) from++;
  const mark = text.charCodeAt(from);
  if (mark === LETTER_Z && from + 1 === text.length) return 0;
  if (mark !== PLUS && mark !== DASH) return Number.NaN;
  const hours = digits(text, from + 1, 2);
  const colon = text.charCodeAt(from + 3) === COLON ? 1 : 0;
  const hasMinutes = text.length > from + 3;
  const minutes = hasMinutes ? digits(text, from + 3 + colon, 2) : 0;
  const end = hasMinutes ? from + 5 + colon : from + 3;
  if (!(hours <= 14 && minutes <= 59) || end !== text.length) return Number.NaN;
  return (mark === DASH ? -1 : 1) * (hours * 60 + minutes);
}

/** Whether a date says where it is: `Z` or an offset at its end. */
export function namesZone(text: string): boolean {
  return /(Z|[+-]\d\d(:?\d\d)?)$/.test(text.slice(11));
}

/** A whole number of so many digits; NaN if there are other marks among them. */
function digits(text: string, start: number, length: number): number {
  let value = 0;
  for (let i = start; i < start + length; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return Number.NaN;
    value = value * 10 + code - 0x30;
  }
  return value;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
