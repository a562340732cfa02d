/**
 * Styles that only one kind of view needs, as files of their own: a page links those of the
 * simulations that it shows, and a new kind costs the others nothing.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import type { Description } from '../simulation/definition';
import { keepOnly, sha256 } from './bundles';

const SOURCES = 'components/views';
/** Styles that every figure has (components/figure/figure.css). */
const SHARED = 'views.css';
/** Below `public`, and the address below the root of the site. */
const FOLDER = 'views';
/** A page may load these files before those that say in which order the layers come. */
const LAYERS = '@layer theme, base, components, utilities;\n';

/** Kind of view → address of its styles from the root of the site, of the kinds that have any. */
export type ViewStyles = ReadonlyMap<string, string>;

/** Writes `public/views/<kind>.<hash>.css` for each `components/views/<kind>.css`. */
export async function writeViewStyles(root: string): Promise<ViewStyles> {
  const folder = join(root, 'public', FOLDER);
  mkdirSync(folder, { recursive: true });
  const sources = join(root, SOURCES);
  const names = existsSync(sources)
    ? readdirSync(sources).filter((name) => name.endsWith('.css') && name !== SHARED)
    : [];
  const styles = await Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const text = LAYERS + readFileSync(join(sources, name), 'utf8');
      const { code } = await transform(text, { loader: 'css', minify: true });
      const kind = name.slice(0, -'.css'.length);
      const file = `${kind}.${sha256(code).slice(0, 12)}.css`;
      writeFileSync(join(folder, file), code);
      return [kind, `/${FOLDER}/${file}`];
    }),
  );
  keepOnly(
    folder,
    styles.map(([, address]) => address.slice(FOLDER.length + 2)),
  );
  return new Map(styles);
}

/** Addresses of the styles that the figures of a simulation need, whichever of its views they show. */
export function stylesOf(styles: ViewStyles, { views }: Pick<Description, 'views'>): string[] {
  const kinds = new Set(Object.values(views).map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => styles.get(kind) ?? []).sort();
}
