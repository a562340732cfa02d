/**
 * Where the statements of a text begin and end. PostgreSQL takes one statement per message if it is to
 * stop at a number of rows, so the text is divided before it is sent, by the rules of psql: a semicolon
 * ends a statement unless it stands in a string, a quoted name, a comment, parentheses, or the body of
 * a routine (CREATE FUNCTION … BEGIN ATOMIC … END).
 */

/** A statement from its first word to its last: offsets in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What can follow, longest meaning first: what is between words, a string with backslashes, a string,
 * a quoted name, the beginning of a string in dollars, a word. What is not closed reaches to the end.
 */
const TOKEN =
  /(?<gap>\s+|--[^\n\r]*)|(?<comment>\/\*)|[eE]'(?:[^'\\]|\\.|'')*(?:'|$)|'[^']*(?:''[^']*)*(?:'|$)|"[^"]*(?:"|$)|(?<dollar>\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|./suy;

const ROUTINE = /^create (?:or replace )?(?:function|procedure) /;

interface Token {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** If it is a word, the word in small letters. */
  readonly word: string | undefined;
}

/** What stands between gaps and comments, a string in dollars as one. */
function* tokensOf(text: string): Generator<Token> {
  const token = new RegExp(TOKEN);
  for (;;) {
    const from = token.lastIndex;
    const found = token.exec(text);
    if (!found) return;
    const { gap, comment, dollar, word } = found.groups ?? {};
    if (comment !== undefined) token.lastIndex = afterComment(text, from);
    if (gap !== undefined || comment !== undefined) continue;
    if (dollar !== undefined) token.lastIndex = afterNext(text, dollar, token.lastIndex);
    yield { from, to: token.lastIndex, text: found[0], word: word?.toLowerCase() };
  }
}

export function statementsOf(text: string): Span[] {
  const spans: Span[] = [];
  let from = -1;
  let to = 0;
  /** The first words, in small letters, each with a space after it. */
  let opening = '';
  let parentheses = 0;
  /** How many BEGIN and CASE of a routine's body are open. */
  let blocks = 0;
  const finish = (): void => {
    if (from >= 0) spans.push({ from, to });
    from = -1;
    opening = '';
    parentheses = 0;
    blocks = 0;
  };
  for (const { word, ...token } of tokensOf(text)) {
    if (token.text === ';' && parentheses === 0 && blocks === 0) {
      finish();
      continue;
    }
    if (from < 0) from = token.from;
    if (word !== undefined) {
      if (opening.length < 100) opening += `${word} `;
      if (ROUTINE.test(opening)) {
        if (word === 'begin' || (word === 'case' && blocks > 0)) blocks++;
        else if (word === 'end' && blocks > 0) blocks--;
      }
    } else if (token.text === '(') parentheses++;
    else if (token.text === ')') parentheses = Math.max(0, parentheses - 1);
    to = token.to;
  }
  finish();
  return spans;
}

/** The words of a statement outside of parentheses, in small letters: neither names in quotes nor strings. */
export function wordsOf(statement: string): string[] {
  const words: string[] = [];
  let parentheses = 0;
  for (const { text, word } of tokensOf(statement)) {
    if (text === '(') parentheses++;
    else if (text === ')') parentheses--;
    else if (word !== undefined && parentheses === 0) words.push(word);
  }
  return words;
}

function afterNext(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at + what.length;
}

/** Comments of PostgreSQL may hold comments. */
function afterComment(text: string, from: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  let depth = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}
