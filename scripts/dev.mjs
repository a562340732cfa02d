/**
 * `npm run dev`: the site for authors. Generates, then watches: prose, simulations and components
 * reload in the browser as they are saved.
 */
import { configured, portOf } from './environment.mjs';
import { bin, requirePort, start, typescript } from './steps.mjs';

const port = configured(portOf);
await requirePort(port, 'npm run dev');

const children = [];
const end = () => {
  for (const child of children) child.kill();
};
const begin = (child) => {
  children.push(child);
  child.on('exit', end);
};
process.on('SIGINT', end);
process.on('SIGTERM', end);

const generator = start(typescript('scripts/generate.ts', '--watch'), { mayReport: true });
begin(generator);
// The first pass must be whole before the pages that read it; its problems do not stop an author.
generator.once('message', () => begin(start([bin('next'), 'dev', '--port', String(port)])));
