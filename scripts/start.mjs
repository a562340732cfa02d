/** `npm start`: builds the site and serves it. A taken port is said before the build, not after. */
import { basePathOf, configured, portOf } from './environment.mjs';
import { serve } from './serve.mjs';
import { requirePort } from './steps.mjs';

const port = configured(portOf);
const basePath = configured(basePathOf);

await requirePort(port, 'npm start');
await import('./build.mjs');
serve({ port, basePath });
