/**
 * Styles that only some pages need, or that a page needs only once it is asked for something, as files
 * of their own: those of each kind of view, which a page links if it can show it, and those of the
 * search, which come with its dialog. What is added here costs the other pages nothing.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { transform } from 'esbuild';
import type { Description } from '../simulation/definition';
import { keepOnly, sha256 } from './bundles';
import type { Styles } from './style-addresses';

const VIEWS = 'components/views';
/** Styles that every figure has (components/figure/figure.css). */
const SHARED = 'views.css';
const SEARCH = 'components/search/search.css';
const LABS = 'components/labs';
/** Of every lab; `lab-<kind>` are those of a kind. */
const LAB = 'lab';
/**
 * What a kind of lab takes from a kind of view is linked beside its own: a page that has a figure of
 * that kind fetches it once.
 */
const VIEW_IMPORT = /^@import "\.\.\/\.\.\/views\/([a-z]+)\.css";$/gm;
/** Below `public`, and the address below the root of the site. */
const FOLDER = 'styles';
/** A page may load these files before those that say in which order the layers come. */
const LAYERS = '@layer theme, base, components, utilities;\n';

/** Writes `public/styles/<name>.<hash>.css` for each of them. */
export async function writeStyles(root: string): Promise<Styles> {
  const folder = join(root, 'public', FOLDER);
  mkdirSync(folder, { recursive: true });
  const views = join(root, VIEWS);
  const sources = [
    ...(existsSync(views) ? readdirSync(views) : [])
      .filter((file) => file.endsWith('.css') && file !== SHARED)
      .map((file) => join(views, file)),
    join(root, SEARCH),
  ]
    .filter((file) => existsSync(file))
    .map((file): [string, string] => [basename(file, '.css'), file]);
  const styles = await Promise.all(
    [...sources, ...labSources(root)].map(async ([name, source]): Promise<[string, string]> => {
      const text = LAYERS + readFileSync(source, 'utf8').replace(VIEW_IMPORT, '');
      const { code } = await transform(text, { loader: 'css', minify: true });
      const file = `${name}.${sha256(code).slice(0, 12)}.css`;
      writeFileSync(join(folder, file), code);
      return [name, `/${FOLDER}/${file}`];
    }),
  );
  keepOnly(
    folder,
    styles.map(([, address]) => basename(address)),
  );
  return Object.fromEntries(styles);
}

/** Name → file: of every lab, and of each kind that draws something of its own. */
function labSources(root: string): [string, string][] {
  const folder = join(root, LABS);
  if (!existsSync(folder)) return [];
  const kinds = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }): [string, string] => [`${LAB}-${name}`, join(folder, name, 'still.css')]);
  return [[LAB, join(folder, 'lab.css')] as [string, string], ...kinds].filter(([, file]) =>
    existsSync(file),
  );
}

/** Addresses of the styles of a lab, with those of the views that its kind draws. */
export function stylesOfLab(root: string, styles: Styles, kind: string): string[] {
  const own = join(root, LABS, kind, 'still.css');
  const text = existsSync(own) ? readFileSync(own, 'utf8') : '';
  const views = [...text.matchAll(VIEW_IMPORT)].map(([, view = '']) => view);
  return [...views, LAB, `${LAB}-${kind}`].flatMap((name) => styles[name] ?? []);
}

/** Addresses of the styles that the figures of a simulation need, whichever of its views they show. */
export function stylesOf(styles: Styles, { views }: Pick<Description, 'views'>): string[] {
  const kinds = new Set(Object.values(views).map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => styles[kind] ?? []).sort();
}
