/**
 * The last step for what serves readers besides the pages: marks each page with its build, lists what
 * the build is made of, and writes the service worker, the sitemap, robots.txt and `_headers`.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { headersFile } from '@/deploy/static-host.mjs';
import { BROWSERS } from '@/lib/content/bundles';
import { buildListPath, SERVICE_WORKER_PATH, withBuild } from '@/lib/offline/needs';
import { SITEMAP_PATH } from '@/lib/reach/addresses';
import { robotsText, sitemap } from '@/lib/reach/sitemap';
import { BASE_PATH, canonical } from '@/lib/site';
import { isPage } from './pages';
import { ROOT } from './steps.mjs';

interface FinishedReach {
  /** What is wrong with the pages, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * @param out folder of the export
 * @param serviceWorker false writes one that takes itself back, for a site that has had one
 */
export async function finishReach(
  out: string,
  { serviceWorker = true }: { readonly serviceWorker?: boolean } = {},
): Promise<FinishedReach> {
  const write = (path: string, text: string): void => {
    const file = join(out, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };

  const shell = JSON.stringify(shellOf(out));
  const id = createHash('sha256').update(shell).digest('hex').slice(0, 12);
  rmSync(join(out, 'builds'), { recursive: true, force: true });
  if (serviceWorker) write(buildListPath(id), shell);
  write(SERVICE_WORKER_PATH, await workerScript(serviceWorker));

  const pages = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter(isPage);
  for (const name of pages) {
    const file = join(out, name);
    writeFileSync(file, withBuild(readFileSync(file, 'utf8'), serviceWorker ? id : null));
  }

  const { xml, problems } = sitemap(
    pages
      .filter((name) => /(^|\/)index\.html$/.test(name))
      .map((name) => ({
        path: `/${name.replace(/index\.html$/, '')}`,
        html: readFileSync(join(out, name), 'utf8'),
      })),
    canonical,
  );
  write(SITEMAP_PATH, xml);
  write('robots.txt', robotsText(canonical(SITEMAP_PATH)));

  const entriesIn = (folder: string): string[] =>
    readdirSync(join(out, folder), { withFileTypes: true })
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .filter((name) => name !== '_headers')
      .sort();
  write('_headers', headersFile(entriesIn, BASE_PATH));
  return { problems };
}

const SHELL_FOLDERS = ['_next/static', 'styles'] as const;

/** Everything that pages of this build may load, simulations aside, which each page names itself. */
function shellOf(out: string): string[] {
  const [framework] = SHELL_FOLDERS;
  if (!existsSync(join(out, framework))) {
    throw new Error(
      `Expected the export in ${out}, got no ${framework} there. Run next build first.`,
    );
  }
  return SHELL_FOLDERS.flatMap((folder) =>
    existsSync(join(out, folder))
      ? readdirSync(join(out, folder), { recursive: true, encoding: 'utf8' })
          .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
          .filter((name) => /\.(js|css|woff2|svg)$/.test(name))
      : [],
  )
    .map((path) => `${BASE_PATH}/${path}`)
    .sort();
}

async function workerScript(serviceWorker: boolean): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: serviceWorker
        ? `import { serveOffline } from '@/lib/offline/service-worker';
           serveOffline(self, ${JSON.stringify(BASE_PATH)});`
        : `import { retire } from '@/lib/offline/service-worker';
           retire(self);`,
      resolveDir: ROOT,
      loader: 'ts',
    },
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: BROWSERS,
    minify: true,
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}
