/** Lines taken apart into fields: by blanks with quotation marks, as servers log, and by delimiters. */

/** Why a line could not be read, as "expected …, got …". */
export class LineError extends Error {
  override readonly name = 'LineError';
}

/**
 * Fields between blanks; "quoted" and [bracketed] ones may hold blanks and come without their marks.
 * Within quotation marks a backslash takes the next mark as it is.
 */
export function blankFields(line: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at < line.length) {
    const mark = line.charCodeAt(at);
    if (mark === SPACE) {
      at++;
      continue;
    }
    let end: number;
    if (mark === QUOTE) {
      end = closingQuote(line, at + 1);
      if (end < 0)
        throw new LineError(
          `expected a closing quotation mark after “${shortened(line.slice(at))}”`,
        );
      fields.push(unescaped(line.slice(at + 1, end)));
      at = end + 1;
    } else if (mark === BRACKET) {
      end = line.indexOf(']', at);
      if (end < 0)
        throw new LineError(`expected a closing bracket after “${shortened(line.slice(at))}”`);
      fields.push(line.slice(at, end + 1));
      at = end + 1;
    } else {
      end = line.indexOf(' ', at);
      if (end < 0) end = line.length;
      fields.push(line.slice(at, end));
      at = end;
    }
  }
  return fields;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const BRACKET = 0x5b;

function closingQuote(line: string, from: number): number {
  let end = line.indexOf('"', from);
  while (end >= 0 && isEscaped(line, end)) end = line.indexOf('"', end + 1);
  return end;
}

/** Whether an odd number of backslashes stands before. */
function isEscaped(line: string, at: number): boolean {
  let backslashes = 0;
  while (line.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(["\\])/g, '$1') : text;
}

export const DELIMITERS = [',', ';', '\t', '|', ' '] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * The fields of a record by RFC 4180, with any delimiter; null if a quoted field is still open at its
 * end, so that the record goes on in the next line.
 *
 * @throws LineError if something follows a closing quotation mark
 */
export function delimitedFields(record: string, delimiter: Delimiter): string[] | null {
  if (!record.includes('"')) {
    return delimiter === ' ' ? record.trim().split(/ +/) : record.split(delimiter);
  }
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (record.charCodeAt(at) === QUOTE) {
      let end = record.indexOf('"', at + 1);
      // Two marks stand for one.
      while (end >= 0 && record.charCodeAt(end + 1) === QUOTE) end = record.indexOf('"', end + 2);
      if (end < 0) return null;
      fields.push(record.slice(at + 1, end).replaceAll('""', '"'));
      if (end + 1 === record.length) return fields;
      if (record[end + 1] !== delimiter)
        throw new LineError(
          `expected a delimiter after a closing quotation mark, got “${shortened(record.slice(end + 1))}”`,
        );
      at = end + 2;
    } else {
      const end = record.indexOf(delimiter, at);
      fields.push(record.slice(at, end < 0 ? undefined : end));
      if (end < 0) return fields;
      at = end + 1;
    }
  }
}

/** A field as RFC 4180 writes it. */
export function delimitedField(text: string, delimiter: string = ','): string {
  return /["\r\n]/.test(text) || text.includes(delimiter) || /^\s|\s$/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/** What came, for an error message. */
export function shortened(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
