/**
 * `npm run bench:tests`: what takes the time of `npm test`, and what a further guide costs it, read off the
 * reports of the last run: the tests that come with guides, simulations and labs by themselves, and those
 * that stand beside them. Tests run beside each other, beside a build and beside whatever else the machine
 * does, and each then takes as much longer; so their seconds are also given as a share of the clock.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readManifest } from '@/lib/content/manifest';
import { ROOT } from '../scripts/steps.mjs';

interface Unit {
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
  }[];
}

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly file: string;
    readonly title: string;
    readonly tests: readonly { readonly results: readonly { readonly duration: number }[] }[];
  }[];
}

/** When something ran, ms since 1970. */
interface Step {
  readonly title: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

interface Timed {
  readonly file: string;
  readonly title: string;
  readonly ms: number;
}

function report<T>(name: string): T {
  const file = join(ROOT, '.generated', 'test', name);
  if (!existsSync(file)) {
    console.error(`Expected the report of a test run in ${file}, got none. Type npm test first.`);
    process.exit(1);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

const browserTests = ({ suites = [], specs = [] }: Suite): Timed[] => [
  ...specs.map(({ file, title, tests }) => ({
    file,
    title,
    ms: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
  })),
  ...suites.flatMap(browserTests),
];

const unit = report<Unit>('unit.json').testResults.map(
  ({ name, startTime, endTime }): Timed => ({
    file: relative(ROOT, name).split(sep).join('/'),
    title: '',
    ms: endTime - startTime,
  }),
);
const browser = browserTests(report<Suite>('browser.json'));
const guides = Object.keys(readManifest(ROOT).guides);

/** What grows with the guides, each with the tests that do. */
const PARTS: Readonly<Record<string, readonly Timed[]>> = {
  'contract of simulations': unit.filter(({ file }) =>
    file.endsWith('simulation/contract.test.ts'),
  ),
  'tests of simulations': unit.filter(({ file }) => file.startsWith('lib/simulations/')),
  'tests of labs': unit.filter(({ file }) => file.startsWith('lib/labs/')),
  'pages of guides': browser.filter(({ title }) =>
    guides.some((slug) => title.startsWith(`the ${slug} page`)),
  ),
  'galleries, by keys': browser.filter(({ title }) => title.startsWith('the gallery shows every')),
  'the same in every browser': browser.filter(({ file }) => file === 'determinism.spec.ts'),
  labs: browser.filter(
    ({ file, title }) => file === 'labs.spec.ts' && title.includes('all steps run'),
  ),
};

const seconds = (tests: readonly Timed[]): number =>
  tests.reduce((sum, { ms }) => sum + ms, 0) / 1000;

const steps = report<readonly Step[]>('steps.json');
const lengthOf = ({ startedAt, endedAt }: Step): number => (endedAt - startedAt) / 1000;
const clock = lengthOf({
  title: '',
  startedAt: Math.min(...steps.map(({ startedAt }) => startedAt)),
  endedAt: Math.max(...steps.map(({ endedAt }) => endedAt)),
});
const all = [...unit, ...browser];
/** Of a step that is made of tests those count: what is done at a time is what shares the machine. */
const work =
  seconds(all) +
  steps
    .filter(({ title }) => !/\((vitest|playwright)\)/.test(title))
    .reduce((sum, step) => sum + lengthOf(step), 0);
const atATime = work / clock;

console.log('step | from, s | s');
for (const step of steps)
  console.log(
    `${step.title} | ${((step.startedAt - (steps[0]?.startedAt ?? 0)) / 1000).toFixed(0)} | ${lengthOf(step).toFixed(0)}`,
  );
console.log(`all | 0 | ${clock.toFixed(0)}, in which ${atATime.toFixed(1)} things ran at a time`);

console.log('\nwhat | tests | s | s a guide | s of the clock a guide');
for (const [part, tests] of [
  ...Object.entries(PARTS),
  ['all of these', Object.values(PARTS).flat()] as const,
  ['all tests', all] as const,
]) {
  const each = seconds(tests) / guides.length;
  console.log(
    `${part} | ${tests.length} | ${seconds(tests).toFixed(1)} | ${each.toFixed(1)} | ${(each / atATime).toFixed(1)}`,
  );
}
