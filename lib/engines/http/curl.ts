import type { HttpInput } from './types';

/** The request as a command line for curl, quoted for a POSIX shell. */
export function curlCommand(input: HttpInput, origin: string): string {
  const words = ['curl', '--include'];
  if (input.method === 'HEAD') words[1] = '--head';
  else if (input.method !== 'GET' || input.body !== '')
    words.push('--request', quote(input.method));
  // Braces and brackets in an address are patterns to curl.
  if (/[[\]{}]/.test(input.target)) words.push('--globoff');
  words.push(quote(origin + input.target));
  const lines = [words.join(' ')];
  for (const line of input.headers.split('\n')) {
    const [name, value] = splitField(line);
    if (name === '') continue;
    // A field with an empty value ends in a semicolon; with a colon curl would remove the field.
    lines.push(`--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  // curl refuses content with --head, and an answer to HEAD could not depend on it.
  if (input.body !== '' && input.method !== 'HEAD') {
    if (!/^content-type\s*:/im.test(input.headers)) lines.push("--header 'Content-Type:'");
    lines.push(`--data-raw ${quote(input.body)}`);
  }
  return lines.join(' \\\n  ');
}

function splitField(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return colon < 0
    ? [line.trim(), '']
    : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
