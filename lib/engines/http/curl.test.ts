import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlCommand } from './curl';
import type { HttpInput } from './types';

const GET: HttpInput = { method: 'GET', target: '/orders/17', headers: '', body: '' };

/** What curl would be called with, as a shell reads the command. */
function wordsOf(input: Partial<HttpInput>): string[] {
  const command = curlCommand({ ...GET, ...input }, 'https://api.example');
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
  return words.slice(0, -1);
}

test('[HU1] a plain GET is the address alone', () => {
  expect(wordsOf({})).toEqual(['--include', 'https://api.example/orders/17']);
});

test('[HU2] quotes, dollars, new lines and backslashes reach curl as they were typed', () => {
  const body = `{ "note": "it's $HOME \`id\` \\n" }\n!second`;
  expect(wordsOf({ method: 'PUT', headers: `If-Match: "it's"\nContent-Type: a/b`, body })).toEqual([
    '--include',
    '--request',
    'PUT',
    'https://api.example/orders/17',
    '--header',
    `If-Match: "it's"`,
    '--header',
    'Content-Type: a/b',
    '--data-raw',
    body,
  ]);
});

test('[HU3] curl adds no type that the request did not have', () => {
  expect(wordsOf({ method: 'POST', body: 'x' })).toContain('Content-Type:');
});

test('[HU4] an empty field is sent, not removed', () => {
  expect(wordsOf({ headers: 'Accept:' })).toContain('Accept;');
});

test('[HU5] HEAD does not wait for content, and a query is neither pattern nor background job', () => {
  expect(wordsOf({ method: 'HEAD', target: '/a?x[]={1,2}&y=1' })).toEqual([
    '--head',
    '--globoff',
    'https://api.example/a?x[]={1,2}&y=1',
  ]);
});
