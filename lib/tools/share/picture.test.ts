import { expect, test } from 'vitest';
import { fadeOf } from './fade';
import { FILM_MS, FRAMES_PER_SECOND, filmMoments, filmSize, filmSpan } from './film';
import { svgText } from './svg';

const SIZE = { width: 200, height: 100 };
const PICTURE = {
  width: 10,
  height: 20,
  paper: '#ffffff',
  title: 'a < b',
  describe: 'c & "d"\u0007',
  pieces: [],
};

test('an SVG says what it is, and nothing in it breaks out', () => {
  expect(svgText(PICTURE)).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20" viewBox="0 0 10 20" role="img">' +
      '<title>a &lt; b</title><desc>c &amp; &quot;d&quot;</desc>' +
      '<rect width="100%" height="100%" fill="#ffffff"/></svg>',
  );
});

test('numbers are short, what is undefined is left out, pieces nest', () => {
  const piece = {
    tag: 'g',
    attributes: { x: 1 / 3, y: -0.001, fill: undefined, 'data-a': '"' },
    children: ['t', { tag: 'path', attributes: { d: 'M0 0' } }],
  };
  expect(svgText({ ...PICTURE, pieces: [piece] })).toContain(
    '<g x="0.33" y="0" data-a="&quot;">t<path d="M0 0"/></g>',
  );
});

test('typefaces come along only if they are given', () => {
  const face = { family: 'ui', weight: '100 900', address: 'data:font/woff2;base64,AA==' };
  expect(svgText(PICTURE, [face])).toContain(
    '<style>@font-face{font-family:&quot;ui&quot;;font-weight:100 900;src:url(data:font/woff2;base64,AA==)}</style>',
  );
  expect(svgText(PICTURE)).not.toContain('<style>');
});

test.each([
  ['none', null],
  ['url("mask.png")', null],
  ['radial-gradient(rgb(0, 0, 0), rgba(0, 0, 0, 0))', null],
  ['linear-gradient(to left, rgb(0, 0, 0), rgba(0, 0, 0, 0))', null],
  ['linear-gradient(45deg, rgb(0, 0, 0), rgba(0, 0, 0, 0))', null],
  [
    'linear-gradient(90deg, rgb(0, 0, 0) 37.5%, rgba(0, 0, 0, 0.3) 37.5%)',
    {
      direction: 'right',
      stops: [
        { offset: 0.375, opacity: 1 },
        { offset: 0.375, opacity: 0.3 },
      ],
    },
  ],
  [
    'linear-gradient(to right, rgb(0, 0, 0) 50px, rgb(0 0 0 / 30%) 900px)',
    {
      direction: 'right',
      stops: [
        { offset: 0.25, opacity: 1 },
        { offset: 1, opacity: 0.3 },
      ],
    },
  ],
  [
    'linear-gradient(rgba(0, 0, 0, 0), rgb(0, 0, 0) 25px)',
    {
      direction: 'down',
      stops: [
        { offset: 0, opacity: 0 },
        { offset: 0.25, opacity: 1 },
      ],
    },
  ],
  [
    'linear-gradient(to bottom, transparent, black)',
    {
      direction: 'down',
      stops: [
        { offset: 0, opacity: 0 },
        { offset: 1, opacity: 1 },
      ],
    },
  ],
])('the mask %s is read', (mask, fade) => {
  expect(fadeOf(mask, SIZE)).toEqual(fade);
});

test('a film begins at the moment, earlier if too little is left, and a short run is played slower', () => {
  expect(filmSpan(3000, 2, 60_000)).toEqual({ fromMs: 3000, toMs: 23_000 });
  expect(filmSpan(55_000, 2, 60_000)).toEqual({ fromMs: 40_000, toMs: 60_000 });
  expect(filmSpan(500, 2, 4000)).toEqual({ fromMs: 0, toMs: 4000 });
});

test('the frames of a film are evenly spread from its first moment to its last', () => {
  const moments = filmMoments({ fromMs: 1000, toMs: 3000 });
  expect(moments).toHaveLength((FILM_MS / 1000) * FRAMES_PER_SECOND + 1);
  expect([moments[0], moments[100], moments.at(-1)]).toEqual([1000, 2000, 3000]);
});

test('a film is even in both directions and bounded in size', () => {
  expect(filmSize(881, 1001)).toEqual({ width: 882, height: 1002 });
  expect(filmSize(880, 3200)).toEqual({ width: 440, height: 1600 });
  expect(filmSize(1, 1)).toEqual({ width: 2, height: 2 });
});
