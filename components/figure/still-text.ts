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
  const whole = page.replace(FIGURES, (_place, key: string, caption: string) => {
    const [above = '', below] = stillOf(key).split(EMPTY_CAPTION);
    // Kinds without a caption have no place for one.
    if (below === undefined) return above;
    return `${above}<figcaption class="fig-caption">${caption}</figcaption>${below}`;
  });
  return saidOnce(whole);
}

const FIGURE = /<article id="([^"]*)" class="fig".*?<\/article>/gs;
const SECTION =
  /(<details class="fig-details" data-section="\w+"><summary>.*?<\/summary>)(.*?)(<\/details>)/gs;
/** What a model leaves out, where the text lists it. */
const LISTED = /<div id="([^"]*)" class="fig-omitted">(.*?<\/dl>)<\/div>/gs;

/**
 * Folded sections that are the same in several figures of a page (what the model leaves out, the
 * tables of one run) are said in the first of them, or where the text says them; the others lead
 * there. A live figure says its own.
 */
function saidOnce(page: string): string {
  const listed = new Map([...page.matchAll(LISTED)].map(([, id = '', text = '']) => [text, id]));
  const first = new Map<string, string>();
  return page.replace(FIGURE, (figure: string, id: string) =>
    figure.replace(SECTION, (section: string, head: string, text: string, end: string) => {
      const place = listed.get(text);
      if (place !== undefined)
        return `${head}<p>Listed <a href="#${place}">in the text</a>.</p>${end}`;
      const known = first.get(text);
      if (known === undefined) first.set(text, id);
      return known === undefined || known === id
        ? section
        : `${head}<p>The same as in <a href="#${known}">an earlier figure</a>.</p>${end}`;
    }),
  );
}

/** Places across, in percent: digits beyond a thousandth of the width, which no screen shows. */
const ACROSS = /(?<= (?:x|x1|x2|cx)=")-?\d+\.\d\d(?=%")/g;

/** The drawing with its places as exact as a page shows them; what moves in a live one needs more. */
export const inThousandths = (html: string): string =>
  html.replace(ACROSS, (percent) => `${Number(Number(percent).toFixed(1))}`);
