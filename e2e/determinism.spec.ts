/** The same inputs give the same recording in the browser as in Node, bit for bit. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { hashRecording, type Recording } from '../lib/kernel/recording';
import { loadEntries } from '../lib/simulation/entries.node';
import { runRace, scenarioRequest } from '../lib/simulation/run';

interface IndexEntry {
  readonly bundle: string;
}
const index = JSON.parse(readFileSync('.generated/simulations.json', 'utf8')) as Record<
  string,
  IndexEntry
>;

/** The columns of a recording as plain arrays, NaN written as text, since JSON has none. */
type Plain = Record<string, unknown>;

function revived(plain: Plain): Recording {
  const columns = (kind: string): unknown => {
    const source = plain[kind] as Record<
      string,
      { type: string; values: (number | 'NaN')[] } | number
    >;
    return Object.fromEntries(
      Object.entries(source).map(([name, column]) => {
        if (typeof column === 'number') return [name, column];
        const values = column.values.map((value) => (value === 'NaN' ? Number.NaN : value));
        const types = { Float64Array, Uint32Array, Int32Array };
        return [name, types[column.type as keyof typeof types].from(values)];
      }),
    );
  };
  return {
    ...plain,
    ...Object.fromEntries(
      ['messages', 'spans', 'states', 'samples', 'notes'].map((kind) => [kind, columns(kind)]),
    ),
  } as unknown as Recording;
}

test('every scenario has the same recording hash in the browser as in Node', async ({ page }) => {
  await page.goto('/');
  const entries = await loadEntries();
  expect(entries.length).toBeGreaterThan(0);
  for (const entry of entries) {
    for (const scenario of Object.keys(entry.definition.scenarios)) {
      const request = scenarioRequest(entry.definition, scenario);
      const inNode = runRace(entry, request).runs.map((run) => hashRecording(run.recording));
      const recordings = await page.evaluate(
        async ({ bundle, request }) => {
          const worker = new Worker(bundle);
          const race = await new Promise<{ runs: { recording: Record<string, unknown> }[] }>(
            (resolve, reject) => {
              worker.onerror = (event) => reject(new Error(event.message));
              worker.onmessage = ({ data }) => {
                if (data.type === 'ready')
                  worker.postMessage({
                    type: 'run',
                    requestId: 1,
                    request,
                    tasks: [],
                    predictions: [],
                  });
                else if (data.type === 'result') resolve(data.race);
                else reject(new Error(JSON.stringify(data)));
              };
            },
          );
          worker.terminate();
          const column = (value: unknown): unknown =>
            ArrayBuffer.isView(value)
              ? {
                  type: value.constructor.name,
                  values: Array.from(value as unknown as ArrayLike<number>, (each) =>
                    Number.isNaN(each) ? 'NaN' : each,
                  ),
                }
              : value;
          return race.runs.map(({ recording }) =>
            Object.fromEntries(
              Object.entries(recording).map(([kind, value]) => [
                kind,
                typeof value === 'object' && value !== null && !Array.isArray(value)
                  ? Object.fromEntries(
                      Object.entries(value).map(([name, each]) => [name, column(each)]),
                    )
                  : value,
              ]),
            ),
          );
        },
        { bundle: index[entry.id]?.bundle ?? '', request: JSON.parse(JSON.stringify(request)) },
      );
      const inBrowser = recordings.map((plain) => hashRecording(revived(plain)));
      expect(inBrowser, `${entry.id}, ${scenario}`).toEqual(inNode);
    }
  }
});

test('the kernel’s log, exp and pow give the stored bits in the browser', async ({ page }) => {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "import { MATH_HASH, mathHash, mathVectorFailures } from './lib/kernel/math.vectors.ts';" +
        'globalThis.mathReport = { failures: mathVectorFailures(), same: mathHash() === MATH_HASH };',
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  // A page of its own: the site's policy admits no script that is not the site's.
  await page.goto('about:blank');
  const code = outputFiles[0]?.text ?? '';
  const report = await page.evaluate(`${code}; globalThis.mathReport`);
  expect(report).toEqual({ failures: [], same: true });
});
