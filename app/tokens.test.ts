/** The promises of tokens.css, computed: contrast of text, distance of outcomes in any eye. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { OUTCOME_IDS } from '@/lib/kernel/outcomes';

type Rgb = readonly [number, number, number];
type Theme = 'light' | 'dark';
const THEMES: readonly Theme[] = ['light', 'dark'];

const css = readFileSync(fileURLToPath(new URL('./tokens.css', import.meta.url)), 'utf8');

/** The pairs of the first block: custom property → its colour in each theme. */
const tokens = new Map<string, Record<Theme, Rgb>>(
  [...css.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light: rgb(light), dark: rgb(dark) }],
  ),
);

function rgb(hex: string): Rgb {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [channel(1), channel(3), channel(5)];
}

function colour(name: string, theme: Theme): Rgb {
  const pair = tokens.get(name);
  if (pair === undefined)
    throw new Error(`Expected ${name} to be a light-dark() pair in tokens.css.`);
  return pair[theme];
}

const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const gamma = (c: number): number => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, blue]: Rgb): number =>
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(blue);
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Machado, Oliveira, Fernandes 2009, severity 1.0; rows act on linear RGB. */
const DEFICIENCIES: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};
const EYES = ['normal', ...Object.keys(DEFICIENCIES)];

function seenBy(eye: string, [r, g, b]: Rgb): Rgb {
  const matrix = DEFICIENCIES[eye];
  if (matrix === undefined) return [r, g, b];
  const row = ([x, y, z]: Rgb): number =>
    gamma(Math.min(1, Math.max(0, x * linear(r) + y * linear(g) + z * linear(b))));
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** Euclidean distance in OKLab times 100: about 2 is just noticeable, 100 is black to white. */
function distance(a: Rgb, b: Rgb): number {
  const [p, q] = [oklab(a), oklab(b)];
  return 100 * Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** Ottosson 2020. */
function oklab([red, green, blue]: Rgb): Rgb {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const PAPERS = ['--paper', '--paper-raised'];
const OUTCOME_TOKENS = OUTCOME_IDS.map((id) => `--outcome-${id}`);
const SERIES_TOKENS = Array.from({ length: 8 }, (_, index) => `--series-${index + 1}`);
const TEXT_TOKENS = [
  '--ink',
  '--ink-soft',
  '--ink-faint',
  '--accent',
  ...OUTCOME_TOKENS,
  ...[...tokens.keys()].filter((name) => name.startsWith('--code-')),
];

function pairs(names: readonly string[]): [string, string][] {
  return names.flatMap((a, index) => names.slice(index + 1).map((b): [string, string] => [a, b]));
}

describe.each(THEMES)('in the %s theme', (theme) => {
  test.each(TEXT_TOKENS)('%s is readable as text on both papers', (name) => {
    for (const paper of PAPERS) {
      expect(contrast(colour(name, theme), colour(paper, theme))).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(['--rule-strong', '--focus', ...SERIES_TOKENS])(
    '%s stands out from both papers as a graphic does',
    (name) => {
      for (const paper of PAPERS) {
        expect(contrast(colour(name, theme), colour(paper, theme))).toBeGreaterThanOrEqual(3);
      }
    },
  );

  test('text upon the accent, and ink upon marked and selected text, is readable', () => {
    const on = (text: string, ground: string): number =>
      contrast(colour(text, theme), colour(ground, theme));
    expect(on('--accent-ink', '--accent')).toBeGreaterThanOrEqual(4.5);
    expect(on('--ink', '--mark')).toBeGreaterThanOrEqual(4.5);
    expect(on('--ink', '--selection')).toBeGreaterThanOrEqual(4.5);
  });

  test.each(EYES)('any two outcomes differ to the eye: %s', (eye) => {
    for (const [a, b] of pairs(OUTCOME_TOKENS)) {
      const seen = distance(seenBy(eye, colour(a, theme)), seenBy(eye, colour(b, theme)));
      expect(seen, `${a} and ${b}`).toBeGreaterThanOrEqual(6);
    }
  });

  test.each(EYES)('any two series differ to the eye: %s', (eye) => {
    for (const [a, b] of pairs(SERIES_TOKENS)) {
      const seen = distance(seenBy(eye, colour(a, theme)), seenBy(eye, colour(b, theme)));
      expect(seen, `${a} and ${b}`).toBeGreaterThanOrEqual(6);
    }
  });
});

test('every colour is a pair, so that neither theme is an afterthought', () => {
  const lone = [
    ...css.matchAll(/^ {2}(--(?!font|text|line|measure|figure|page|gutter)[\w-]+): (.+);$/gm),
  ]
    .filter(([, , value = '']) => !/^(light-dark\(|var\()/.test(value))
    .map(([, name]) => name);
  expect(lone).toEqual([]);
});
