/**
 * The index of the handbook, as at the end of a book: every name by which something can be looked up,
 * from A to Z, with the places where it stands. It is the search of a reader without JavaScript.
 */
import {
  incidentAddress,
  labAddress,
  simulationAddress,
  tagAddress,
  termAddress,
} from './addresses';
import type { Manifest } from './manifest';
import { SITE_PAGES } from './site-pages';

interface IndexPlace {
  readonly url: string;
  /** What stands there: "Guide", "Term", or the title of the guide that the entry is a name for. */
  readonly label: string;
}

export interface IndexEntry {
  readonly title: string;
  /** At least one. */
  readonly places: readonly IndexPlace[];
  /** Main sections of a guide, those aside that many guides have. */
  readonly sections: readonly { readonly title: string; readonly url: string }[];
}

interface IndexLetter {
  /** "A" … "Z", or "0–9" for what begins with no letter; unique. */
  readonly letter: string;
  readonly entries: readonly IndexEntry[];
}

const NUMBERS = '0–9';

/** Depth of the headings that are listed below a guide. */
const SECTION_DEPTH = 2;

/** A heading that so many guides have ("In production") is the name of none of them. */
const SHARED_BY = 3;

/** @param simulationTitle title of a simulation by its id */
export function siteIndex(
  manifest: Manifest,
  simulationTitle: (id: string) => string | undefined,
  incidents: readonly { readonly id: string; readonly title: string }[],
  labs: readonly { readonly id: string; readonly title: string }[],
): IndexLetter[] {
  const entries = new Map<
    string,
    { title: string; places: IndexPlace[]; sections: IndexEntry['sections'] }
  >();
  const add = (title: string, place: IndexPlace, sections: IndexEntry['sections'] = []): void => {
    const key = title.toLowerCase();
    const entry = entries.get(key) ?? { title, places: [], sections: [] };
    if (!entry.places.some(({ url }) => url === place.url)) entry.places.push(place);
    if (sections.length > 0) entry.sections = sections;
    entries.set(key, entry);
  };

  const guides = Object.values(manifest.guides);
  const uses = new Map<string, number>();
  for (const { headings } of guides)
    for (const text of new Set(headings.map(({ text }) => text)))
      uses.set(text, (uses.get(text) ?? 0) + 1);
  const isOwn = (text: string): boolean => (uses.get(text) ?? 0) < SHARED_BY;

  for (const { slug, title, headings } of guides) {
    const url = `/${slug}/`;
    const sections = headings
      .filter(({ depth, text }) => depth === SECTION_DEPTH && isOwn(text))
      .map(({ id, text }) => ({ title: text, url: `${url}#${id}` }));
    add(title, { url, label: 'Guide' }, sections);
  }
  for (const { slug, title } of manifest.categories) {
    add(title, { url: `/${slug}/`, label: 'Category' });
  }
  for (const { slug, title, aliases } of manifest.glossary) {
    for (const name of [title, ...aliases]) add(name, { url: termAddress(slug), label: 'Term' });
  }
  for (const { id } of manifest.simulations) {
    const title = simulationTitle(id);
    if (title !== undefined) add(title, { url: simulationAddress(id), label: 'Simulation' });
  }
  for (const { id, title } of incidents) {
    add(title, { url: incidentAddress(id), label: 'Incident' });
  }
  for (const { id, title } of labs) add(title, { url: labAddress(id), label: 'Lab' });
  for (const { slug, title } of manifest.tags) add(title, { url: tagAddress(slug), label: 'Tag' });
  for (const [url, { title }] of Object.entries(SITE_PAGES)) {
    if (title !== null) add(title, { url, label: 'Page' });
  }
  // Last: where a name has a place of its own, the guide that uses it comes after that.
  for (const { slug, title, aliases } of guides) {
    for (const name of aliases) add(name, { url: `/${slug}/`, label: title });
  }

  const letters = new Map<string, IndexEntry[]>();
  const sorted = [...entries.values()].sort((a, b) => ORDER.compare(sortKey(a), sortKey(b)));
  for (const entry of sorted) {
    const letter = letterOf(sortKey(entry));
    letters.set(letter, [...(letters.get(letter) ?? []), entry]);
  }
  return [...letters].map(([letter, own]) => ({ letter, entries: own }));
}

/** One order on every machine; numbers by their value. */
const ORDER = new Intl.Collator('en', { numeric: true });

/** An article at the beginning does not count, as in every library. */
function sortKey({ title }: { readonly title: string }): string {
  return title.replace(/^(?:the|an?)\s+/i, '').toLowerCase();
}

function letterOf(key: string): string {
  const first = key.normalize('NFKD').charAt(0).toUpperCase();
  return /[A-Z]/.test(first) ? first : NUMBERS;
}
