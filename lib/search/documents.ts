/**
 * What is searched, as the build writes it for the browser. Titles come first and answer most
 * questions; texts follow in parts. Keys are one letter long because the files are sent to the
 * reader.
 */

/** Raised when either file changes its meaning: a page of an older deploy then says so. */
export const SEARCH_FORMAT = 2;

/**
 * Where the titles lie, from the root of the site. The name stays, so hosts must have it revalidated;
 * all other files of the search are named by their content, so that a deploy never mixes versions.
 */
export const TITLES_URL = '/search/titles.json';

/** Where the files of texts lie. */
export const TEXTS_FOLDER = '/search/texts/';

/** What can be found. A new kind is a row here, and documents of that kind from the build. */
export const KINDS = {
  guide: { label: 'Guide', group: null, weight: 1 },
  section: { label: 'Section', group: null, weight: 0.95 },
  simulation: { label: 'Simulation', group: 'Simulations', weight: 0.75 },
  lab: { label: 'Lab', group: 'Labs', weight: 0.7 },
  incident: { label: 'Incident', group: 'Incidents', weight: 0.7 },
  category: { label: 'Category', group: 'Categories', weight: 0.8 },
  term: { label: 'Term', group: 'Glossary', weight: 0.7 },
  tag: { label: 'Tag', group: 'Tags', weight: 0.5 },
  page: { label: 'Page', group: 'Pages', weight: 0.7 },
  command: { label: 'Command', group: 'Commands', weight: 0.6 },
} as const satisfies Record<
  string,
  {
    /** What a reader calls it. */
    readonly label: string;
    /** Heading over results that belong to no guide; null where the page's own title is better. */
    readonly group: string | null;
    /** 0 … 1, how much a hit counts beside an equal one of another kind. */
    readonly weight: number;
  }
>;

export type Kind = keyof typeof KINDS;

/** A section: its heading, with its anchor where that is not `anchorOf(heading)`. */
export type SectionTitle = string | readonly [heading: string, anchor: string];

export interface PageTitles {
  readonly k: Exclude<Kind, 'section'>;
  /** Address from the root of the site, with an anchor if it is a part of a page. */
  readonly u: string;
  readonly t: string;
  /** Other names that readers search for. */
  readonly a?: readonly string[];
  /** Address of the guide that it belongs to. */
  readonly g?: string;
  /** Its sections, in order. */
  readonly s?: readonly SectionTitle[];
}

/** `public/search/titles.json` */
export interface TitlesFile {
  readonly format: number;
  /** Names of one thing, a list for each. */
  readonly synonyms: readonly (readonly string[])[];
  /** Addresses of the files of texts. */
  readonly texts: readonly string[];
  /** In the order of the handbook. */
  readonly pages: readonly PageTitles[];
}

/** One page of a file of texts, `public/search/texts/<name>.<hash>.json`. */
export interface PageTexts {
  /** Address of the page in the titles. */
  readonly u: string;
  /** Names and sections for which the titles had no room. */
  readonly a?: readonly string[];
  readonly s?: readonly SectionTitle[];
  /** What it is about, one sentence. */
  readonly d?: string;
  /**
   * The text of its opening, then of its sections: those of the titles, then those above. What follows a line break are
   * words that occur there too and are found, but not shown.
   */
  readonly x?: readonly string[];
}

/** The anchor that most headings have: spaces as hyphens, without punctuation. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
}

/** Heading and address of a section of a page. */
export function placeOf(
  page: PageTitles,
  section: SectionTitle,
): { readonly title: string; readonly url: string } {
  const [title, anchor] = typeof section === 'string' ? [section, anchorOf(section)] : section;
  return { title, url: `${page.u}#${anchor}` };
}

/** @throws Error if the file is not one that this code reads. */
export function checkedTitles(file: TitlesFile): TitlesFile {
  if (file.format !== SEARCH_FORMAT) {
    throw new Error(
      `Expected a search index of format ${SEARCH_FORMAT}, got ${String(file.format)}. The site has changed since this page was opened: reload it.`,
    );
  }
  return file;
}
