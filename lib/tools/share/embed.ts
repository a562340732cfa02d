/**
 * Figures in pages of others: their names, what a query may say, and what a page and its host say to
 * each other. docs/embedding.md describes all of it.
 */

/** Name of the figure on its page, and so the key of its state in the query: that of the gallery. */
export const embedFigure = (simulation: string, scenario: string): string =>
  `${simulation}-${scenario}`;

export const EMBED_THEMES = ['system', 'light', 'dark'] as const;
export type EmbedTheme = (typeof EMBED_THEMES)[number];

/** Lists of a figure that a query may say otherwise than the scenario does. */
export const EMBED_LISTS = ['controls', 'views', 'variants', 'measures'] as const;
export type EmbedList = (typeof EMBED_LISTS)[number];

/** Key of each message, so that those of others are never taken for ours. */
export const KEY = 'steadyState';

/** What the framed page says: its height, whenever that changes. */
interface HeightMessage {
  readonly [KEY]: 'height';
  /** px. */
  readonly heightPx: number;
}

export const heightMessage = (heightPx: number): HeightMessage => ({
  [KEY]: 'height',
  heightPx: Math.ceil(heightPx),
});

/**
 * The theme that a message of the framing page asks for, `{ steadyState: 'theme', theme: 'dark' }`; null
 * for a message that is not ours, whatever it is.
 */
export function themeIn(message: unknown): EmbedTheme | null {
  if (typeof message !== 'object' || message === null) return null;
  const { [KEY]: key, theme } = message as Partial<Record<string, unknown>>;
  return key === 'theme' ? embedTheme(theme) : null;
}

/** The theme of this name; null if there is none. */
export const embedTheme = (name: unknown): EmbedTheme | null =>
  EMBED_THEMES.find((theme) => theme === name) ?? null;

/** Path of the page of a scenario, from the root of the site. */
export const embedPath = (simulation: string, scenario: string): string =>
  `/embed/${encodeURIComponent(simulation)}/${encodeURIComponent(scenario)}/`;

/**
 * What a query says otherwise than the scenario does. Ids that there are none of are left out: a query
 * may be old or wrong, and what it says beside them still holds.
 *
 * @param known the ids that there are
 */
export function embedChoices(
  search: string,
  known: Readonly<Record<EmbedList, readonly string[]>>,
): Partial<Record<EmbedList, readonly string[]>> {
  const query = new URLSearchParams(search);
  return Object.fromEntries(
    EMBED_LISTS.flatMap((list) => {
      const said = query.get(list);
      if (said === null) return [];
      const ids = said.split(',').filter((id) => known[list].includes(id));
      // A race of nobody cannot be run, and a figure without a view shows nothing.
      const isNeeded = list === 'views' || list === 'variants';
      return ids.length === 0 && isNeeded ? [] : [[list, ids]];
    }),
  );
}
