/** Every step of the labs as the build draws it: what a reader must be able to read off without a program. */
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { open } from '@/lib/engines/tokens/engine';
import { readTokenInput } from '@/lib/engines/tokens/kept';
import type { TokenInput } from '@/lib/engines/tokens/types';
import { lab as forged } from '@/lib/labs/identity/forged-tokens/lab';
import { lab as shared } from '@/lib/labs/identity/shared-secrets/lab';
import { live } from './live';
import { still } from './still';

/** As one hears it: with the names of the marks. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<svg[^>]*aria-label="([^"]*)"/g, '$1<svg')
    .replaceAll('&quot;', '"')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

async function drawn(lab: typeof forged, id: string, change: (input: TokenInput) => TokenInput) {
  const { run, about } = await open(lab.setup, { addressOf: (name) => name, progress: () => {} });
  const step = lab.steps.find((each) => each.id === id);
  if (!step) throw new Error(`No step ${id}`);
  const input = change(step.input);
  const output = await run(input);
  return renderToStaticMarkup(
    <>
      <still.Asked input={input} about={about} />
      <still.Exchange id={id} input={input} output={output} about={about} />
    </>,
  );
}
const same = (input: TokenInput): TokenInput => input;

test('a forgery shows what was changed, who signed, and both verdicts', async () => {
  const html = await drawn(forged, 'confusion', same);
  expect(html.match(/class="tok-changed"/g)).toHaveLength(3);
  const text = textOf(html);
  expect(text).toContain('alg (changed) HS256');
  expect(text).toContain('sub (changed) root');
  expect(text).toContain('exp 1795262700 2026-11-21 12:05:00 UTC');
  expect(text).toContain('whose secret is the public key of rs-2025');
  expect(text).toMatch(
    /Algorithm Passed HS256, as the token says Failed .*ERR_JOSE_ALG_NOT_ALLOWED/,
  );
  expect(text).toContain('Verdict accepts refuses');
  expect(text).toContain('Asked by neither, or not reached: Type (typ),');
});

test('a check that only one verifier makes stands with both', async () => {
  const text = textOf(await drawn(forged, 'audience', same));
  expect(text).toMatch(/Audience \(aud\) not looked at Failed unexpected "aud" claim value/);
});

test('what is typed is text, whatever it says', async () => {
  const html = await drawn(forged, 'sign', (input) =>
    input.do === 'token' ? { ...input, way: 'pasted', pasted: '<b>x</b>.<i>.y' } : input,
  );
  expect(html).not.toContain('<b>');
  expect(textOf(html)).toContain('This is not base64url of UTF-8.');
  const refused = await drawn(forged, 'sign', (input) =>
    input.do === 'token' ? { ...input, issuer: { ...input.issuer, claims: '<b>' } } : input,
  );
  expect(refused).toContain('Claims: this should be JSON.');
  expect(refused).not.toContain('<b>');
});

test('the four bytes of a one-time code are marked where they are taken', async () => {
  const html = await drawn(shared, 'code', same);
  const [, bytes = ''] = /<mark>([0-9a-f]{8})<\/mark>/.exec(html) ?? [];
  const code = String(Number.parseInt(bytes, 16) & 0x7fffffff).slice(-6);
  expect(textOf(html)).toContain(`Code shown ${code}`);
});

test.each([
  ['forged tokens', forged],
  ['shared secrets', shared],
])(
  '%s: each question has a form with a label for every field, and is read back as kept',
  async (_, lab) => {
    const { about } = await open(lab.setup, { addressOf: (name) => name, progress: () => {} });
    for (const { input } of lab.steps) {
      const html = renderToStaticMarkup(
        <live.Editor id="e" input={input} about={about} onChange={() => {}} onRun={() => {}} />,
      );
      const fields = [...html.matchAll(/<(?:input|select|textarea) id="([^"]*)"/g)];
      expect(fields.length).toBeGreaterThan(2);
      for (const [, field] of fields) expect(html).toContain(`for="${field}"`);
      expect(readTokenInput(JSON.parse(JSON.stringify(input)))).toEqual(input);
    }
  },
);

test('what was kept by another version, or is damaged, is no input', () => {
  const [{ input }] = forged.steps;
  if (input.do !== 'token') throw new Error('The first step is a token.');
  for (const kept of [
    null,
    'token',
    [],
    { do: 'token' },
    { ...input, do: 'other' },
    { ...input, way: 'sideways' },
    { ...input, api: { ...input.api, trusts: [1] } },
    { ...input, issuer: { ...input.issuer, claims: undefined } },
  ])
    expect(readTokenInput(kept)).toBeNull();
});
