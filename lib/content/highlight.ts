/**
 * Code as one string of HTML, coloured at build time: a class of one letter per kind of token, so
 * that both themes are a few lines of CSS and no style stands in the markup. (Measured: less than
 * half the bytes of two inline themes.)
 */
import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';
import { LANGUAGES } from './languages';

const THEME = 'steady-state';
const PREFIX = '--code-';

/**
 * Shiki's css-variables theme knows these kinds; what is not listed keeps the colour of text, and so
 * does all that has no letter or digit (operators, colons, commas), whose marks would cost more than
 * they show.
 */
const CLASS_OF_VARIABLE: Readonly<Record<string, string>> = {
  'token-keyword': 'k',
  'token-function': 'f',
  'token-constant': 'n',
  'token-string': 's',
  'token-string-expression': 's',
  'token-comment': 'c',
  'token-parameter': 'a',
  'token-link': 'l',
  'token-inserted': 'i',
  'token-deleted': 'd',
  'token-changed': 'h',
};

const PUNCTUATION = /^[^\p{L}\p{N}]*$/u;

let highlighter: Promise<Highlighter> | undefined;

/** Spans of the code, to stand in a `<code>`. @param lang a key of `LANGUAGES` */
export async function highlight(code: string, lang: string): Promise<string> {
  const grammar = LANGUAGES[lang]?.grammar ?? null;
  if (grammar === null) return escapeHtml(code);
  highlighter ??= createHighlighter({
    themes: [createCssVariablesTheme({ name: THEME, variablePrefix: PREFIX, fontStyle: false })],
    langs: [],
  });
  const shiki = await highlighter;
  // Grammars are loaded as they are met: most guides need two of them, none needs all.
  await shiki.loadLanguage(grammar as Parameters<typeof shiki.loadLanguage>[0]);
  const { tokens } = shiki.codeToTokens(code, {
    lang: grammar as Parameters<typeof shiki.codeToTokens>[1]['lang'],
    theme: THEME,
  });
  return tokens.map((line) => line.map(tokenHtml).join('')).join('\n');
}

function tokenHtml({ content, color }: { readonly content: string; readonly color?: string }) {
  // A note may be a comment of its own or the end of one that says more.
  const note = /^(.*?)\s*\/\/ \((\d+)\)\s*$/.exec(content);
  const text = escapeHtml(note?.[1] ?? content);
  const variable = color?.slice(`var(${PREFIX}`.length, -1) ?? '';
  const name = CLASS_OF_VARIABLE[variable];
  const html =
    name === undefined || text.trim() === '' || (name === 'k' && PUNCTUATION.test(content))
      ? text
      : `<span class="${name}">${text}</span>`;
  if (note === null) return html;
  return `${html}${text.trim() === '' ? '' : ' '}${noteHtml(note[2] ?? '')}`;
}

/** A numbered comment as a mark; its text is still copied with the code, as the comment that it is. */
function noteHtml(number: string): string {
  return `<span class="note"><span class="sr-only">// (${number})</span><span aria-hidden="true">${number}</span></span>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
