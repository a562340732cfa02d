/**
 * `npm test`: every check of the project in one command, ending with a count of tests.
 *
 * The order is that of cost: what fails in a second is said before the build begins. A step that
 * fails does not hide the next ones, but browser tests need a build to look at. The unit tests need
 * none, and run beside build and browser tests; so does the second build, of which nothing waits for the
 * result. Thus no core is ever without work. What was said beside is shown when all else has ended.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser, installedFirefox, NO_FIREFOX } from './browser.mjs';
import { ensureNginx } from './nginx.mjs';
import { ensurePostgres } from './postgres.mjs';
import { bin, ROOT, runBeside, typescript } from './steps.mjs';
import { failedInBrowser, failedUnits, skippedTests } from './test-reports.mjs';

const reports = join(ROOT, '.generated', 'test');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

let passed = 0;
let failed = 0;
/** Why tests were left out → how many. */
const leftOut = new Map();

/** What ran, and when, in ms since 1970: for `npm run bench:tests`. */
const steps = [];

/** What failed, each told in a few lines: said again at the end, where it is looked for. */
const failures = [];

const begin = (title) => console.log(`\n── ${title}`);

function end(title, startedAt, { ok, endedAt }) {
  const seconds = Math.round((endedAt - startedAt) / 1000);
  steps.push({ title, startedAt, endedAt });
  console.log(`── ${title}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
  return ok;
}

async function step(title, args, env = {}) {
  begin(title);
  const startedAt = Date.now();
  return end(title, startedAt, await runBeside(args, env, 'inherit'));
}

/**
 * Starts a step beside the next ones; the function that it gives waits for its end and shows it.
 *
 * @param {string} name of the file that takes what it says
 */
function stepBeside(title, name, args, env = {}) {
  const log = join(reports, `${name}.log`);
  const output = openSync(log, 'w');
  const startedAt = Date.now();
  const ended = runBeside(args, env, output);
  return async () => {
    const outcome = await ended;
    closeSync(output);
    begin(title);
    process.stdout.write(readFileSync(log));
    return end(title, startedAt, outcome);
  };
}

/** Counts one failure that no report counts. */
function fail(told) {
  failed++;
  failures.push(told);
}

/** Adds a report's counts; a runner that failed without a failed test counts as one. */
function count(title, ok, counts) {
  const none = !counts || counts.passed + counts.failed === 0;
  passed += counts?.passed ?? 0;
  failed += counts?.failed ?? 0;
  if (none || (!ok && counts.failed === 0)) {
    fail(`${title} ${none ? 'ran no test' : 'ended with an error'}; this counts as one failure.`);
  }
}

const report = (name) => {
  const path = join(reports, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
};

/** Counts a step as one test; whether it passed. */
function single(title, ok) {
  if (ok) passed++;
  else fail(`${title}: what it says stands above, under its name.`);
  return ok;
}

const browser = ensureBrowser();
const firefox = installedFirefox();
const nginx = ensureNginx();
const postgres = ensurePostgres();
/** Programs that some tests need and that are not to be had here: the only reasons to leave a test out. */
const absent = [...(firefox ? [] : [NO_FIREFOX]), ...('missing' in nginx ? [nginx.missing] : [])];
const lint = 'lint and format (biome)';
single(lint, await step(lint, [bin('@biomejs/biome', 'biome'), 'check', '.']));

const unitEnd = stepBeside(
  'unit tests (vitest), since the build began',
  'unit',
  [
    bin('vitest'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, 'unit.json')}`,
  ],
  'bin' in postgres ? { PGBIN: postgres.bin } : {},
);

// The build type-checks all sources.
const built = single('build', await step('build', ['scripts/build.mjs']));

if (built) {
  const growth = 'growth with synthetic guides, since the browser tests began';
  const growthEnd = stepBeside(growth, 'growth', typescript('scripts/growth.ts'));
  const browserOk = await step(
    'browser tests (playwright)',
    [bin('@playwright/test', 'playwright'), 'test'],
    {
      CHROMIUM_PATH: browser,
      FIREFOX_PATH: firefox ?? '',
      ...('path' in nginx ? { NGINX_PATH: nginx.path } : { NGINX_MISSING: nginx.missing }),
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'browser.json'),
    },
  );
  const browserReport = report('browser.json');
  const stats = browserReport?.stats;
  // A test that passed only on a second try is a failure: there are no flaky tests.
  count(
    'playwright',
    browserOk,
    stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky },
  );
  for (const { title, reason } of skippedTests(browserReport?.suites ?? [])) {
    if (absent.includes(reason)) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
    else fail(`“${title}” was skipped; this counts as one failure.`);
  }
  failures.push(...failedInBrowser(browserReport?.suites ?? []));
  single(growth, await growthEnd());
} else {
  console.error('The browser tests were not run, since there is no build to look at.');
}

const unitOk = await unitEnd();
const unit = report('unit.json');
failures.push(...failedUnits(unit?.testResults ?? [], ROOT));
count('vitest', unitOk, unit && { passed: unit.numPassedTests, failed: unit.numFailedTests });
// The unit tests that compare transcripts with a server: of isolation, and of pages.
if ('missing' in postgres) leftOut.set(postgres.missing, 2);

writeFileSync(join(reports, 'steps.json'), JSON.stringify(steps));
for (const [reason, tests] of leftOut) console.log(`\n${tests} not run: ${reason}`);
if (failures.length > 0) console.log(`\nWhat failed:\n\n${failures.join('\n\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
