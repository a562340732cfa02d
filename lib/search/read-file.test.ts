import { expect, test } from 'vitest';
import { readFile } from './read-file';

test('a file is read as JSON', async () => {
  expect(await readFile('/a.json', async () => Response.json([1]))).toEqual([1]);
});

test.each([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), /^no answer\. Without/],
  [
    'no such file',
    () => Promise.resolve(new Response('', { status: 404 })),
    /^the answer 404 from \/a\.json$/,
  ],
  ['another page', () => Promise.resolve(new Response('<p>')), /^no JSON from \/a\.json$/],
])('of %s it is said what came, and not how the browser puts it', async (_, fetch, said) => {
  await expect(readFile('/a.json', fetch)).rejects.toThrow(said);
});
