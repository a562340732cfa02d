import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { open } from '@/lib/engines/graphql/engine';
import type { GraphqlInput } from '@/lib/engines/graphql/types';
import { lab } from '@/lib/labs/service-communication/orders-graph/lab';
import { indexRecording } from '@/lib/simulation/recording-index';
import { tracesOf } from '@/lib/simulation/trace';
import { live } from './live';
import { still } from './still';
import { recordingOf } from './waterfall';

const { Asked, Exchange } = still;

async function answered(changed: Partial<GraphqlInput>) {
  const engine = await open(lab.setup, { addressOf: (name) => name, progress: () => undefined });
  const input: GraphqlInput = { ...lab.steps[0].input, ...changed };
  const output = await engine.run(input);
  return { input, output, about: engine.about };
}

async function drawn(changed: Partial<GraphqlInput>): Promise<string> {
  const { input, output, about } = await answered(changed);
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
  [{ query: '{ orders( }' }, 'Not read: this is not GraphQL.'],
  [{ query: '{ orders { price } }' }, 'Refused before execution, with 1 error.'],
  [{ depthMax: 2 }, 'Refused before execution by a limit, with 1 error.'],
  [{ variables: '[]' }, 'Not executed: variables or operation do not fit.'],
  [{ query: '{ order(id: 2) { lines { product { stock } } } }' }, 'Executed, with 1 error.'],
])('%j is answered by “%s”, and by a response that stands open', async (changed, words) => {
  const html = await drawn(changed);
  expect(html).toContain(words);
  expect(html).toMatch(/<details class="fig-details" open=""><summary>Response/);
});

test('what asks nothing of the data is not drawn over no time', async () => {
  const html = await drawn({ query: '{ __typename }' });
  expect(html).toContain('Nothing was asked of the data, so it took no time.');
  expect(html).not.toContain('role="img"');
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

test('has every query inside of the request, and the resolver that asked alone above its own', async () => {
  const { output } = await answered({ query: '{ orders(first: 3) { customer { name } } }' });
  const index = indexRecording(recordingOf(output.spans, output.tookMs));
  const traces = tracesOf(index);
  expect(traces.roots).toEqual([0]);
  const resolvers = traces.partsOf(0).map((row) => index.span(row));
  expect(resolvers.map(({ label }) => label)).toEqual([
    'orders',
    'orders.0.customer',
    'orders.1.customer',
    'orders.2.customer',
  ]);
  for (const { row, start, end } of resolvers) {
    const [query, ...others] = traces.partsOf(row).map((part) => index.span(part));
    expect(others).toEqual([]);
    expect(query?.label).toMatch(/^(orders|customers) /);
    expect(query?.start).toBeGreaterThanOrEqual(start);
    expect(query?.end).toBeLessThanOrEqual(end);
  }
});
