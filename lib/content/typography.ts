/** Quotation marks and apostrophes as a printer sets them, in prose and never in code. */
import type { Root } from 'mdast';
import remarkSmartypants from 'remark-smartypants';
import { unified } from 'unified';

/** Dashes and dots are written as they are meant; what looks like a quote in them is one. */
export const TYPOGRAPHY = { dashes: false, ellipses: false, backticks: false } as const;

const quote = unified().use(remarkSmartypants, TYPOGRAPHY).freeze();

/** A text without markup. */
export function typographic(text: string): string {
  const line = { type: 'text', value: text } as const;
  const tree: Root = { type: 'root', children: [{ type: 'paragraph', children: [line] }] };
  const [paragraph] = (quote.runSync(tree) as Root).children;
  const [set] = paragraph?.type === 'paragraph' ? paragraph.children : [];
  return set?.type === 'text' ? set.value : text;
}
