/** Draws the body of a guide as HTML; in Node, while the site is built. */
import { runSync } from '@mdx-js/mdx';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import { withStills } from '@/components/figure/still-text';
import type { Source } from '@/lib/content/front-matter';
import { tersely } from '@/lib/content/tersely';
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
