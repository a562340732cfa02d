/** `npm start`: builds the site and serves it. A taken port is said before the build, not after. */
import { createServer } from 'node:net';
import { basePathOf, portOf } from './environment.mjs';
import { serve } from './serve.mjs';

const port = portOf(process.env);
const basePath = basePathOf(process.env);

const probe = createServer();
probe.once('error', (error) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.error(
    `Port ${port} is taken by another program. End it, or choose another port: PORT=${port + 1} npm start`,
  );
  process.exit(1);
});
probe.listen(port, () =>
  probe.close(async () => {
    await import('./build.mjs');
    serve({ port, basePath });
  }),
);
