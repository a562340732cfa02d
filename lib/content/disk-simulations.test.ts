import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { simulationFolders } from '../simulation/entries.node.ts';
import { bundleSimulations } from './bundles';
import { diskSimulations } from './disk-simulations';
import { ContentError, formatProblem } from './problem';
import { requestOf } from './simulations';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'disk-simulations-'));
  for (const name of ['lib', 'node_modules', 'package.json', 'tsconfig.json']) {
    symlinkSync(join(process.cwd(), name), join(root, name));
  }
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test('a run that throws is a problem of its simulation, without the stack in the bundle', async () => {
  const { simulations } = await bundleSimulations(
    root,
    simulationFolders().filter(({ id }) => id === 'queue'),
  );
  const [queue] = simulations;
  if (queue === undefined) throw new Error('The template "queue" is gone.');
  const disk = diskSimulations(root, simulations);

  // As it is when the definition's own default lies outside of its range.
  const request = requestOf(queue.description, 'rush', { parameters: { servers: 5 } });
  const expected = [
    'lib/simulations/template/queue/simulation.ts:1:1 expected every run to reach its end, got: Parameter “servers” (Servers): expected 1 to 4, got 5. Run the contract test for the whole trace: npx vitest run lib/simulation/contract.test.ts -t queue.',
  ];
  const problemsOf = (promise: Promise<unknown>): Promise<string[]> =>
    promise.then(
      () => [],
      (error: unknown) => {
        if (!(error instanceof ContentError)) throw error;
        return error.problems.map(formatProblem);
      },
    );
  expect(await problemsOf(disk.race(queue, request))).toEqual(expected);
  // A failure is not kept: the next question gets the same answer.
  expect(await problemsOf(disk.results(queue, request))).toEqual(expected);
  expect(await problemsOf(disk.results(queue, requestOf(queue.description, 'rush')))).toEqual([]);
}, 60_000);
