/**
 * Writes into `public/` what makes the site findable and installable, from the manifest alone: feed,
 * llms.txt, web app manifest, OpenSearch description, cards and icons. Nothing is drawn twice: a picture is kept under the
 * hash of everything that it shows and is drawn with.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyWhole, writeChanged, writeWhole } from '../content/files';
import { type Manifest, readManifest } from '../content/manifest';
import { SITE_DESCRIPTION, SITE_TAGLINE } from '../site';
import {
  cardPath,
  FEED_PATH,
  LLMS_PATH,
  MANIFEST_PATH,
  OPEN_SEARCH_PATH,
  SITE_CARD,
} from './addresses';
import { type Card, type Drawing, painter } from './card';
import { feed } from './feed';
import { llmsText } from './llms';
import { openSearch } from './open-search';
import { lightColours } from './tokens.node.ts';
import { APPLE_ICON, ICONS, webManifest } from './web-manifest';

interface ReachReport {
  /** Pictures drawn anew. */
  readonly drawn: number;
}

/**
 * @param root root of the repository, whose manifest has been generated
 * @throws Error if a card cannot be drawn (see `Painter.png`)
 */
export async function writeReach(root: string): Promise<ReachReport> {
  const manifest = readManifest(root);
  const write = (path: string, text: string): void =>
    writeChanged(join(root, 'public', path), text);
  write(FEED_PATH, feed(manifest));
  write(LLMS_PATH, llmsText(manifest));
  write(OPEN_SEARCH_PATH, openSearch());
  write(MANIFEST_PATH, webManifest(lightColours(root, ['paper'])));
  return { drawn: await drawPictures(root, manifest) };
}

/** The cards by address: of the site, of each category, of each guide. */
export function cardsOf({ categories, guides }: Manifest): ReadonlyMap<string, Card> {
  const cards = new Map<string, Card>([
    [SITE_CARD, { kicker: '', title: SITE_TAGLINE, description: SITE_DESCRIPTION }],
  ]);
  for (const { slug, title, blurb } of categories)
    cards.set(cardPath(slug), { kicker: '', title, description: blurb });
  for (const { slug, category, title, description } of Object.values(guides)) {
    const kicker = categories.find((each) => each.slug === category)?.title ?? category;
    cards.set(cardPath(slug), { kicker, title, description });
  }
  return cards;
}

interface Picture {
  /** What is on it, by which it is found again: drawings differ with how React was loaded. */
  readonly says: unknown;
  /** @throws Error if it says what the faces have no characters for */
  readonly drawing: () => Drawing;
}

async function drawPictures(root: string, manifest: Manifest): Promise<number> {
  const { means, card, icon, png } = painter(root);
  const pictures = new Map<string, Picture>();
  for (const [path, text] of cardsOf(manifest))
    pictures.set(path, { says: text, drawing: () => card(text) });
  const addIcon = (path: string, options: Parameters<typeof icon>[0]): void => {
    pictures.set(path, { says: options, drawing: () => icon(options) });
  };
  for (const { path, size, purpose } of ICONS)
    addIcon(path, { size, maskable: purpose === 'maskable' });
  addIcon(APPLE_ICON.path, { size: APPLE_ICON.size });

  const cache = join(root, '.generated/cache/pictures');
  mkdirSync(cache, { recursive: true });
  const tools = toolsHash(root, means);
  const used = new Set<string>();
  const served: Record<string, string> = {};
  const before = servedBefore(root);
  let drawn = 0;
  for (const [path, { says, drawing }] of pictures) {
    const name = `${sha256(JSON.stringify([tools, says])).slice(0, 24)}.png`;
    used.add(name);
    served[path] = name;
    const kept = join(cache, name);
    if (!existsSync(kept)) {
      writeWhole(kept, await png(drawing()));
      drawn++;
    }
    const target = join(root, 'public', path);
    if (before[path] !== name || !existsSync(target)) copyWhole(kept, target);
  }
  for (const path of Object.keys(before))
    if (served[path] === undefined) rmSync(join(root, 'public', path), { force: true });
  for (const name of readdirSync(cache)) if (!used.has(name)) rmSync(join(cache, name));
  writeChanged(join(root, SERVED_PATH), JSON.stringify(served));
  return drawn;
}

/** Address of each picture → name of the one in the cache that is served there. */
const SERVED_PATH = '.generated/pictures.json';

function servedBefore(root: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(join(root, SERVED_PATH), 'utf8')) as Record<string, string>;
  } catch {
    // It is not known what lies there.
    for (const folder of ['cards', 'icons'])
      rmSync(join(root, 'public', folder), { recursive: true, force: true });
    return {};
  }
}

/** What a picture depends on besides what it says: the code that draws, and the versions it uses. */
function toolsHash(root: string, means: unknown): string {
  const versionOf = (pack: string): string =>
    (
      JSON.parse(readFileSync(join(root, 'node_modules', pack, 'package.json'), 'utf8')) as {
        version: string;
      }
    ).version;
  return sha256(
    JSON.stringify([
      readFileSync(fileURLToPath(new URL('./card.tsx', import.meta.url)), 'utf8'),
      ['next', '@fontsource/inter', '@fontsource/source-serif-4'].map(versionOf),
      means,
    ]),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
