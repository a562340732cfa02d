/** Paragraphs as an author meant them, where MDX reads elements on lines of their own. */
import type { Paragraph, Parents, PhrasingContent, RootContent } from 'mdast';
import { childrenOf, isJsxElement, type JsxElement } from './nodes';
import type { ElementName } from './vocabulary';

/** Words of the vocabulary: they belong in a line of text. */
const INLINE_ELEMENTS: ReadonlySet<string> = new Set<ElementName>([
  'Finding',
  'Param',
  'Fact',
  'Claim',
  'Outcome',
]);

/** Elements whose children are prose: a caption is a paragraph, however its lines are broken. */
const CAPTIONED_ELEMENTS: ReadonlySet<string> = new Set<ElementName>([
  'Simulation',
  'Comparison',
  'Sweep',
]);

/**
 * MDX takes a paragraph apart that holds elements alone, and reads the text of an element on one
 * line as no paragraph. Both are put right: words are in paragraphs again, and so are captions.
 */
export function mendParagraphs(parent: { readonly type: string }): void {
  const children = childrenOf(parent);
  const mended: RootContent[] = [];
  let open: { readonly paragraph: Paragraph; readonly endLine: number } | undefined;
  for (const child of children as (RootContent | JsxElement)[]) {
    mendParagraphs(child);
    const isWord =
      child.type === 'mdxJsxFlowElement' && child.name !== null && INLINE_ELEMENTS.has(child.name);
    if (!isWord) {
      open = undefined;
      mended.push(child as RootContent);
      continue;
    }
    const [only, ...others] = child.children;
    const content =
      only?.type === 'paragraph' && others.length === 0 ? only.children : child.children;
    const word = {
      ...child,
      type: 'mdxJsxTextElement',
      children: content,
    } as unknown as RootContent;
    const startLine = child.position?.start.line ?? 0;
    const endLine = child.position?.end.line ?? 0;
    if (open !== undefined && startLine - open.endLine <= 1) {
      open.paragraph.children.push({ type: 'text', value: ' ' }, word as PhrasingContent);
      open = { paragraph: open.paragraph, endLine };
      continue;
    }
    const paragraph: Paragraph = { type: 'paragraph', children: [word as PhrasingContent] };
    mended.push(paragraph);
    open = { paragraph, endLine };
  }
  if (mended.length > 0 || children.length > 0) (parent as Parents).children = mended;

  if (!isJsxElement(parent) || parent.name === null || !CAPTIONED_ELEMENTS.has(parent.name)) return;
  const isPhrasing = parent.children.some(
    (child) => child.type === 'text' && child.value.trim() !== '',
  );
  if (isPhrasing) {
    parent.children = [{ type: 'paragraph', children: parent.children as PhrasingContent[] }];
  }
}
