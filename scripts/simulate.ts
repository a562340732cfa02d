/** `npm run simulate -- <simulation>`: a run without a page; `--help` says what it takes. */
import { loadEntries } from '../lib/simulation/entries.node.ts';
import { CommandError, simulationCommand } from './simulation-command';

try {
  console.log(await simulationCommand(await loadEntries(), process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
