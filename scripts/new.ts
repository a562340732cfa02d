/** `npm run new`: a new guide or simulation from its template, and what to do next. */
import { fileURLToPath } from 'node:url';
import { newGuide, newSimulation, ScaffoldError, type Scaffolded } from './scaffold';

const root = fileURLToPath(new URL('..', import.meta.url));

const USAGE = `Expected what to make:
  npm run new -- guide <category>/<name> "Title of the guide"
  npm run new -- simulation <category>/<id>`;

function make([kind, address = '', ...rest]: readonly string[]): Scaffolded {
  switch (kind) {
    case 'guide':
      return newGuide(root, {
        slug: address,
        title: rest.join(' '),
        today: new Date().toISOString().slice(0, 10),
      });
    case 'simulation':
      return newSimulation(root, address);
    default:
      throw new ScaffoldError(USAGE);
  }
}

try {
  const { path, next } = make(process.argv.slice(2));
  console.log(`Made ${path}.\n\nNext:`);
  for (const line of next) console.log(`  ${line}`);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
