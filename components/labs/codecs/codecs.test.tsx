import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { open } from '@/lib/engines/codecs/engine';
import type { CodecsAbout, CodecsInput, CodecsOutput } from '@/lib/engines/codecs/types';
import { live } from './live';
import { still } from './still';

const PROTO = 'syntax = "proto3"; message M { int32 a = 1; string b = 2; }';
const COMPARE: CodecsInput = {
  task: 'compare',
  json: '{"a":150,"b":"<b>&amp;"}',
  proto: PROTO,
  isTimed: false,
};
const EVOLVE: CodecsInput = {
  task: 'evolve',
  versions: [
    { name: 'old', proto: PROTO, json: '{"a":5,"b":"x"}' },
    { name: 'new', proto: 'syntax = "proto3"; message M { sint32 a = 1; }', json: '{"a":5}' },
  ],
};

async function answer(input: CodecsInput): Promise<{ output: CodecsOutput; about: CodecsAbout }> {
  const { run, about } = await open(
    { codecs: ['json', 'protobuf', 'messagepack', 'cbor'] },
    { addressOf: (asset) => asset, progress: () => {} },
  );
  return { output: await run(input), about };
}

async function drawn(input: CodecsInput, change?: (output: CodecsOutput) => CodecsOutput) {
  const { output, about } = await answer(input);
  const { Exchange } = still;
  return renderToStaticMarkup(
    <Exchange id="lab-step" input={input} output={change?.(output) ?? output} about={about} />,
  );
}

const textOf = (html: string): string => html.replace(/<[^>]*>/g, '');

describe('an object through the codecs', () => {
  test('every byte is drawn once, side by side, whatever it means', async () => {
    const html = await drawn(COMPARE);
    const lines = [...html.matchAll(/<p class="cd-hex">(.*?)<\/p>/g)].map(([, line]) =>
      textOf(line ?? '').replace(/ /g, ''),
    );
    const { output } = await answer(COMPARE);
    expect(output.task === 'compared' && output.codecs.map(({ refused }) => refused)).toEqual(
      Array(4).fill(null),
    );
    expect(lines[1]).toBe(`0896011208${Buffer.from('<b>&amp;').toString('hex')}`);
    expect(lines[0]).toBe(Buffer.from(COMPARE.json).toString('hex'));
    expect(lines).toHaveLength(4);
  });

  test('what the reader wrote is text and no markup', async () => {
    const html = await drawn(COMPARE);
    expect(html).not.toContain('<b>&amp;');
    expect(html).toContain('&lt;b&gt;&amp;amp;');
  });

  test('bars say in words what they show', async () => {
    expect(await drawn(COMPARE)).toContain('aria-label="tag or type 2, length 1, value 10"');
  });

  test('what one codec refuses stands in its row', async () => {
    const text = textOf(await drawn({ ...COMPARE, proto: 'message' }));
    expect(text).toContain('ProtobufThe object was refused');
    expect(text).toContain('MessagePack, byte by byte');
  });

  test('there are no speeds unless they were measured', async () => {
    expect(textOf(await drawn(COMPARE))).not.toContain('Microseconds');
    const spread = {
      lowerQuartileUs: 1.5,
      medianUs: 2,
      upperQuartileUs: 2.25,
      rounds: 15,
      operationsPerRound: 4096,
    };
    const html = await drawn(COMPARE, (output) =>
      output.task === 'compared'
        ? {
            ...output,
            codecs: output.codecs.map((codec) =>
              codec.refused === null
                ? { ...codec, speed: { encode: spread, decode: spread } }
                : codec,
            ),
          }
        : output,
    );
    expect(textOf(html)).toContain('2.00 (1.50 to 2.25)');
    expect(textOf(html)).toContain('at least 4,096 operations');
    expect(textOf(html)).toContain('median of 15 rounds');
  });
});

describe('versions of a schema', () => {
  test('the matrix has writers as rows and readers as columns', async () => {
    const html = await drawn(EVOLVE);
    const cells = [...html.matchAll(/<td data-verdict="(\w+)">([^<]*)<\/td>/g)].map(
      ([, verdict, word]) => `${verdict}: ${word}`,
    );
    expect(cells.slice(0, 4)).toEqual([
      'same: same',
      'changed: other value',
      'changed: other value',
      'same: same',
    ]);
  });

  test('behind a cell stand the fields, with what was written and what is read', async () => {
    const text = textOf(await drawn(EVOLVE));
    expect(text).toContain('old read by new: other value');
    expect(text).toContain('1int32 a = 5sint32 a = -3other value');
    expect(text).toContain('2string b = &quot;x&quot;no such fieldunseen');
  });

  test('a schema that is none says whose and why', async () => {
    const html = await drawn({
      task: 'evolve',
      versions: [
        {
          name: 'v1',
          proto: 'syntax = "proto3"; message M { int32 a = 1; int32 b = 1; }',
          json: '{}',
        },
      ],
    });
    expect(textOf(html)).toBe('The schema of v1 was refused: duplicate id 1 in Type M');
  });
});

describe('the editor', () => {
  const editor = (input: CodecsInput): string => {
    const { Editor } = live;
    const element: ReactNode = (
      <Editor id="e" input={input} about={{ codecs: [] }} onChange={() => {}} onRun={() => {}} />
    );
    return renderToStaticMarkup(element);
  };

  test('every field has a name', () => {
    for (const input of [COMPARE, EVOLVE]) {
      const html = editor(input);
      const ids = [...html.matchAll(/<textarea id="([^"]*)"/g)].map(([, id]) => id);
      expect(ids.length).toBeGreaterThanOrEqual(2);
      for (const id of ids) expect(html).toContain(`for="${id}"`);
    }
  });

  test('a version more can be had until there are six', () => {
    const [first] = EVOLVE.versions;
    if (!first) throw new Error('There is a version.');
    const six = { ...EVOLVE, versions: Array(6).fill(first) };
    expect(editor(EVOLVE)).toContain('Add a version');
    expect(editor(six)).not.toContain('Add a version');
    expect(editor({ ...EVOLVE, versions: [first] })).not.toContain('Remove');
  });

  test('what was kept is read, and what is damaged is not', () => {
    expect(live.readInput(JSON.parse(JSON.stringify(COMPARE)))).toEqual(COMPARE);
    expect(live.readInput(JSON.parse(JSON.stringify(EVOLVE)))).toEqual(EVOLVE);
    const damaged = [
      null,
      3,
      {},
      { task: 'compare', json: 1, proto: '' },
      { task: 'evolve', versions: [] },
      { task: 'evolve', versions: [{}] },
      { task: 'else' },
    ];
    for (const kept of damaged) expect(live.readInput(kept)).toBeNull();
  });
});
