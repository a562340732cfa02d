/** Reads stills that the build has drawn; on the server only. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function readStill(key: string): string {
  try {
    return readFileSync(join(process.cwd(), '.generated', 'figures', `${key}.html`), 'utf8');
  } catch (cause) {
    throw new Error(
      `A figure's still should be in .generated/figures/${key}.html, and it is not. ` +
        'Run "npm run generate", which draws the stills of all guides.',
      { cause },
    );
  }
}
