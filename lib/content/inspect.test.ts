import { expect, test } from 'vitest';
import type { RunRequest } from '../simulation/protocol';
import { BODY_LINE, FRONT_MATTER, guideText } from './fixtures/guides';
import { fixtureSimulations } from './fixtures/simulations';
import { type InspectedGuide, inspectGuide } from './inspect';
import { parseGuide } from './parse';
import { formatProblem } from './problem';

const FILE = 'content/a/b.mdx';

function inspect(body: string, requests: RunRequest[] = []): Promise<InspectedGuide> {
  const guide = parseGuide({ file: FILE, slug: 'a/b', source: guideText(body) });
  return inspectGuide(guide, fixtureSimulations(requests));
}

/** Problems of a body, their lines counted from its first. */
async function problemsOf(body: string): Promise<string[]> {
  const { problems } = await inspect(body);
  return problems.map((problem) =>
    formatProblem({ ...problem, file: '', line: problem.line - BODY_LINE + 1 }),
  );
}

/** Attributes that the only element of a body gets. */
async function attributesOf(body: string): Promise<Readonly<Record<string, string>>> {
  const { problems, replacements } = await inspect(body);
  expect(problems.map(formatProblem)).toEqual([]);
  const [replacement, ...others] = replacements.values();
  expect(others).toEqual([]);
  if (replacement?.kind !== 'attributes') throw new Error('Expected an element with attributes.');
  return replacement.attributes;
}

const figure =
  '<Simulation id="counter" scenario="race">The fixed window lets more through.</Simulation>';

test('a guide that keeps the rules has no problem', async () => {
  expect(
    await problemsOf(
      [
        '## Boundaries',
        figure,
        '<Claim id="counter" claim="twice">It lets twice the limit through</Claim>, and <Outcome of="rejected">refuses</Outcome> the rest.',
        'At <Param id="counter" name="limit" scenario="race" /> it lets <Finding id="counter" scenario="race" variant="fixed-window" result="accepted" /> through; <Fact source="rfc">429 is the status</Fact>.',
        '<Tasks id="counter" />',
        '<Prediction id="counter" prediction="more" />',
        '<Checks id="counter" />',
        '<Omissions id="counter" />',
        'Press <kbd>Space</kbd>. {/* a remark */}',
      ].join('\n\n'),
    ),
  ).toEqual([]);
});

test('text that is not MDX', async () => {
  expect(await problemsOf('One\n\n<Claim>\n\nTwo')).toEqual([
    ':3:1 expected valid MDX, got: Expected a closing tag for `<Claim>`. Close each element with its own tag, or write it as <Name … />.',
  ]);
  expect((await problemsOf('a { b'))[0]).toMatch(
    /^:1:\d+ expected valid MDX, got: .* Write a literal < or \{ as/,
  );
});

test('a missing front matter', () => {
  const { problems } = parseGuide({ file: FILE, slug: 'a/b', source: '## A' });
  expect(problems.map(formatProblem)).toEqual([
    `${FILE}:1:1 expected front matter between two lines of "---" at the top of the file. Start the guide with the front matter of templates/guide.mdx.`,
  ]);
});

test('both a broken front matter and a broken body are reported', () => {
  const source = guideText('<Claim>', FRONT_MATTER.replace('practitioner', 'expert'));
  const { problems } = parseGuide({ file: FILE, slug: 'a/b', source });
  expect(problems).toHaveLength(2);
});

test('a first-level heading, a skipped level, a link in a heading', async () => {
  expect(await problemsOf('# A')).toEqual([
    ':1:1 expected headings from the second level on, got a first-level heading. Write "##": the title in the front matter is the first-level heading.',
  ]);
  expect(await problemsOf('## A\n\n#### B')).toEqual([
    ':3:1 expected a heading of level 3 at most below one of level 2, got level 4. Write "###".',
  ]);
  expect(await problemsOf('## A [b](https://example.org)')).toEqual([
    ':1:6 expected a heading without a link, got one: a heading is itself a link. Put the link in the text below.',
  ]);
});

test('an import, an expression, an attribute that is code', async () => {
  expect(await problemsOf('import a from "a"')).toEqual([
    ':1:1 expected prose and elements of the vocabulary, got an import or export. Remove it: the elements of the vocabulary are there without an import.',
  ]);
  expect(await problemsOf('One {1 + 1}')).toEqual([
    ':1:5 expected prose and elements of the vocabulary, got a JavaScript expression. Write the text itself, <Finding> or <Param> for a number, \\{ for a literal brace.',
  ]);
  expect(await problemsOf('<Outcome of={"lost"}>lost</Outcome>')).toEqual([
    ':1:10 expected attributes of <Outcome> to be plain text, got an expression for "of". Write of="…".',
  ]);
  expect(await problemsOf('<Outcome {...a}>lost</Outcome>')).toContain(
    ':1:10 expected attributes of <Outcome> to be plain text, got a spread. Write the attributes one by one as name="text".',
  );
});

test('a column without a name', async () => {
  expect(await problemsOf('| | Costs |\n|---|---|\n| this | much |')).toEqual([
    expect.stringContaining(
      ':1:1 expected a name for each column of a table, got none. Write in its first row what stands below.',
    ),
  ]);
});

test('an unknown element', async () => {
  const [problem] = await problemsOf('<Simulatoin id="counter" />');
  expect(problem).toContain(
    ':1:1 expected an element of the vocabulary, got <Simulatoin>. Did you mean "Simulation"? The nearest of 19 are Simulation, Prediction, Claim.',
  );
});

test('HTML other than the few marks that Markdown lacks, and attributes on those', async () => {
  expect((await problemsOf('<marquee>a</marquee>'))[0]).toContain('got <marquee>');
  expect(await problemsOf('<kbd style="color:red">a</kbd>')).toEqual([
    ':1:6 expected no attribute on <kbd>, got "style". Remove the attribute: how things look is the site’s, not the guide’s.',
  ]);
});

test('an unknown, a missing, an empty and a doubled attribute', async () => {
  expect(await problemsOf('<Checks id="counter" seeds="3" />')).toEqual([
    ':1:22 <Checks>: expected an attribute it has, got "seeds". Use an attribute that exists: there is id.',
  ]);
  expect(await problemsOf('<Checks />')).toEqual([
    ':1:1 <Checks>: expected the attribute "id", got none. Add id="…": id of the simulation.',
  ]);
  expect(await problemsOf('<Checks id="" />')).toEqual([
    ':1:9 <Checks>: expected a text for "id", got nothing. Write id="…": id of the simulation.',
  ]);
  expect(await problemsOf('<Checks id="counter" id="counter" />')).toEqual([
    ':1:22 <Checks>: expected "id" once, got it twice. Remove one of them.',
  ]);
});

test('children that are missing, and children that must not be', async () => {
  expect(await problemsOf('<Simulation id="counter" scenario="race" />')).toEqual([
    ':1:1 <Simulation>: expected the caption, which states the conclusion between its tags, got nothing. Write <Simulation …>the caption, which states the conclusion</Simulation>.',
  ]);
  expect(await problemsOf('<Checks id="counter">all</Checks>')).toEqual([
    ':1:1 <Checks>: expected nothing between its tags, got text. Write <Checks … /> and put the text beside it.',
  ]);
});

test('an unknown simulation, scenario, variant, view, control, measure, task, prediction', async () => {
  const remark = (attributes: string, name = 'Simulation') =>
    problemsOf(`<${name} ${attributes}>A caption.</${name}>`);
  expect(await remark('id="countr" scenario="race"')).toEqual([
    ':1:13 <Simulation>: expected the id of a simulation, got "countr". Did you mean "counter"?',
  ]);
  expect(await remark('id="counter" scenario="rase"')).toEqual([
    ':1:26 <Simulation>: expected a scenario of "counter", got "rase". Did you mean "race"? There are race, alone.',
  ]);
  expect(await remark('id="counter" scenario="race" variants="fixed-window gcra"')).toEqual([
    ':1:42 <Simulation>: expected a variant of "counter", got "gcra". Use a variant that exists: there are fixed-window, sliding-log, idle.',
  ]);
  expect((await remark('id="counter" scenario="race" views="scene map"'))[0]).toContain(
    'expected a view of "counter", got "map"',
  );
  expect((await remark('id="counter" scenario="race" controls="limit limit"'))[0]).toContain(
    'expected each parameter once in controls="…", got "limit" twice',
  );
  expect((await remark('id="counter" scenario="race" controls="burst"'))[0]).toContain(
    'expected a parameter of "counter", got "burst"',
  );
  expect((await remark('id="counter" scenario="race" measures="wait.p95"'))[0]).toContain(
    'expected a result of "counter", got "wait.p95". Did you mean "wait.p99"?',
  );
  expect((await problemsOf('<Tasks id="counter" tasks="calm, quiet" />'))[0]).toContain(
    'expected a task of "counter", got "quiet"',
  );
  expect((await problemsOf('<Prediction id="counter" prediction="less" />'))[0]).toContain(
    'expected a prediction of "counter", got "less"',
  );
  expect((await remark('id="counter" scenario="alone"', 'Comparison'))[0]).toContain(
    'expected at least two variants to compare, got fixed-window',
  );
});

test('a sweep names a parameter with a range, results, and a value that the parameter can have', async () => {
  const sweep = async (attributes: string): Promise<string> =>
    (await problemsOf(`<Sweep id="counter" scenario="alone" ${attributes}>It grows.</Sweep>`))[0] ??
    'no problem';
  expect(await sweep('parameter="limit"')).toBe('no problem');
  expect(await sweep('parameter="limt"')).toContain(
    ':1:38 <Sweep>: expected a parameter with a range of numbers of "counter", got "limt". Did you mean "limit"?',
  );
  expect(await sweep('parameter="pattern"')).toContain('with a range of numbers');
  expect(await sweep('parameter="limit" measures="refused"')).toContain(
    'expected a result of "counter", got "refused"',
  );
  expect(await sweep('parameter="limit" value="200"')).toContain(
    'limit: expected 1 to 100, got 200. Correct the value',
  );
  expect(await sweep('parameter="limit" set="limit=3"')).toContain(
    'expected set="…" to hold other parameters than "limit", which is varied',
  );
  expect(await sweep('parameter="limit" seeds="1"')).toContain(
    'expected a whole number from 2 to 20 in seeds="…", got "1"',
  );
  expect(await sweep('parameter="limit" points="many"')).toContain('from 3 to 33 in points="…"');
});

test('a sweep has all that it leaves unsaid from its scenario', async () => {
  const { figures } = await inspect(
    '<Sweep id="counter" scenario="alone" parameter="limit" set="rate=5" points="5">It grows.</Sweep>',
  );
  expect(figures.map(({ spec }) => spec)).toEqual([
    {
      kind: 'sweep',
      figure: 'alone-limit',
      scenario: 'alone',
      parameter: 'limit',
      measures: ['accepted'],
      variants: ['fixed-window'],
      set: { rate: 5 },
      value: 10,
      points: 5,
      seeds: 5,
    },
  ]);
});

test('a figure is its still, of what the scenario and its own attributes say', async () => {
  const { figures } = await inspect(figure);
  expect(figures.map(({ spec }) => spec)).toEqual([
    {
      kind: 'simulation',
      figure: 'race',
      scenario: 'race',
      controls: ['limit'],
      views: ['scene'],
      variants: ['fixed-window', 'sliding-log'],
      measures: ['accepted'],
    },
  ]);
  const named = await inspect(
    '<Simulation id="counter" scenario="race" figure="first" views="chart, scene">A caption.</Simulation>',
  );
  expect(named.figures[0]?.spec).toMatchObject({ figure: 'first', views: ['chart', 'scene'] });
  expect([...named.replacements.values()]).toEqual([
    { kind: 'figure', still: expect.stringMatching(/^[0-9a-f]{16}$/) },
  ]);
});

test('the name of a figure is unique on the page, among headings too', async () => {
  expect(await problemsOf(`${figure}\n\n${figure}`)).toEqual([
    `:3:1 <Simulation>: expected each figure of a page to have a name of its own, got "race" again (first in line ${BODY_LINE}). Name this one with figure="…".`,
  ]);
  expect(await problemsOf(`## Race\n\n${figure}`)).toEqual([
    ':3:1 <Simulation>: expected a name that no heading of the page has, got "race". Name the figure with figure="…", or change the heading.',
  ]);
});

test('a figure within a sentence', async () => {
  expect(await problemsOf(`As seen in ${figure} above.`)).toContain(
    ':1:12 expected <Simulation> to stand on lines of its own, got it within a sentence. Put an empty line before and after it.',
  );
});

test('a finding is the number of the run with its unit, and says where it comes from', async () => {
  expect(await attributesOf('<Finding id="counter" scenario="alone" result="accepted" />')).toEqual(
    {
      text: '20\u00a0requests',
      describe: 'Accepted, Fixed window, scenario “Alone”, seed 7, n = 40',
    },
  );
  expect(
    await attributesOf('<Finding id="counter" scenario="alone" result="wait.mean" digits="2" />'),
  ).toMatchObject({ text: '1.2\u202fs' });
  expect(
    await attributesOf(
      '<Finding id="counter" scenario="alone" result="accepted" format="number" />',
    ),
  ).toMatchObject({ text: '20' });
});

test('a finding takes parameters of its own, and divides by another variant', async () => {
  const requests: RunRequest[] = [];
  const { problems } = await inspect(
    '<Finding id="counter" scenario="race" variant="sliding-log" result="accepted" set="limit=30 pattern=bursty strict=true windowMs=500 rate=2.5 load=0:50,5000:80" />',
    requests,
  );
  expect(problems).toEqual([]);
  expect(requests).toEqual([
    {
      seed: 1,
      variants: ['fixed-window', 'sliding-log'],
      interventions: [],
      parameters: {
        limit: 30,
        windowMs: 500,
        rate: 2.5,
        pattern: 'bursty',
        strict: true,
        load: [
          { atMs: 0, value: 50 },
          { atMs: 5000, value: 80 },
        ],
      },
    },
  ]);
  expect(
    await attributesOf(
      '<Finding id="counter" scenario="race" variant="fixed-window" over="sliding-log" result="accepted" />',
    ),
  ).toMatchObject({ text: '2\u202f×' });
});

test('findings that cannot be', async () => {
  const finding = async (attributes: string) =>
    (await problemsOf(`<Finding id="counter" ${attributes} />`))[0];
  expect(await finding('scenario="race" result="accepted"')).toBe(
    ':1:1 <Finding>: expected a variant, since "race" races 2, got none. Add variant="…", one of fixed-window, sliding-log.',
  );
  expect(await finding('scenario="alone" result="acepted"')).toContain(
    'expected a result of "counter", got "acepted". Did you mean "accepted"?',
  );
  expect(await finding('scenario="alone" result="wait.p99"')).toBe(
    ':1:40 <Finding>: expected a result that the run can support, got "wait.p99" of "fixed-window" refused: p99 needs 1,000 observations, got 640. Choose a result that needs fewer observations, or make the measured time of the scenario longer.',
  );
  expect(await finding('scenario="alone" result="accepted" digits="0"')).toContain(
    'expected a number of significant digits from 1 to 6, got "0"',
  );
  expect(await finding('scenario="alone" result="accepted" format="text"')).toContain(
    'expected format="number" or no format, got "text"',
  );
  expect(await finding('scenario="alone" result="accepted" set="limit"')).toContain(
    'expected set="parameter=value …", got "limit"',
  );
  expect(await finding('scenario="alone" result="accepted" set="burst=1"')).toContain(
    'expected a parameter of "counter", got "burst"',
  );
  expect(await finding('scenario="alone" result="accepted" set="limit=1000"')).toContain(
    'limit: expected 1 to 100, got 1000',
  );
  expect(await finding('scenario="alone" result="accepted" set="limit="')).toContain(
    'limit: expected a number from 1 to 100',
  );
  expect(await finding('scenario="alone" result="accepted" over="idle"')).toContain(
    'expected a result of "idle" other than 0 to divide by, got 0',
  );
});

test('a parameter is its value in words: of the scenario, or the default', async () => {
  expect(await attributesOf('<Param id="counter" name="limit" scenario="race" />')).toEqual({
    text: '12\u00a0requests',
    describe: 'Limit: Requests let through in a window.',
  });
  expect(await attributesOf('<Param id="counter" name="windowMs" />')).toMatchObject({
    text: '1\u202fs',
  });
  expect(await problemsOf('<Param id="counter" name="burst" />')).toEqual([
    ':1:21 <Param>: expected a parameter of "counter", got "burst". Use a parameter that exists: there are limit, windowMs, rate, pattern, strict, load.',
  ]);
});

test('a fact names a source of the front matter', async () => {
  expect(await attributesOf('<Fact source="rfc">15 %</Fact>')).toEqual({
    number: '1',
    anchor: 'source-rfc',
    title: 'IETF, Additional HTTP Status Codes',
  });
  expect(await problemsOf('<Fact source="rcf">15 %</Fact>')).toEqual([
    ':1:7 <Fact>: expected the key of a source of the front matter, got "rcf". Did you mean "rfc"?',
  ]);
});

test('a claim that no longer holds', async () => {
  expect(
    await problemsOf('<Claim id="counter" claim="never">Nothing comes through.</Claim>'),
  ).toEqual([
    ':1:21 <Claim>: expected the claim "never" of "counter" to hold (Nothing is ever let through.), got fixed-window: accepted = 20. Correct the sentence, or the simulation if the sentence is right.',
  ]);
  expect((await problemsOf('<Claim id="counter" claim="ever">A.</Claim>'))[0]).toContain(
    'expected a claim of "counter", got "ever"',
  );
});

test('an unknown outcome', async () => {
  expect((await problemsOf('<Outcome of="rejectd">refused</Outcome>'))[0]).toContain(
    ':1:10 <Outcome>: expected an outcome, got "rejectd". Did you mean "rejected"?',
  );
});

test('the source of a model: unknown variant, unknown region, notes that do not match', async () => {
  const source = (attributes: string, children = '') =>
    problemsOf(`<ModelSource id="counter" ${attributes}>\n${children}\n</ModelSource>`);
  expect((await source('variant="gcra"'))[0]).toContain(
    'expected a variant of "counter", got "gcra"',
  );
  expect((await source('variant="fixed-window" region="tak"', '1. a\n2. b'))[0]).toContain(
    'expected a region of models/fixed-window.ts, got "tak". Did you mean "take"?',
  );
  expect(await source('variant="fixed-window" region="take"', '1. a')).toEqual([
    ':1:1 <ModelSource>: expected an explanation for each numbered comment of models/fixed-window.ts, got none for 2. Explain them in a numbered list between the tags.',
  ]);
  expect((await source('variant="fixed-window" region="take"', '1. a\n2. b\n3. c'))[0]).toContain(
    'for each item of the list, got none for 3',
  );
  expect((await source('variant="fixed-window" region="take"', '- a\n- b'))[0]).toContain(
    'expected the notes as a numbered list, got bullets',
  );
  expect(await source('variant="fixed-window" region="take"', '1. a\n2. b')).toEqual([]);
  expect((await source('variant="fixed-window" file="limiter"'))[0]).toContain(
    'expected a file beside models/fixed-window.ts, got "limiter". Name a file of that folder',
  );
});

test('numerals with a unit in prose and in front matter', async () => {
  expect(await problemsOf('It refuses 15 % of them.')).toEqual([
    ':1:12 expected a number about a run, a parameter or a fact not to be written by hand, got "15 %". Use <Finding> for a result of a run, <Param> for a value of the definition, <Fact source="…"> for a cited number.',
  ]);
  const guide = parseGuide({
    file: FILE,
    slug: 'a/b',
    source: guideText('Text.', FRONT_MATTER.replace('lets twice', 'lets 200 %')),
  });
  const { problems } = await inspectGuide(guide, fixtureSimulations());
  expect(problems.map(formatProblem)).toEqual([
    `${FILE}:3:1 front matter "description": expected no number with a unit, got "200 %". Say it without the number: front matter cannot hold a finding.`,
  ]);
});

test('an image without a text', async () => {
  expect(await problemsOf('![](/a.png)')).toEqual([
    ':1:1 expected an image with a text that stands for it, got none for /a.png. Write ![what one sees](address).',
  ]);
});

test('sections hold the prose with its numbers, without code', async () => {
  const { sections, words, anchors } = await inspect(
    [
      'Opening words.',
      '## First section',
      'It lets <Finding id="counter" scenario="alone" result="accepted" /> through.',
      '```ts\nconst hidden = 1;\n```',
      figure,
      '| a | b |\n|---|---|\n| cell | `code` |',
    ].join('\n\n'),
  );
  expect(sections).toEqual(
    [
      { id: '', title: '', text: 'Opening words.' },
      {
        id: 'first-section',
        title: 'First section',
        text: 'It lets 20 requests through. The fixed window lets more through. a b cell code',
      },
    ].map((section) => ({ ...section, text: section.text.replace('\u202f', ' ') })),
  );
  expect(words).toBe(19);
  expect(anchors).toEqual(['first-section', 'race', 'sources', 'source-rfc']);
});
