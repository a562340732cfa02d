import { describe, expect, it } from 'vitest';
import { inThousandths, withStills } from './still-text';

const CAPTION = '<figcaption class="fig-caption"></figcaption>';
const list = (what: string): string =>
  `<dl class="fig-omissions"><div><dt>${what}</dt><dd>less</dd></div></dl>`;
const figure = (id: string, what: string): string =>
  `<article id="${id}" class="fig">${CAPTION}<details class="fig-details" data-section="omissions"><summary>Left out</summary>${list(what)}</details></article>`;
const place = (id: string): string => `<still-figure id="${id}"></still-figure>`;

describe('the stills of a page', () => {
  const stills: Readonly<Record<string, string>> = {
    a: figure('a', 'Queues'),
    b: figure('b', 'Queues'),
    c: figure('c', 'Clocks'),
    listed: `<div id="gaps" class="fig-omitted">${list('Queues')}</div>`,
  };
  const page = (...ids: string[]): string =>
    withStills(ids.map(place).join(''), (id) => stills[id] ?? '');

  it('say what several have in the first of them', () => {
    const html = page('a', 'b', 'c');
    expect(html.match(/Queues/g)).toHaveLength(1);
    expect(html.indexOf('Queues')).toBeLessThan(html.indexOf('id="b"'));
    expect(html).toContain('The same as in <a href="#a">an earlier figure</a>.');
    expect(html.match(/Clocks/g)).toHaveLength(1);
  });

  it('lead to where the text says it', () => {
    const html = page('a', 'b', 'c', 'listed');
    expect(html.match(/Queues/g)).toHaveLength(1);
    expect(html.indexOf('Queues')).toBeGreaterThan(html.indexOf('id="gaps"'));
    expect(html.match(/Listed <a href="#gaps">in the text<\/a>\./g)).toHaveLength(2);
    // Another model's list is not the one in the text.
    expect(html).toContain(list('Clocks'));
  });
});

it('places across are as exact as a screen shows them, and nothing else is changed', () => {
  expect(
    inThousandths(
      '<use x="12.34%" y="5.25"/><line x1="-0.04%" x2="99.96%"/><text dx="1.25%">1.25%</text>',
    ),
  ).toBe('<use x="12.3%" y="5.25"/><line x1="0%" x2="100%"/><text dx="1.25%">1.25%</text>');
});
