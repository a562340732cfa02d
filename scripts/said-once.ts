/**
 * What the framework says twice in a page, said once. A page comes as HTML and, for React, as data: rows
 * of text, each `<id>:<JSON>`. What the browser has already made of the HTML, and what no client-side
 * routing will ask for (docs/decisions/001-whole-pages.md), is left out of the data.
 */

/** The data of a page, as the JavaScript string that it is in the page. */
const DATA = /(self\.__next_f\.push\(\[1,")((?:[^"\\]|\\.)*)("\]\))/g;
/** Ends a row. In a text of the row itself it is escaped once more. */
const ROW_END = /(?<!\\)\\n/;
const ROW = /^([0-9a-f]+):([[{].*)$/s;
/** The framework's hint to load a file early, which the page has asked for by then. */
const HINT = /^:HL/;
/** What networks take from Open Graph if the page does not say it again. */
const CARD_AGAIN = /<meta name="twitter:(?!card")[^>]*>/g;

/** The page in fewer letters; React finds what it would have found. */
export function saidOnce(html: string): string {
  return html
    .replace(CARD_AGAIN, '')
    .replace(DATA, (_all, start: string, text: string, end: string) => {
      const rows = text.split(ROW_END).filter((row) => !HINT.test(row));
      // A row of which another one takes a part keeps its form.
      const isTaken = (id: string): boolean => new RegExp(`\\$${id}:`).test(text);
      return `${start}${rows.map((row) => shorter(row, isTaken)).join('\\n')}${end}`;
    });
}

function shorter(row: string, isTaken: (id: string) => boolean): string {
  const [, id, json] = ROW.exec(row) ?? [];
  // A row may go on in the next piece of data; nothing is done to one that is not whole.
  const data = id === undefined || isTaken(id) ? undefined : parsed(json ?? '');
  if (data === undefined) return row;
  const lean = encoded(isHead(data) ? data.filter(isForReaders).map(trimmed) : trimmed(data));
  // Also a line of a long text may look like a row: what has nothing to lose stays to the letter.
  return lean === encoded(data) ? row : `${id}:${lean}`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(JSON.parse(`"${json}"`) as string);
  } catch {
    return undefined;
  }
}

const encoded = (data: unknown): string =>
  JSON.stringify(JSON.stringify(data))
    .slice(1, -1)
    .replace(/[<>&\u2028\u2029]/g, (sign) => {
      const code = sign.charCodeAt(0).toString(16);
      return `\\u${code.padStart(4, '0')}`;
    });

/** How the data says "undefined", which is what a property is that it does not name. */
const NOTHING = '$undefined';

type Data = readonly unknown[];
const isElement = (data: unknown): data is Data => Array.isArray(data) && data[0] === '$';

/** Elements of the head alone, at least one, and references to components that draw nothing but such. */
function isHead(data: unknown): data is readonly Data[] {
  if (!Array.isArray(data) || !data.every(isElement)) return false;
  const types = data.map((element) => String(element[1]));
  return (
    types.some((type) => type === 'title' || type === 'meta') &&
    types.every((type) => ['title', 'meta', 'link'].includes(type) || type.startsWith('$L'))
  );
}

/** Names and relations of what only machines want of a head; they read the HTML. */
const FOR_MACHINES =
  /^(?:description|application-name|keywords|format-detection|robots|(?:og|article|twitter):.*|canonical|alternate)$/;

/**
 * Should React have to make the page anew, as after an extension of the browser has changed it, then the
 * head is made of the data: title, viewport and colours must be in it.
 */
function isForReaders(element: Data): boolean {
  const { name, property, rel } = (element[3] ?? {}) as Readonly<Record<string, unknown>>;
  return ![name, property, rel].some((word) => typeof word === 'string' && FOR_MACHINES.test(word));
}

/** Scripts in the page have run, or are data for others, by the time that React finds their elements. */
function trimmed(data: unknown): unknown {
  if (isElement(data) && data[1] === 'script') {
    const [sign, type, key, props] = data;
    return [sign, type, key, replaced(props, (name) => name === 'dangerouslySetInnerHTML')];
  }
  if (Array.isArray(data)) return data.map(trimmed);
  return replaced(data, () => false);
}

/** An object whose inner HTML is left out where `isProgram` says so; what is no object as it is. */
function replaced(data: unknown, isProgram: (name: string) => boolean): unknown {
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => {
      if (value === NOTHING) return [];
      return [[name, isProgram(name) ? { __html: '' } : trimmed(value)]];
    }),
  );
}
