/**
 * What is searched, as the build writes it for the browser (`public/search/*.json`). Keys are one
 * letter long because the files are sent to the reader.
 */

/** `public/search/titles.json`: one for each page, section and simulation; indexed first. */
export interface TitleDocument {
  /** Address from the root of the site, with its anchor. */
  readonly u: string;
  readonly t: string;
  /** Title of the guide that it belongs to; its own title if it belongs to none. */
  readonly g: string;
  readonly k: 'guide' | 'section' | 'simulation' | 'category';
  /** Other names that readers search for. */
  readonly a: readonly string[];
  /** One sentence; empty for a section. */
  readonly d: string;
}

/** `public/search/bodies.json`: the words of a page's opening or of a section. */
export interface BodyDocument {
  /** Address of the title document whose words these are. */
  readonly u: string;
  readonly x: string;
}
