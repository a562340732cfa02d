import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LabDescription, labDescriptionAddress } from '../engines/description';
import { labFolders } from '../engines/entries.node';
import { buildLabs } from './labs';
import { formatProblem } from './problem';

/** A repository with one engine, which counts what it is asked, and the labs of the test. */
let root: string;

const ENGINE = `
import type { OpenEngine } from '../lab';
export const open: OpenEngine<{ greeting: string }, { text: string }, { said: string; count: number }, null> =
  async ({ greeting }) => {
    let count = 0;
    return {
      version: 'Echo 1',
      about: null,
      run: async ({ text }) => {
        if (text === 'crash') throw new Error('The engine has run dry.');
        return { said: greeting + text, count: ++count };
      },
    };
  };`;

const lab = (change: { kind?: string; text?: string; expected?: number } = {}): string => `
export const lab = {
  kind: '${change.kind ?? 'echo'}',
  title: 'Echo',
  question: 'What comes back?',
  setup: { greeting: 'Hello ' },
  differences: ['A real echo is fainter.'],
  steps: [
    { id: 'one', title: 'One', says: 'It answers.', input: { text: 'world' },
      expects: [{ what: 'the greeting comes first', holds: ({ said }) => said.startsWith('Hello') }] },
    { id: 'two', title: 'Two', says: 'It counts.', input: { text: '${change.text ?? 'again'}' },
      expects: [{ what: 'it was asked before', holds: ({ count }) => count === ${change.expected ?? 2} }] },
  ],
};`;

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}
const build = () => buildLabs(root, labFolders(join(root, 'lib/labs')));
const messages = async (): Promise<string[]> => (await build()).problems.map(formatProblem);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'labs-'));
  for (const file of ['lab', 'worker', 'record.node', 'protocol', 'description', 'packed'])
    cpSync(`lib/engines/${file}.ts`, join(root, `lib/engines/${file}.ts`));
  cpSync('lib/content/labs.ts', join(root, 'lib/content/labs.ts'));
  for (const path of ['package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(path, join(root, path));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  write('lib/engines/echo/engine.ts', ENGINE);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(join(root, 'lib/labs'), { recursive: true, force: true });
});

test('a lab is recorded step by step on one engine, and served with its script', async () => {
  write('lib/labs/a/echo/lab.ts', lab());
  write('lib/engines/echo/assets.node.ts', `export const assets = { notes: 'package.json' };`);
  const { labs, problems } = await build();
  expect(problems).toEqual([]);
  const [record] = labs;
  expect(record).toMatchObject({ id: 'echo', category: 'a' });
  expect(record?.bundle).toMatch(/^\/engines\/echo\/echo\.[0-9a-f]{12}\.js$/);
  expect(record?.description.transcript).toEqual({
    version: 'Echo 1',
    about: null,
    outputs: [
      { said: 'Hello world', count: 1 },
      { said: 'Hello again', count: 2 },
    ],
  });
  const served = (address = ''): string => join(root, 'public', address);
  const script = readFileSync(served(record?.bundle), 'utf8');
  expect(script).toContain('Hello ');
  const description = JSON.parse(
    readFileSync(served(labDescriptionAddress(record?.bundle ?? '')), 'utf8'),
  ) as LabDescription;
  expect(description).toEqual(record?.description);
  // What is held to is for the build, and not for readers.
  expect(JSON.stringify(description)).not.toContain('the greeting comes first');
  expect(description.assets.notes).toMatch(
    /^\/engines\/echo\/assets\/package\.[0-9a-f]{12}\.json\.packed$/,
  );
  expect(existsSync(served(description.assets.notes))).toBe(true);
  expect(description.downloadBytes).toBeGreaterThan(500);

  // Nothing is made twice: what was recorded is read from the cache, whatever the recorder says now.
  rmSync(join(root, '.generated/labs'), { recursive: true });
  expect((await build()).labs).toEqual(labs);
  expect(existsSync(join(root, '.generated/labs'))).toBe(false);
  const options = join(root, 'tsconfig.json');
  writeFileSync(options, `${readFileSync(options, 'utf8')}\n`);
  expect((await build()).labs).toEqual(labs);
  expect(existsSync(join(root, '.generated/labs'))).toBe(true);

  // A lab that is gone leaves nothing to be served.
  rmSync(join(root, 'lib/engines/echo/assets.node.ts'));
  rmSync(join(root, 'lib/labs/a/echo'), { recursive: true });
  await build();
  expect(existsSync(served(record?.bundle))).toBe(false);
  expect(existsSync(served(description.assets.notes))).toBe(false);
});

test('a step whose words its answer does not bear out stops the build, with the answer', async () => {
  write('lib/labs/a/echo/lab.ts', lab({ expected: 7 }));
  expect(await messages()).toEqual([
    expect.stringMatching(
      /^lib\/labs\/a\/echo\/lab\.ts:1:1 expected of the step "two" that it was asked before; the answer is .*Hello again/,
    ),
  ]);
});

test.each([
  [
    'a kind that is none',
    lab({ kind: 'ecco' }),
    /expected the lab to say its kind .*kind: 'echo',.* got "ecco"/,
  ],
  [
    'an engine that fails',
    lab({ text: 'crash' }),
    /expected the steps to run on the engine, got: .*The engine has run dry\./s,
  ],
  ['source that is no source', 'export const lab = {\n', /expected the lab to say its kind/],
  [
    'an import of nothing',
    `${lab()}\nimport './gone';`,
    /expected source that can be bundled, got: Could not resolve ".\/gone"/,
  ],
])('%s is said with file and remedy', async (_name, source, expected) => {
  write('lib/labs/a/echo/lab.ts', source);
  const [message = ''] = await messages();
  expect(message).toMatch(expected);
  expect(message).toContain('lib/labs/a/echo/lab.ts:');
});

test('two labs of one name are told apart by nobody', async () => {
  write('lib/labs/a/echo/lab.ts', lab());
  write('lib/labs/b/echo/lab.ts', lab());
  expect(await messages()).toEqual([
    expect.stringContaining(
      'expected each lab to have an id of its own, got the folder "echo" here and in a',
    ),
  ]);
});
