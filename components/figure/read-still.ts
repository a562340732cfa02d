/** Reads the stills that the build has drawn. Only ever runs where pages are rendered, in Node. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StillParts, splitStill } from './still-text';

/** @param key from the `still` attribute that the compiler of guides sets */
export function readStill(key: string): StillParts {
  if (!/^[0-9a-f]+$/.test(key)) {
    throw new Error(
      `Expected the key of a still (hexadecimal digits), got "${key}". Run npm run generate.`,
    );
  }
  const file = join(process.cwd(), '.generated', 'figures', `${key}.html`);
  try {
    return splitStill(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `Expected a still at ${file}, found none. Run npm run generate, which draws the stills.`,
      { cause: error },
    );
  }
}
