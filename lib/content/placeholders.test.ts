import { expect, test } from 'vitest';
import { FRONT_MATTER, guideText } from './fixtures/guides';
import { parseGuide } from './parse';
import { placeholderProblems, placeholdersOf } from './placeholders';
import { formatProblem } from './problem';

const FILE = 'content/a/b.mdx';

const TEMPLATE = `---
title: {{title}}
description: Say the lesson.
summary:
  - Say the first
  - Say the second
order: {{order}}
---

{/* The failure first. */}

Too many come. It is <Param id="counter"
name="limit" /> of them.

<Simulation id="counter" scenario="race">
  The fixed window lets more through.
</Simulation>

## Choosing

| choose | when |
|---|---|
| this one | always |

1. What happens here.
`;

const problemsOf = (source: string): string[] =>
  placeholderProblems(
    parseGuide({ file: FILE, slug: 'a/b', source }),
    placeholdersOf(TEMPLATE),
  ).map((problem) => formatProblem({ ...problem, file: '' }));

test('a guide made from the template is asked for each sentence, each row and each comment of it', () => {
  const made = TEMPLATE.replace('{{title}}', 'A title').replace('{{order}}', '1');
  expect(problemsOf(made)).toEqual([
    ':3:1 front matter "description": expected what this guide says, got the template’s "Say the lesson.". Write it for this guide.',
    ':5:5 front matter "summary.0": expected what this guide says, got the template’s "Say the first". Write it for this guide.',
    ':6:5 front matter "summary.1": expected what this guide says, got the template’s "Say the second". Write it for this guide.',
    ':10:1 expected what the template asks for, got its request: "The failure first.". Write it, and take the comment out.',
    ':12:1 expected a sentence of this guide, got the template’s "Too many come.". Write one of your own in its place, or take it out.',
    ':12:16 expected a sentence of this guide, got the template’s "It is <Param id="counter" name="limit" /> of them.". Write one of your own in its place, or take it out.',
    ':16:3 expected a sentence of this guide, got the template’s "The fixed window lets more through.". Write one of your own in its place, or take it out.',
    ':23:1 expected a sentence of this guide, got the template’s "| this one | always |". Write one of your own in its place, or take it out.',
    ':25:4 expected a sentence of this guide, got the template’s "What happens here.". Write one of your own in its place, or take it out.',
  ]);
});

test('one that is left among the author’s own is found, wherever it stands and however its lines are broken', () => {
  const body = 'Mine comes first. Too many\ncome. Mine comes last.';
  expect(problemsOf(guideText(body))).toEqual([
    expect.stringMatching(
      /^:\d+:19 expected a sentence of this guide, got the template’s "Too many come\."/,
    ),
  ]);
  const summary = FRONT_MATTER.replace('See it fail', 'Say the second');
  expect(problemsOf(guideText('Mine.', summary))).toEqual([
    expect.stringContaining('front matter "summary.1"'),
  ]);
});

test('headings and the heads of tables are the template’s to give', () => {
  expect(
    problemsOf(guideText('## Choosing\n\n| choose | when |\n|---|---|\n| that | never |')),
  ).toEqual([]);
});

test('front matter that cannot be read asks for nothing', () => {
  for (const frontMatter of ['summary: [', 'description: *Never*'])
    expect(problemsOf(`---\n${frontMatter}\n---\n\nMine.`), frontMatter).toEqual([]);
});
