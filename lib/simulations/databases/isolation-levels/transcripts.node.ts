/** Where the transcripts lie that `npm run record-isolation` has written. */
import { fileURLToPath } from 'node:url';

export const TRANSCRIPTS = fileURLToPath(new URL('./transcripts.json', import.meta.url));
