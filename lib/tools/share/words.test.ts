import { expect, test } from 'vitest';
import { captionOf, fullCaption, shortCaption } from './caption';
import { asMarkdown } from './citation';
import { ranFigure, settled } from './fixture';

const WORDS = 'Requests admitted, at 4.00 s. 4 requests.';

test('a caption says what, when, and in words; of the settings what differs from the scenario', async () => {
  const figure = await ranFigure();
  const plain = captionOf(figure, WORDS, 4000);
  expect(shortCaption(plain)).toBe('Fixture: A calm day, at 4.00\u202fs');
  expect(fullCaption(plain)).toBe(`Fixture: A calm day (seed 1). ${WORDS}`);

  figure.setParameter('rate', 40);
  figure.setParameter('order', 'lifo');
  figure.setSeed(9);
  figure.fork([{ at: 2500, kind: 'act', id: 'stop', target: 'server-2' }]);
  await settled(figure);
  expect(fullCaption(captionOf(figure, WORDS, 4000))).toBe(
    `Fixture: A calm day (Arrival rate: 40\u00a0requests/s; Order: last first; Fork 1: Stop a server (Server 2) at 2.5\u202fs; seed 9). ${WORDS}`,
  );
});

test('a caption says what no link can carry', async () => {
  const figure = await ranFigure();
  figure.setExtra({
    id: 'mine',
    kind: 'reader',
    title: 'Yours',
    request: (base) => base,
    run: () => Promise.reject(new Error('It never runs.')),
  });
  expect(captionOf(figure, WORDS, 0).missing).toEqual([
    'An edited model ran beside it, which the link leaves out.',
  ]);
});

test('Markdown holds the measures of every run in sight, and what it takes to run them again', async () => {
  const figure = await ranFigure('race');
  const shown = await settled(figure);
  const text = asMarkdown(figure, shown, captionOf(figure, WORDS, 4000), {
    site: 'Steady State',
    address: 'https://example.org/?race=1.1;t:4000#race',
  });
  expect(text.split('\n')).toEqual([
    '**Fixture: A race, at 4.00\u202fs**',
    '',
    WORDS,
    '',
    '| Run | Admitted | Latency, p99 |',
    '| --- | ---: | ---: |',
    '| Plain | 41.7\u202f%\u202f±\u202f1.2 | – |',
    '| Fancy | 41.7\u202f%\u202f±\u202f1.2 | – |',
    '',
    'Source: Steady State, “Fixture”, version 1, scenario “A race”, seed 7. <https://example.org/?race=1.1;t:4000#race>',
    '',
  ]);
});

test('what people have named cannot break out of the Markdown', async () => {
  const figure = await ranFigure();
  const shown = await settled(figure);
  const caption = { ...captionOf(figure, 'a | b *c* <script> [d](e) `f`', 0), title: '# _g_' };
  const text = asMarkdown(figure, shown, caption, { site: 'S', address: 'https://example.org/' });
  expect(text).toContain('a \\| b \\*c\\* \\<script\\> \\[d\\](e) \\`f\\`');
  expect(text).toContain('**\\# \\_g\\_, at');
});
