/** The site for language models: llms.txt, a Markdown page that leads to the guides as Markdown. */
import type { Manifest } from '../content/manifest';
import { canonical, SITE_DESCRIPTION, SITE_NAME } from '../site';
import { markdownPath } from './addresses';

export function llmsText({ categories, guides, glossary, simulations }: Manifest): string {
  const sections = categories.map(({ title, blurb, guides: slugs }) => [
    `## ${title}`,
    '',
    blurb,
    '',
    ...slugs.flatMap((slug) => {
      const guide = guides[slug];
      if (guide === undefined) return [];
      return [`- [${guide.title}](${canonical(markdownPath(slug))}): ${guide.description}`];
    }),
    '',
  ]);
  const pages = [
    ['/glossary/', 'Glossary', 'terms of the field, each defined in one paragraph', glossary],
    ['/simulations/', 'Simulations', 'the models behind the figures, runnable', simulations],
  ] as const;
  const optional = pages
    .filter(([, , , entries]) => entries.length > 0)
    .map(([path, title, what]) => `- [${title}](${canonical(path)}): ${what}`);
  return [
    `# ${SITE_NAME}`,
    '',
    `> ${SITE_DESCRIPTION}`,
    '',
    'Each guide below is Markdown with its numbers filled in. They were computed when the site was built, from runs with the seeds that are named beside them; the link under a figure opens the page and runs it again.',
    '',
    ...sections.flat(),
    ...(optional.length === 0 ? [] : ['## Optional', '', ...optional, '']),
  ].join('\n');
}
