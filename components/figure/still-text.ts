/**
 * The static form of a figure as text, and how it comes into its page: the page holds the figure's
 * place with the caption in it, the still an empty caption.
 */

/** Name of the element that holds a figure's place in a page; its id is the still's key. */
export const FIGURE_PLACE = 'still-figure';

const EMPTY_CAPTION = '<figcaption class="fig-caption"></figcaption>';
const FIGURES = new RegExp(`<${FIGURE_PLACE} id="([^"]*)">([\\s\\S]*?)</${FIGURE_PLACE}>`, 'g');

/** The page with all its stills in their places. */
export function withStills(page: string, stillOf: (key: string) => string): string {
  return page.replace(FIGURES, (_place, key: string, caption: string) => {
    const [above = '', below] = stillOf(key).split(EMPTY_CAPTION);
    // Kinds without a caption have no place for one.
    if (below === undefined) return above;
    return `${above}<figcaption class="fig-caption">${caption}</figcaption>${below}`;
  });
}
