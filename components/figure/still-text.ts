/** The static form of a figure as text, and where its caption stands in it. */

const CAPTION_PLACE = '<!--caption-->';

/** Two parts of HTML, to stand above and below the caption. */
export type StillParts = readonly [above: string, below: string];

export function joinStill([above, below]: StillParts): string {
  return `${above}${CAPTION_PLACE}${below}`;
}

export function splitStill(html: string): StillParts {
  const [above = '', below = ''] = html.split(CAPTION_PLACE);
  return [above, below];
}
