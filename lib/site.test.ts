import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function siteWith(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  return import('./site');
}

test.each([
  ['', '/a/'],
  ['/handbook', '/handbook/a/'],
  ['handbook/', '/handbook/a/'],
  ['/docs/handbook/', '/docs/handbook/a/'],
])('with the base path %j a page lies at %s', async (BASE_PATH, address) => {
  const { href } = await siteWith({ BASE_PATH });
  expect(href('/a/')).toBe(address);
});

test('a foreign address and an anchor are left alone', async () => {
  const { href } = await siteWith({ BASE_PATH: '/handbook' });
  expect(href('https://example.org/a')).toBe('https://example.org/a');
  expect(href('//example.org/a')).toBe('//example.org/a');
  expect(href('#sources')).toBe('#sources');
});

test('a canonical address has host, base path and page', async () => {
  const { canonical } = await siteWith({
    SITE_URL: 'https://example.org/ignored/',
    BASE_PATH: '/handbook',
  });
  expect(canonical('/a/b/')).toBe('https://example.org/handbook/a/b/');
});

test('links to edit and report exist only where they are configured', async () => {
  const without = await siteWith({ EDIT_URL: '', REPORT_URL: '' });
  expect(without.editUrl('a/b')).toBeNull();
  expect(without.reportUrl('/a/b/')).toBeNull();
  const site = await siteWith({
    SITE_URL: 'https://example.org',
    BASE_PATH: '',
    EDIT_URL: 'https://git.example.org/edit/main/{path}',
    REPORT_URL: 'https://git.example.org/issues/new?title={page}',
  });
  expect(site.editUrl('a/b')).toBe('https://git.example.org/edit/main/content/a/b.mdx');
  expect(site.reportUrl('/a/b/')).toBe(
    'https://git.example.org/issues/new?title=https%3A%2F%2Fexample.org%2Fa%2Fb%2F',
  );
});

test('a SITE_URL without a scheme is refused with what to write', async () => {
  await expect(siteWith({ SITE_URL: 'example.org' })).rejects.toThrow(
    'SITE_URL must be the address of the site with its scheme, got "example.org"',
  );
});
