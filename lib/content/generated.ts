/** Reads what `npm run generate` has written for the pages. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Kept {
  readonly mtimeMs: number;
  readonly size: number;
  readonly value: unknown;
}

/** By path: every page reads the same files, and parsing them for each would grow with the square. */
const kept = new Map<string, Kept>();

/**
 * The value of a generated JSON file, parsed again only when the file has changed, so that a page of
 * the development server follows the content.
 *
 * @param path from the root of the repository
 * @throws Error if it has not been generated
 */
export function readGenerated<T>(path: string, root = process.cwd()): T {
  const file = join(/* turbopackIgnore: true */ root, path);
  try {
    const { mtimeMs, size } = statSync(file);
    const known = kept.get(file);
    if (known?.mtimeMs === mtimeMs && known.size === size) return known.value as T;
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    kept.set(file, { mtimeMs, size, value });
    return value as T;
  } catch (cause) {
    throw notGenerated(path, cause);
  }
}

/**
 * HTML that the build has drawn.
 *
 * @param name path below `.generated`, without the ending: "guides/<slug>", "figures/<key>" or "parts/<name>"
 * @throws Error if it has not been generated
 */
export function readHtml(name: string): string {
  const path = `.generated/${name}.html`;
  try {
    return readFileSync(join(/* turbopackIgnore: true */ process.cwd(), path), 'utf8');
  } catch (cause) {
    throw notGenerated(path, cause);
  }
}

function notGenerated(path: string, cause: unknown): Error {
  return new Error(
    `Expected ${path}, got no such file. Run "npm run generate", which "npm run build" and "npm run dev" do by themselves.`,
    { cause },
  );
}
