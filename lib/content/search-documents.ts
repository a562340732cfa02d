/**
 * What is searched: one document per page and per section. Titles are a file of their own, since
 * they are indexed first and are enough for most queries; bodies follow. Keys are one letter long
 * because these files are sent to the reader.
 */
import type { Description } from '../simulation/definition';
import type { InspectedGuide } from './inspect';
import type { Manifest } from './manifest';

export interface TitleDocument {
  /** Address from the root of the site, with its anchor. */
  readonly u: string;
  readonly t: string;
  /** Title of the guide that it belongs to; that of the page itself otherwise. */
  readonly g: string;
  readonly k: 'guide' | 'section' | 'simulation' | 'category';
  /** Other names that it is searched by. */
  readonly a: readonly string[];
  readonly d: string;
}

export interface BodyDocument {
  readonly u: string;
  readonly x: string;
}

export interface SearchDocuments {
  readonly titles: readonly TitleDocument[];
  readonly bodies: readonly BodyDocument[];
}

export function searchDocuments(
  manifest: Manifest,
  inspected: readonly InspectedGuide[],
  simulation: (id: string) => Description | undefined,
): SearchDocuments {
  const titles: TitleDocument[] = [];
  const bodies: BodyDocument[] = [];
  const addBody = (u: string, x: string): void => {
    if (x !== '') bodies.push({ u, x });
  };

  for (const { slug, title, blurb } of manifest.categories) {
    titles.push({ u: `/${slug}/`, t: title, g: title, k: 'category', a: [], d: blurb });
  }
  for (const guide of Object.values(manifest.guides)) {
    const page = `/${guide.slug}/`;
    titles.push({
      u: page,
      t: guide.title,
      g: guide.title,
      k: 'guide',
      a: [...guide.aliases, ...guide.tags],
      d: guide.description,
    });
    const { sections = [], figures = [] } =
      inspected.find((each) => each.guide.slug === guide.slug) ?? {};
    for (const { id, title, text } of sections) {
      const isOpening = id === '';
      const u = isOpening ? page : `${page}#${id}`;
      if (!isOpening) titles.push({ u, t: title, g: guide.title, k: 'section', a: [], d: '' });
      addBody(u, isOpening ? [...guide.summary, text].join(' ').trim() : text);
    }
    // A simulation is found where it is first shown: a figure is a place that one can go to.
    for (const id of guide.simulations) {
      const figure = figures.find((use) => use.simulation.id === id);
      const description = simulation(id);
      if (figure === undefined || description === undefined) continue;
      titles.push({
        u: `${page}#${figure.spec.figure}`,
        t: description.title,
        g: guide.title,
        k: 'simulation',
        a: Object.values(description.variants).map((variant) => variant.title),
        d: description.describe,
      });
    }
  }
  return { titles, bodies };
}
