/**
 * From a guide that was found sound to the JavaScript of a component: the body of a function that
 * `run` of @mdx-js/mdx takes, for the page's HTML is drawn from it by the build.
 */
import { compile } from '@mdx-js/mdx';
import type { Code, Heading, Link, Parents, Root, RootContent } from 'mdast';
import remarkSmartypants from 'remark-smartypants';
import type { Replacement } from './elements';
import { highlight } from './highlight';
import type { InspectedGuide } from './inspect';
import { fenceInfo, LANGUAGES, shownPart } from './languages';
import {
  childrenOf,
  element,
  isComment,
  isJsxElement,
  isMdxCode,
  type JsxElement,
  offsetOf,
} from './nodes';
import { mendParagraphs } from './paragraphs';
import { REMARK_PLUGINS } from './parse';
import { TYPOGRAPHY } from './typography';

export async function compileGuide(inspected: InspectedGuide): Promise<string> {
  const { file, source } = inspected.guide;
  const compiled = await compile(
    { value: source, path: file },
    {
      outputFormat: 'function-body',
      remarkPlugins: [
        ...REMARK_PLUGINS,
        [remarkSmartypants, TYPOGRAPHY],
        [replaceElements, inspected],
      ],
      // Names are checked by the inspection, with a place and a remedy; MDX would only throw.
      development: false,
    },
  );
  return String(compiled);
}

/** The remark plugin that puts in place what the inspection found. */
function replaceElements(inspected: InspectedGuide) {
  const { headingIds } = inspected.guide;
  return async (tree: Root): Promise<void> => {
    mendParagraphs(tree);
    await visit(tree);
  };

  async function visit(parent: { readonly type: string }): Promise<void> {
    const children = childrenOf(parent);
    for (const [index, child] of children.entries()) {
      const made = await replacementOf(child);
      if (made !== undefined) (parent as Parents).children[index] = made as RootContent;
      await visit(made ?? child);
    }
    if (children.some(isRemovable)) {
      (parent as Parents).children = children.filter((child) => !isRemovable(child));
    }
  }

  async function replacementOf(node: RootContent | JsxElement): Promise<JsxElement | undefined> {
    if (node.type === 'code') return codeBlock(node);
    if (node.type === 'heading') setId(node, headingIds.get(offsetOf(node)));
    if (node.type === 'link') addSlash(node);
    if (!isJsxElement(node)) return undefined;
    const replacement = inspected.replacements.get(offsetOf(node));
    return replacement === undefined ? undefined : replaced(node, replacement);
  }
}

async function replaced(node: JsxElement, replacement: Replacement): Promise<JsxElement> {
  const { name, children, position } = node;
  const inline = node.type === 'mdxJsxTextElement';
  switch (replacement.kind) {
    case 'attributes':
      return element(name ?? '', replacement.attributes, { children, inline, position });
    case 'figure':
      return element('Figure', { still: replacement.still }, { children, inline, position });
    case 'model-source': {
      const { source, path } = replacement;
      return element(
        'ModelSource',
        {
          html: await highlight(source.code, 'ts'),
          path,
          firstLine: String(source.firstLine),
          lastLine: String(source.firstLine + source.code.split('\n').length - 1),
        },
        { children, inline, position },
      );
    }
    default:
      return replacement satisfies never;
  }
}

async function codeBlock(code: Code): Promise<JsxElement> {
  const { lang, title } = fenceInfo(code);
  return element(
    'CodeBlock',
    {
      html: await highlight(shownPart(code.value), lang),
      language: LANGUAGES[lang]?.title ?? lang,
      ...(title === undefined ? {} : { title }),
    },
    { position: code.position },
  );
}

function setId(heading: Heading, id: string | undefined): void {
  if (id === undefined) return;
  heading.data = { ...heading.data, hProperties: { id } } as Heading['data'];
}

/** Pages are folders; without the slash a static server answers with a redirect first. */
function addSlash(link: Link): void {
  link.url = link.url.replace(/^(\/[^#?]*[^/#?.])(?=$|[#?])/, (path) =>
    /\.[a-z0-9]+$/i.test(path) ? path : `${path}/`,
  );
}

/** Comments and front matter leave nothing on the page. */
function isRemovable(node: { readonly type: string }): boolean {
  return isMdxCode(node) && isComment(node);
}
