import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { open } from '@/lib/engines/graphql/engine';
import type { GraphqlInput } from '@/lib/engines/graphql/types';
import { lab } from '@/lib/labs/service-communication/orders-graph/lab';
import { live } from './live';
import { still } from './still';

const { Asked, Exchange } = still;

async function drawn(changed: Partial<GraphqlInput>): Promise<string> {
  const engine = await open(lab.setup, { addressOf: (name) => name, progress: () => undefined });
  const input: GraphqlInput = { ...lab.steps[0].input, ...changed };
  const output = await engine.run(input);
  const { about } = engine;
  return renderToStaticMarkup(
    <>
      <Asked input={input} about={about} />
      <Exchange id="step" input={input} output={output} about={about} />
    </>,
  );
}

test('an answer has its numbers, and every query in the drawing and in a table', async () => {
  const html = await drawn({});
  expect(html).toContain('One query for each resolver, at most 8 deep, at most 500 in cost');
  expect(html).toContain('Executed.');
  expect(html).toMatch(/<dt>Queries<\/dt><dd>6<\/dd>/);
  expect(html).toMatch(/<dt>Cost<\/dt><dd>6 of 500<\/dd>/);
  expect(html).toMatch(/role="img" aria-label="Resolvers and queries, at [^"]* in 13 spans/);
  expect(html.match(/customers WHERE id = \d/g)?.length).toBeGreaterThanOrEqual(10);
});

test.each([
  [{ query: '{ orders( }' }, 'Not read: this is no GraphQL.'],
  [{ query: '{ orders { price } }' }, 'Refused before execution, with 1 error.'],
  [{ depthMax: 2 }, 'Refused before execution by a limit, with 1 error.'],
  [{ variables: '[]' }, 'Not executed: variables or operation do not fit.'],
  [{ query: '{ order(id: 2) { lines { product { stock } } } }' }, 'Executed, with 1 error.'],
])('%j is answered by “%s”, and by a response that stands open', async (changed, words) => {
  const html = await drawn(changed);
  expect(html).toContain(words);
  expect(html).toMatch(/<details class="fig-details" open=""><summary>Response/);
});

test('what is typed is text, never markup', async () => {
  const html = await drawn({ query: '{ orders { <img src=x onerror=alert(1)> } }' });
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img');
});

test('an input that was kept is read again, and what is none is not', () => {
  const { input } = lab.steps[0];
  expect(live.readInput(JSON.parse(JSON.stringify(input)))).toEqual(input);
  for (const kept of [null, 7, {}, { ...input, depthMax: 0 }, { ...input, costMax: '9' }])
    expect(live.readInput(kept)).toBeNull();
});
