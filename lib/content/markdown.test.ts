import { expect, test } from 'vitest';
import { guideText } from './fixtures/guides';
import { fixtureSimulations } from './fixtures/simulations';
import { inspectGuide } from './inspect';
import { guideMarkdown } from './markdown';
import { parseGuide } from './parse';

async function markdown(body: string): Promise<string> {
  const simulations = fixtureSimulations();
  const file = { file: 'content/a/one.mdx', slug: 'a/one', source: guideText(body) };
  const inspected = await inspectGuide(parseGuide(file), simulations);
  expect(inspected.problems).toEqual([]);
  return guideMarkdown(inspected, simulations);
}

test('begins with title, lesson, address, days and what the reader learns', async () => {
  expect(await markdown('Text.')).toMatch(
    /^# Counting requests\n\n> A counter that starts anew lets twice its limit through\.\n\n<http:\/\/localhost:3000\/a\/one\/>, published 2026-11-21, updated 2026-11-21\./,
  );
  expect(await markdown('Text.')).toContain('- See it fail\n');
});

test('numbers stand in their sentences, with common spaces before their units', async () => {
  expect(
    await markdown(
      'It passes <Finding id="counter" scenario="race" variant="fixed-window" result="accepted" /> of <Param id="counter" name="limit" scenario="race" />.',
    ),
  ).toContain('It passes 24 requests of 12 requests.');
});

test('a sentence of elements alone is one paragraph; claims and outcomes are their words', async () => {
  expect(
    await markdown(
      '<Claim id="counter" claim="twice">Twice the limit passes</Claim>\n<Outcome of="rejected">refused</Outcome>',
    ),
  ).toContain('\n\nTwice the limit passes\nrefused\n\n');
});

test('a fact carries the number of its source and leads to it, and the sources end the page', async () => {
  const text = await markdown('<Fact source="rfc">429 is for too many requests</Fact>.');
  expect(text).toContain(
    '429 is for too many requests [\\[1\\]](https://www.rfc-editor.org/rfc/rfc6585).',
  );
  expect(text).toMatch(
    /## Sources\n\n1\. IETF, \[Additional HTTP Status Codes\]\(https:\/\/www\.rfc-editor\.org\/rfc\/rfc6585\) \(2012\)\. The status of a refused request\.\n$/,
  );
});

test('a figure is its question, its caption, its measures by variant, and a link with its seed', async () => {
  const text = await markdown(
    '<Simulation id="counter" scenario="race">\n  The *log* keeps its word.\n</Simulation>',
  );
  expect(text).toContain('> **Figure: Who lets more through?**\n');
  expect(text).toContain('> Both meet the same requests. Watch the boundary.\n');
  expect(text).toContain('> The *log* keeps its word.\n');
  expect(text).toMatch(
    /> \| Fixed window \| +24 requests \|\n> \| Sliding log {2}\| +12 requests \|/,
  );
  expect(text).toContain(
    '[Run this figure with seed 1](http://localhost:3000/a/one/?race=1.1;seed:1#race)',
  );
});

test('models and snippets are fenced code, without what is for our own checks', async () => {
  const text = await markdown(
    '<ModelSource id="counter" variant="fixed-window" region="take">\n1. Counts.\n2. Decides.\n</ModelSource>\n\n```ts title="a.ts"\nconst hidden = 1;\n// ---cut---\nexport const shown: number = hidden;\n```',
  );
  expect(text).toContain(
    '`models/fixed-window.ts`, from line 6:\n\n```ts\nfunction take(): boolean {',
  );
  expect(text).toContain('1. Counts.\n2. Decides.\n');
  expect(text).toContain('```ts\nexport const shown: number = hidden;\n```');
  expect(text).not.toContain('const hidden');
});

test('tasks, predictions, checks and omissions are written out', async () => {
  const text = await markdown(
    '<Tasks id="counter" />\n\n<Prediction id="counter" prediction="more" />\n\n<Checks id="counter" />\n\n<Omissions id="counter" />',
  );
  expect(text).toContain('**Calm**: Keep it calm Hint: Lower it.');
  expect(text).toContain('**Predict: Which lets more through?**');
  expect(text).toContain('> - The log\n');
  expect(text).toContain('What happens: The boundary.');
  expect(text).toContain('- Counts. Held to: Arithmetic. (1 seed)');
  expect(text).toContain('- **The network** Too fast.');
});

test('tables keep their cells, links become whole addresses, comments are gone', async () => {
  const text = await markdown(
    '{/* not for readers */}\n\n## Here\n\nSee [above](#here) and [all](/).\n\n| a | b |\n|---|---|\n| 1 | <Finding id="counter" scenario="race" variant="sliding-log" result="accepted" /> |',
  );
  expect(text).not.toContain('not for readers');
  expect(text).toContain('[above](http://localhost:3000/a/one/#here)');
  expect(text).toContain('[all](http://localhost:3000/)');
  expect(text).toMatch(/\| 1 \| 12 requests \|/);
});
