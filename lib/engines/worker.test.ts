import { expect, test } from 'vitest';
import type { FromLab, ToLab } from './protocol';
import { serve } from './worker';

/** What the worker says when its engine throws this in a run. */
function saidOf(thrown: unknown): Promise<FromLab<string>> {
  return new Promise((resolve) => {
    const scope = {
      onmessage: null as ((event: { readonly data: ToLab<string> }) => void) | null,
      postMessage: (message: FromLab<string>) => {
        if (message.type !== 'opened') resolve(message);
      },
    };
    const run = (): Promise<string> => Promise.reject(thrown);
    serve({ setup: null }, async () => ({ version: 'Engine 1', about: null, run }), scope);
    scope.onmessage?.({ data: { type: 'open', assets: {} } });
    scope.onmessage?.({ data: { type: 'run', input: 'x' } });
  });
}

test.each([
  [new RangeError('Too far.'), 'Too far.'],
  // As Emscripten throws it.
  [{ name: 'ExitStatus', message: 'exit(1)', status: 1 }, 'exit(1)'],
  ['gone', 'gone'],
  [undefined, 'undefined'],
])('an engine that throws %o has failed for a reason in words', async (thrown, message) => {
  expect(await saidOf(thrown)).toEqual({ type: 'failed', message });
});
