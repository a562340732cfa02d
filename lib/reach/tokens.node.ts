/** Colours of the site for what is drawn outside a browser: read out of the one file that has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Custom property without its dashes → its colour on light paper.
 *
 * @throws Error if a colour that is asked for is not a pair of tokens.css
 */
export function lightColours<Name extends string>(
  root: string,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const css = readFileSync(join(root, 'app/tokens.css'), 'utf8');
  return Object.fromEntries(
    names.map((name) => {
      const colour = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}),`).exec(css)?.[1];
      if (colour === undefined) {
        throw new Error(
          `Expected app/tokens.css to hold --${name}: light-dark(#…, #…), found no such pair.`,
        );
      }
      return [name, colour];
    }),
  ) as Record<Name, string>;
}
