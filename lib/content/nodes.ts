/**
 * The nodes that MDX adds to a Markdown tree, as far as the content pipeline reads them, and small
 * helpers over trees. (mdast's own types do not know JSX.)
 */
import type { Nodes, Parents, RootContent } from 'mdast';
import { toString as mdastToString } from 'mdast-util-to-string';

interface NodePosition {
  readonly start: { readonly line: number; readonly column: number; readonly offset?: number };
  readonly end: { readonly line: number; readonly column: number; readonly offset?: number };
}

/** `name="text"`, `name` alone (null) or `name={expression}` (an object). */
interface JsxAttribute {
  type: 'mdxJsxAttribute';
  name: string;
  value?: string | null | { readonly type: 'mdxJsxAttributeValueExpression' };
  position?: NodePosition;
}

interface JsxSpread {
  type: 'mdxJsxExpressionAttribute';
  position?: NodePosition;
}

export interface JsxElement {
  type: 'mdxJsxFlowElement' | 'mdxJsxTextElement';
  /** Null for a fragment. */
  name: string | null;
  attributes: (JsxAttribute | JsxSpread)[];
  children: RootContent[];
  position?: NodePosition;
}

/** `{…}` in prose, or `import`/`export`. A comment is an expression whose program has no statement. */
interface MdxCode {
  type: 'mdxFlowExpression' | 'mdxTextExpression' | 'mdxjsEsm';
  value: string;
  data?: { readonly estree?: { readonly body: readonly unknown[] } | null };
  position?: NodePosition;
}

export function isJsxElement(node: { readonly type: string }): node is JsxElement {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

export function isMdxCode(node: { readonly type: string }): node is MdxCode {
  return (
    node.type === 'mdxFlowExpression' ||
    node.type === 'mdxTextExpression' ||
    node.type === 'mdxjsEsm'
  );
}

export function isComment(node: MdxCode): boolean {
  return node.type !== 'mdxjsEsm' && node.data?.estree?.body.length === 0;
}

/** Where a node begins in the source, by which it is found again in another tree of the same text. */
export function offsetOf(node: {
  readonly type: string;
  readonly position?: { readonly start: { readonly offset?: number } } | undefined;
}): number {
  return node.position?.start.offset ?? -1;
}

export function childrenOf(node: { readonly type: string }): RootContent[] {
  return 'children' in node ? (node as Parents).children : [];
}

/** Calls `visitor` on every node below `node`, in document order; a visitor that returns false is not followed further down. */
export function walk(
  node: { readonly type: string },
  visitor: (node: Nodes | JsxElement | MdxCode) => boolean | undefined,
): void {
  for (const child of childrenOf(node)) {
    if (visitor(child) !== false) walk(child, visitor);
  }
}

/** A JSX element with text attributes, to stand where another node stood. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  options: {
    readonly children?: RootContent[];
    readonly inline?: boolean;
    readonly position?: NodePosition | undefined;
  } = {},
): JsxElement {
  return {
    type: options.inline ? 'mdxJsxTextElement' : 'mdxJsxFlowElement',
    name,
    attributes: Object.entries(attributes).map(([key, value]) => ({
      type: 'mdxJsxAttribute',
      name: key,
      value,
    })),
    children: options.children ?? [],
    ...(options.position === undefined ? {} : { position: options.position }),
  };
}

/** The text of a node without markup, spaces run together. */
export function textOf(node: unknown): string {
  return mdastToString(node, { includeHtml: false }).replace(/\s+/g, ' ').trim();
}
