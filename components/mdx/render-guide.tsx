/** Draws the body of a guide as HTML; in Node, while the site is built. */
import { runSync } from '@mdx-js/mdx';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import { withStills } from '@/components/figure/still-text';
import type { Source } from '@/lib/content/front-matter';
import { mdxComponents } from './components';
import { Sources } from './sources';

/**
 * @param code of `compileGuide`
 * @param stillOf the static form of a figure, by its key
 */
export function renderGuide(
  { code, sources }: { readonly code: string; readonly sources: readonly Source[] },
  stillOf: (key: string) => string,
): string {
  const { default: Body } = runSync(code, runtime);
  const page = renderToStaticMarkup(
    <>
      <Body components={mdxComponents} />
      <Sources sources={sources} />
    </>,
  );
  return tersely(withStills(page, stillOf));
}

/** The same page in fewer letters: without the tags and quotes that HTML lets one leave out. */
function tersely(html: string): string {
  return toHtml(fromHtml(html, { fragment: true }), {
    characterReferences: { useShortestReferences: true },
    closeEmptyElements: true,
    collapseEmptyAttributes: true,
    omitOptionalTags: true,
    preferUnquoted: true,
    quoteSmart: true,
    // In browsers that are supported, a quote of one kind needs no escape between those of the other.
    allowDangerousCharacters: true,
    tightAttributes: true,
    tightSelfClosing: true,
  });
}
