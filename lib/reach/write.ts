/**
 * Writes into `public/` what makes the site findable and installable, from the manifest alone: feed,
 * llms.txt, web app manifest, OpenSearch description, cards and icons. Nothing is drawn twice: a picture is kept under the
 * hash of everything that it shows and is drawn with.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  const write = (path: string, text: string): void => {
    const file = join(root, 'public', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
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

async function drawPictures(root: string, manifest: Manifest): Promise<number> {
  const { card, icon, png } = painter(root);
  const drawings = new Map<string, Drawing>();
  for (const [path, text] of cardsOf(manifest)) drawings.set(path, card(text));
  for (const { path, size, purpose } of ICONS)
    drawings.set(path, icon({ size, maskable: purpose === 'maskable' }));
  drawings.set(APPLE_ICON.path, icon({ size: APPLE_ICON.size }));

  const cache = join(root, '.generated/cache/pictures');
  mkdirSync(cache, { recursive: true });
  for (const folder of ['cards', 'icons'])
    rmSync(join(root, 'public', folder), { recursive: true, force: true });
  const tools = toolsHash(root);
  const used = new Set<string>();
  let drawn = 0;
  for (const [path, drawing] of drawings) {
    const name = `${sha256(JSON.stringify([tools, drawing])).slice(0, 24)}.png`;
    used.add(name);
    const kept = join(cache, name);
    if (!existsSync(kept)) {
      writeFileSync(kept, await png(drawing));
      drawn++;
    }
    const target = join(root, 'public', path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(kept, target);
  }
  for (const name of readdirSync(cache)) if (!used.has(name)) rmSync(join(cache, name));
  return drawn;
}

/** What a picture depends on besides what it says: the code that draws, and the versions it uses. */
function toolsHash(root: string): string {
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
    ]),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
