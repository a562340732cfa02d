/** Where the styles of `styles.ts` lie, for the pages. */
import { readGenerated } from './generated';

/** Kind of view, or "search" → address of its styles from the root of the site, if it has any. */
export type Styles = Readonly<Record<string, string>>;

/** Where the build writes them, from the root of the repository. */
export const STYLES_PATH = '.generated/styles.json';

/** @throws Error if they have not been generated. */
export function readStyles(): Styles {
  return readGenerated<Styles>(STYLES_PATH);
}
