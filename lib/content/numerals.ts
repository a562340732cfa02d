/**
 * Rule G3: a numeral with a unit or a percent sign in prose must come out of a run (`<Finding>`), out
 * of the definition (`<Param>`) or out of a cited source (`<Fact>`), so that no number in the text can
 * drift away from what the reader sees. Years, versions, status codes, and numbers of RFCs and
 * sections carry no unit and are left alone.
 */
import { childrenOf, isJsxElement } from './nodes';
import { type Place, placeOf } from './problem';

interface Numeral extends Place {
  /** As written: "15 %", "200 ms", "10 slow requests". */
  readonly text: string;
}

/** Elements whose text is accounted for by another check. */
const EXEMPT_ELEMENTS = new Set(['Fact', 'Finding', 'Param']);
const EXEMPT_NODES = new Set(['inlineCode', 'code', 'yaml', 'definition', 'image']);
const BLOCKS = new Set(['paragraph', 'heading', 'tableCell']);

/** Stands for an exempt part: neither a digit, nor a letter, nor a space. */
const GAP = '\uFFFC';

/** Units of measurement, written after the number with or without a space or hyphen. */
const MEASURES = [
  ...['%', '‰', 'per ?cent', 'percentage points?', 'per ?mille'],
  ...['×', 'x', 'fold', 'times'],
  ...['ns', 'nanoseconds?', '[µμ]s', 'us', 'microseconds?', 'ms', 'msecs?', 'milliseconds?'],
  ...['s', 'secs?', 'seconds?', 'mins?', 'minutes?', 'h', 'hrs?', 'hours?', 'days?'],
  ...['weeks?', 'months?', 'years?'],
  ...['[kKMGTP]?i?B(?:/s|ps)?', '[kKMGTP]?bits?(?:/s)?', '[kMG]bps', 'bytes?', 'kilobytes?'],
  ...['megabytes?', 'gigabytes?', 'terabytes?'],
  ...['[kMG]?Hz', 'rps', 'qps', 'tps', 'ops', 'reqs?', 'per (?:ms|second|minute|hour|day)'],
  '/ ?(?:s|sec|second|min|minute|h|hour|day)',
];

/** What is counted: a numeral before one of these, an adjective in between, is a statistic. */
const COUNTED = [
  ...['request', 'response', 'call', 'message', 'packet', 'event', 'job', 'task', 'item'],
  ...['customer', 'client', 'user', 'connection', 'session', 'thread', 'worker', 'server'],
  ...['node', 'replica', 'shard', 'partition', 'instance', 'core', 'token', 'key', 'row'],
  ...['record', 'attempt', 'hit', 'miss(?=es)', 'error', 'timeout', 'window', 'slot', 'sample'],
  ...['euro', 'dollar'],
].map((noun) => `${noun}(?:s|es)?`);

const ONE_NUMBER = String.raw`(?:\d[\d.,\u00A0\u202F]*\d|\d)`;
/** A number or a range of two. */
const NUMBER = `${ONE_NUMBER}(?: ?[–—-] ?${ONE_NUMBER})?`;
const SPACE = String.raw`[ \u00A0\u202F\t\n-]?`;
/** Neither a letter nor a digit may follow, so that "5 s" is a time and "5 samurai" is not. */
const END = String.raw`(?![\p{L}\p{N}])`;
/** A numeral does not begin within a word or a name: p99, IPv6, S3, x86-64, 2024-05-01. */
const START = String.raw`(?<![\p{L}\p{N}_.,§#/-])`;

const PATTERNS = [
  new RegExp(`${START}(?:${NUMBER})(?:k|M)?${SPACE}(?:${MEASURES.join('|')})${END}`, 'gu'),
  new RegExp(
    `${START}(?:${NUMBER})(?:k|M)?[ \\u00A0\\u202F\\n-](?:[a-z]+(?:-[a-z]+)?[ \\n])?(?:${COUNTED.join('|')}|retry|retries)${END}`,
    'gu',
  ),
  new RegExp(`[$€£]${SPACE}(?:${NUMBER})`, 'gu'),
  // Spelled out, a share is still a share.
  new RegExp(
    String.raw`(?<![\p{L}])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)[ \n-](?:per ?cent|percentage points?)${END}`,
    'giu',
  ),
];

/** Words after which a number is a name: "RFC 9110", "HTTP 429 responses", "in 2015 most servers". */
const NAMED_BY =
  /(?:\b(?:RFCs?|HTTP|status|codes?|versions?|v|sections?|chapters?|appendix|figures?|tables?|steps?|rules?|ports?|issue|nginx|Node(?:\.js)?|ES|HTTP\/|TLS|SHA|page|pages|pp?\.|No\.)|[§#])[ \u00A0\u202F\n]?$/i;
/** Status codes that are spoken of without "HTTP"; a round 400 or 500 may as well be a count. */
const STATUS_CODES = new Set(['401', '403', '404', '408', '409', '429', '502', '503', '504']);
const YEAR = /^(?:19|20)\d\d$/;
const BEFORE_YEAR =
  /(?:\b(?:in|since|by|from|until|till|around|during|January|February|March|April|May|June|July|August|September|October|November|December)|[(–—-])[ \u00A0\n]?$/i;

/** All numerals with a unit that stand in the prose below `tree`. */
export function findNumerals(tree: { readonly type: string }): Numeral[] {
  const found: Numeral[] = [];
  const visit = (node: { readonly type: string }): void => {
    if (BLOCKS.has(node.type)) {
      found.push(...numeralsOfBlock(node));
      return;
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(tree);
  return found;
}

/** The first numeral with a unit in plain text, such as a title; undefined if there is none. */
export function findNumeralInText(text: string): string | undefined {
  return matchesIn(text)[0]?.text;
}

interface Piece {
  /** Offset in the joined text at which this piece begins. */
  readonly from: number;
  readonly text: string;
  readonly place: Place;
}

/** Inline text is joined first, since "**10** requests" is two nodes and one statistic. */
function numeralsOfBlock(block: { readonly type: string }): Numeral[] {
  const pieces: Piece[] = [];
  let joined = '';
  const add = (text: string, place: Place): void => {
    pieces.push({ from: joined.length, text, place });
    joined += text;
  };
  const collect = (node: { readonly type: string }): void => {
    const isExempt =
      EXEMPT_NODES.has(node.type) ||
      (isJsxElement(node) && node.name !== null && EXEMPT_ELEMENTS.has(node.name));
    if (isExempt) add(GAP, placeOf(node));
    else if (node.type === 'text') add((node as { value?: string }).value ?? '', placeOf(node));
    else if (node.type === 'break') add('\n', placeOf(node));
    else for (const child of childrenOf(node)) collect(child);
  };
  for (const child of childrenOf(block)) collect(child);

  return matchesIn(joined).map(({ text, at }) => {
    const piece = pieces.findLast((candidate) => candidate.from <= at);
    const before = piece === undefined ? '' : piece.text.slice(0, at - piece.from);
    const start = piece?.place ?? placeOf(block);
    const lineBreaks = before.split('\n').length - 1;
    return {
      text,
      line: start.line + lineBreaks,
      column:
        lineBreaks === 0 ? start.column + before.length : before.length - before.lastIndexOf('\n'),
    };
  });
}

function matchesIn(text: string): { readonly text: string; readonly at: number }[] {
  const matches: { text: string; at: number }[] = [];
  for (const pattern of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const before = text.slice(0, match.index);
      if (NAMED_BY.test(before)) continue;
      const [digits = ''] = /^\d+/.exec(match[0]) ?? [];
      const isYear = YEAR.test(digits) && !/^[.,]\d/.test(match[0].slice(digits.length));
      if (isYear && BEFORE_YEAR.test(before)) continue;
      // The decade "1990s" looks like a number of seconds, and so does the plural "429s".
      if (/^(?:(?:19|20)\d\d|[1-5]\d\d)s$/.test(match[0])) continue;
      if (STATUS_CODES.has(digits) && /^\d{3} (?:responses?|errors?|hits?)$/.test(match[0]))
        continue;
      const overlaps = matches.some(
        (other) =>
          match.index < other.at + other.text.length && other.at < match.index + match[0].length,
      );
      if (!overlaps) matches.push({ text: match[0].replace(/\s+/g, ' '), at: match.index });
    }
  }
  return matches.sort((a, b) => a.at - b.at);
}
