/**
 * Completes the export in `out/`: removes what nothing reads and what is said twice, has every page ask
 * for its scripts after it has been painted, gives it its content security policy, and holds the site to its budgets of bytes and counts.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PageTexts, TITLES_URL, type TitlesFile } from '@/lib/search/documents';
import { type Budgets, measurePage, overBudget } from './budgets';
import { finishReach } from './finish-reach';
import {
  lateScripts,
  legacyScripts,
  withCompileHint,
  withLateScripts,
  withoutLegacyScripts,
} from './late-scripts';
import { isPage } from './pages';
import { withPolicy } from './policy';
import { saidOnce } from './said-once';
import { measureSearch, searchOverBudget } from './search-budget';
import { isUnread } from './unread';

const OUT = fileURLToPath(new URL('../out', import.meta.url));

const BUDGETS: Budgets = {
  scriptsGz: 150_000,
  // The frame and the figures of any page, and the views and labs that it has, which add up in a guide.
  stylesGz: 15_000,
  htmlGz: 45_000,
  fontsPreloaded: 1,
  requests: 20,
};
/**
 * The figures of a simulation are for tests and authors, not for readers. The index is a list of
 * everything, for those who cannot search.
 */
const isList = (path: string): boolean => /^\/(gallery|search)\//.test(path);
const LIST_BUDGETS: Budgets = {
  ...BUDGETS,
  htmlGz: Number.POSITIVE_INFINITY,
  stylesGz: Number.POSITIVE_INFINITY,
};

// The page of a wrong address takes the place of the framework's own (app/lost/page.tsx).
renameSync(join(OUT, 'lost', 'index.html'), join(OUT, '404.html'));
for (const folder of ['lost', '404', '_not-found']) {
  rmSync(join(OUT, folder), { recursive: true, force: true });
}

const files = readdirSync(OUT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const webPath = (file: string): string => `/${relative(OUT, file).split(sep).join('/')}`;

const pages = files.filter((file) => isPage(webPath(file)));
const basePath = process.env.BASE_PATH?.replace(/\/+$/, '') ?? '';
const fileOf = (url: string): string => join(OUT, decodeURI(url.slice(basePath.length)));

const legacy = new Set(pages.flatMap((page) => legacyScripts(readFileSync(page, 'utf8'))));
const unread = [...files.filter((file) => isUnread(webPath(file))), ...[...legacy].map(fileOf)];
for (const file of unread) rmSync(file);

const late = new Set(pages.flatMap((page) => lateScripts(readFileSync(page, 'utf8'))));
for (const file of [...late].map(fileOf))
  writeFileSync(file, withCompileHint(readFileSync(file, 'utf8')));

const reach = await finishReach(OUT, { serviceWorker: process.env.SERVICE_WORKER !== 'off' });

for (const page of pages)
  writeFileSync(
    page,
    withPolicy(withLateScripts(saidOnce(withoutLegacyScripts(readFileSync(page, 'utf8'))))),
  );

/** By address: most pages name the same files. */
const contents = new Map<string, Uint8Array | undefined>();
const contentOf = (url: string): Uint8Array | undefined => {
  if (!contents.has(url)) {
    const file = fileOf(url);
    contents.set(url, existsSync(file) ? readFileSync(file) : undefined);
  }
  return contents.get(url);
};

const problems = pages.flatMap((page) => {
  const size = measurePage(readFileSync(page, 'utf8'), contentOf);
  const budgets = isList(webPath(page)) ? LIST_BUDGETS : BUDGETS;
  return overBudget(size, budgets).map((problem) => `${webPath(page)}: ${problem}`);
});

const readJson = <T>(url: string): T => JSON.parse(readFileSync(join(OUT, url), 'utf8')) as T;
problems.push(
  ...searchOverBudget(
    measureSearch(readJson<TitlesFile>(TITLES_URL), (url) => readJson<PageTexts[]>(url)),
  ),
);

for (const problem of [...reach.problems, ...problems]) console.error(problem);
if (reach.problems.length > 0) process.exit(1);
if (problems.length > 0) {
  console.error(`\n${problems.length} over budget. See scripts/finish-export.ts for the budgets.`);
  process.exit(1);
}
console.log(`Finished ${pages.length} pages; ${unread.length} files that nothing reads removed.`);
