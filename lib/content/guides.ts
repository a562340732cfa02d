/// <reference types="next" />
/** The compiled guides, for the routes. The only place that imports MDX. */
import type { MDXContent } from 'mdx/types';

interface GuideModule {
  readonly default: MDXContent;
}

const modules: Readonly<Record<string, () => Promise<unknown>>> = import.meta.glob(
  '../../content/**/*.mdx',
);

/**
 * The body of a guide as a component; render it with `components={mdxComponents}`.
 *
 * @throws Error if there is no such guide; routes are made from the manifest, so that never happens
 * to a reader.
 */
export async function loadGuide(slug: string): Promise<MDXContent> {
  const load = modules[`../../content/${slug}.mdx`];
  if (load === undefined) {
    throw new Error(
      `Expected the slug of a guide (${Object.keys(modules).join(', ')}), got "${slug}".`,
    );
  }
  return ((await load()) as GuideModule).default;
}
