import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Guide, Manifest } from '../content/manifest';
import { painter } from './card';
import { feed } from './feed';
import { llmsText } from './llms';
import { pageMetadata } from './metadata';
import { article, breadcrumbs, citations, jsonLd, termSet, website } from './structured-data';
import { lightColours } from './tokens.node.ts';
import { webManifest } from './web-manifest';
import { cardsOf } from './write';
import { element, xmlDocument } from './xml';

function guide(name: string, changes: Partial<Guide> = {}): Guide {
  return {
    slug: `traffic/${name}`,
    category: 'traffic',
    name,
    title: `About ${name} & <others>`,
    description: `What ${name} teaches.`,
    summary: ['Do it'],
    level: 'practitioner',
    tags: ['overload'],
    aliases: ['another name'],
    prerequisites: [],
    related: [],
    published: '2026-01-02',
    updated: '2026-03-04',
    sources: [
      {
        key: 'rfc',
        title: 'RFC 6585',
        by: 'IETF',
        edition: '2012',
        url: 'https://www.rfc-editor.org/rfc/rfc6585',
        supports: 'The status.',
      },
    ],
    order: 1,
    readingMinutes: 12,
    words: 2600,
    headings: [],
    backlinks: [],
    previous: null,
    next: null,
    simulations: [],
    figure: null,
    ...changes,
  };
}

const first = guide('first');
const second = guide('second', { updated: '2026-05-06' });
const manifest: Manifest = {
  categories: [
    {
      slug: 'traffic',
      title: 'Traffic control',
      blurb: 'What to let in.',
      order: 1,
      guides: [first.slug, second.slug],
    },
  ],
  guides: { [first.slug]: first, [second.slug]: second },
  tags: [],
  glossary: [],
  simulations: [],
};

describe('XML', () => {
  test('text and attributes cannot break out of their places', () => {
    expect(xmlDocument(element('a', { b: '"<&>"' }, 'x < y & "z" ]]>'))).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<a b="&quot;&lt;&amp;&gt;&quot;">x &lt; y &amp; &quot;z&quot; ]]&gt;</a>\n',
    );
  });

  test('characters that XML cannot hold are left out', () => {
    expect(xmlDocument(element('a', {}, 'b\u0000\u0007c\n'))).toContain('<a>bc\n</a>');
  });
});

describe('the feed', () => {
  test('has the guide that was changed last first, and its day as that of the feed', () => {
    const ids = [...feed(manifest).matchAll(/<id>([^<]+)<\/id>/g)].map(([, id]) => id);
    expect(ids).toEqual([
      'http://localhost:3000/',
      'http://localhost:3000/traffic/second/',
      'http://localhost:3000/traffic/first/',
    ]);
    expect(/<updated>([^<]+)/.exec(feed(manifest))?.[1]).toBe('2026-05-06T00:00:00Z');
  });

  test('holds at most fifty entries', () => {
    const guides = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => guide(`g${index}`)).map((each) => [each.slug, each]),
    );
    expect(feed({ ...manifest, guides }).match(/<entry>/g)).toHaveLength(50);
  });
});

test('llms.txt lists each guide as Markdown under its category', () => {
  const text = llmsText(manifest);
  expect(text).toMatch(/^# Steady State\n\n> /);
  expect(text).toContain('## Traffic control\n\nWhat to let in.\n\n');
  expect(text).toContain(
    '- [About first & <others>](http://localhost:3000/traffic/first.md): What first teaches.',
  );
  // Pages without an entry do not exist.
  expect(text).not.toContain('/glossary/');
});

describe('structured data', () => {
  test('no text can end its element', () => {
    const written = jsonLd([article(guide('x', { title: '</script><script>' }), undefined)]);
    expect(written).not.toContain('<');
    expect(JSON.parse(written)['@graph'][0].headline).toBe('</script><script>');
  });

  test('an article says what it teaches, how long it takes and what it rests on', () => {
    expect(article(first, manifest.categories[0])).toMatchObject({
      '@type': ['TechArticle', 'LearningResource'],
      mainEntityOfPage: 'http://localhost:3000/traffic/first/',
      image: 'http://localhost:3000/cards/traffic/first.png',
      datePublished: '2026-01-02',
      dateModified: '2026-03-04',
      articleSection: 'Traffic control',
      timeRequired: 'PT12M',
      teaches: ['Do it'],
      isPartOf: { '@id': website()['@id'] },
    });
    // Two nodes of one name are one to those who read them.
    expect(citations(first)).toEqual({
      '@type': ['TechArticle', 'LearningResource'],
      '@id': article(first, undefined)['@id'],
      citation: ['https://www.rfc-editor.org/rfc/rfc6585'],
    });
  });

  test('breadcrumbs end with the page itself', () => {
    const { itemListElement } = breadcrumbs([{ path: '/', title: 'Home' }], {
      path: '/traffic/',
      title: 'Traffic control',
    });
    expect(itemListElement).toEqual([
      { '@type': 'ListItem', position: 1, name: 'Home', item: 'http://localhost:3000/' },
      {
        '@type': 'ListItem',
        position: 2,
        name: 'Traffic control',
        item: 'http://localhost:3000/traffic/',
      },
    ]);
  });

  test('a term of the glossary has its anchor', () => {
    const term = {
      slug: 'dead-letter-queue',
      title: 'Dead-letter queue',
      aliases: ['DLQ'],
      definition: [],
      text: 'Where messages end that could not be handled.',
      sources: [],
      related: [],
      guides: [],
    };
    expect(termSet('/glossary/', 'Glossary', [term]).hasDefinedTerm).toEqual([
      {
        '@type': 'DefinedTerm',
        url: 'http://localhost:3000/glossary/#dead-letter-queue',
        name: 'Dead-letter queue',
        description: 'Where messages end that could not be handled.',
        alternateName: ['DLQ'],
        inDefinedTermSet: 'http://localhost:3000/glossary/',
      },
    ]);
  });
});

describe('metadata', () => {
  test('a guide names its canonical address, its Markdown, the feed and its card', () => {
    const { alternates, openGraph, twitter } = pageMetadata({
      path: '/traffic/first/',
      title: 'First',
      description: 'What it teaches.',
      card: 'traffic/first',
      article: { ...first, section: 'Traffic control' },
    });
    expect(alternates).toMatchObject({
      canonical: 'http://localhost:3000/traffic/first/',
      types: {
        'application/atom+xml': [{ url: '/feed.atom' }],
        'text/markdown': [{ url: '/traffic/first.md' }],
      },
    });
    expect(openGraph).toMatchObject({
      type: 'article',
      modifiedTime: '2026-03-04',
      images: [{ url: 'http://localhost:3000/cards/traffic/first.png', width: 1200, height: 630 }],
    });
    expect(twitter).toMatchObject({ card: 'summary_large_image' });
  });

  test('a page without a card of its own has that of the site, and no Markdown', () => {
    const { alternates, openGraph } = pageMetadata({
      path: '/about/',
      title: 'About',
      description: 'How it is made.',
    });
    expect(openGraph?.images).toMatchObject([{ url: 'http://localhost:3000/cards/site.png' }]);
    expect(Object.keys(alternates?.types ?? {})).toEqual(['application/atom+xml']);
  });
});

describe('pictures', () => {
  test('each page that has a card of its own is listed, with its category above its title', () => {
    expect([...cardsOf(manifest).keys()]).toEqual([
      '/cards/site.png',
      '/cards/traffic.png',
      '/cards/traffic/first.png',
      '/cards/traffic/second.png',
    ]);
    expect(cardsOf(manifest).get('/cards/traffic/first.png')?.kicker).toBe('Traffic control');
  });

  test('a character that the faces lack is refused rather than fetched from elsewhere', () => {
    const { card } = painter(process.cwd());
    const text = { kicker: '', description: 'Plain.' };
    expect(() => card({ ...text, title: 'Café — “naïve”' })).not.toThrow();
    expect(() => card({ ...text, title: '日本' })).toThrow(/Latin characters.*"日"/);
  });

  test('icons are PNGs of their size', async () => {
    const { icon, png } = painter(process.cwd());
    const bytes = await png(icon({ size: 48 }));
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([48, 48]);
  });

  test('what a build has drawn is not drawn again in development', () => {
    const root = mkdtempSync(join(tmpdir(), 'reach-'));
    try {
      for (const name of ['app', 'node_modules', 'package.json'])
        symlinkSync(join(process.cwd(), name), join(root, name));
      mkdirSync(join(root, '.generated'));
      const drawnIn = (mode: 'production' | 'development', guides: readonly Guide[]): number => {
        const bySlug = Object.fromEntries(guides.map((each) => [each.slug, each]));
        writeFileSync(
          join(root, '.generated/content.json'),
          JSON.stringify({ ...manifest, guides: bySlug }),
        );
        // Each in a process of its own, since React is loaded once, for one of both.
        const script = `import { writeReach } from './lib/reach/write.ts';
          process.stdout.write(String((await writeReach(${JSON.stringify(root)})).drawn));`;
        const printed = execFileSync(
          process.execPath,
          ['--import', 'tsx', '--input-type=module', '--eval', script],
          { env: { ...process.env, NODE_ENV: mode }, encoding: 'utf8' },
        );
        return Number(printed);
      };
      expect(drawnIn('production', [first, second])).toBeGreaterThan(4);
      expect(drawnIn('development', [first, second])).toBe(0);
      // A guide that is gone takes its card along; another title is another picture.
      expect(drawnIn('development', [{ ...first, title: 'Another' }])).toBe(1);
      expect(readdirSync(join(root, 'public/cards/traffic'))).toEqual(['first.png']);
      expect(existsSync(join(root, 'public/cards/site.png'))).toBe(true);
    } finally {
      rmSync(root, { recursive: true });
    }
  }, 60_000);
});

test('the web manifest names icons for every use', () => {
  const { icons, start_url, display } = JSON.parse(webManifest({ paper: '#ffffff' })) as {
    icons: { purpose: string; sizes: string }[];
    start_url: string;
    display: string;
  };
  expect(icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '512x512 any',
    '512x512 maskable',
  ]);
  expect([start_url, display]).toEqual(['/', 'minimal-ui']);
});

test('a colour that tokens.css does not have is an error that names it', () => {
  expect(lightColours(process.cwd(), ['paper']).paper).toMatch(/^#[0-9a-f]{6}$/);
  expect(() => lightColours(process.cwd(), ['papr'])).toThrow('--papr: light-dark');
});
