/**
 * `npm run dev`: the site for authors. Generates, then watches: prose, simulations and components
 * reload in the browser as they are saved.
 */
import { portOf } from './environment.mjs';
import { bin, requirePort, run, start, typescript } from './steps.mjs';

const port = portOf(process.env);
await requirePort(port, 'npm run dev');

// The first pass must be whole before the pages that read it; its problems do not stop an author.
run(typescript('scripts/generate.ts'));
const children = [
  start(typescript('scripts/generate.ts', '--watch')),
  start([bin('next'), 'dev', '--port', String(port)]),
];
const end = () => {
  for (const child of children) child.kill();
};
for (const child of children) child.on('exit', end);
process.on('SIGINT', end);
process.on('SIGTERM', end);
