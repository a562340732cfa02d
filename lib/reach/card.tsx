/**
 * The card that is shown where a page is shared, and the icons: drawn at build time, in the colours
 * and faces of the site. Satori sets the type and resvg draws it; both come with Next.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ReactElement } from 'react';
import { CARD_HEIGHT, CARD_WIDTH } from './addresses';
import { lightColours } from './tokens.node.ts';

/** What a card says. */
export interface Card {
  /** Above the title: where in the handbook the page stands; empty for the site itself. */
  readonly kicker: string;
  readonly title: string;
  readonly description: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly element: ReactElement;
}

/** Draws PNGs in one face set; made once, since the faces are read from disk. */
interface Painter {
  /** Everything besides a text that pictures are drawn with and that can change: colours, faces, size. */
  readonly means: unknown;
  readonly card: (card: Card) => Drawing;
  readonly icon: (options: { readonly size: number; readonly maskable?: boolean }) => Drawing;
  /** @throws Error if a text holds a character that the faces lack, which would be fetched from a foreign host */
  readonly png: (drawing: Drawing) => Promise<Buffer>;
}

const FACES = [
  { name: 'Serif', pack: 'source-serif-4', weight: 400 },
  { name: 'Serif', pack: 'source-serif-4', weight: 600 },
  { name: 'Sans', pack: 'inter', weight: 500 },
] as const;

const COLOURS = ['paper', 'ink', 'ink-soft', 'ink-faint', 'accent', 'rule-strong'] as const;

export function painter(root: string): Painter {
  const colours = lightColours(root, COLOURS);
  const require = createRequire(join(root, 'package.json'));
  const packFile = (pack: string, file: string): string =>
    require.resolve(`@fontsource/${pack}/${file}`);
  const fonts = FACES.map(({ name, pack, weight }) => ({
    name,
    weight,
    style: 'normal' as const,
    data: readFileSync(packFile(pack, `files/${pack}-latin-${weight}-normal.woff`)),
  }));
  const ranges = ['source-serif-4', 'inter'].map((pack) =>
    rangesOf(
      (JSON.parse(readFileSync(packFile(pack, 'unicode.json'), 'utf8')) as { latin: string }).latin,
    ),
  );

  return {
    means: [colours, FACES, CARD_WIDTH, CARD_HEIGHT],
    card: ({ kicker, title, description }) => {
      for (const text of [kicker, title, description]) requireGlyphs(text, ranges);
      return {
        width: CARD_WIDTH,
        height: CARD_HEIGHT,
        element: (
          <div
            style={{
              display: 'flex',
              flexDirection: 'column',
              width: '100%',
              height: '100%',
              padding: '64px 72px',
              background: colours.paper,
              color: colours.ink,
              fontFamily: 'Serif',
            }}
          >
            <Curve accent={colours.accent} level={colours['rule-strong']} />
            <div
              style={{ display: 'flex', alignItems: 'center', fontFamily: 'Sans', fontSize: 28 }}
            >
              <span style={{ color: colours.accent }}>Steady State</span>
              {kicker === '' ? null : (
                <span style={{ color: colours['ink-faint'] }}>
                  <span style={{ padding: '0 14px' }}>/</span>
                  {kicker}
                </span>
              )}
            </div>
            <div
              style={{
                marginTop: 40,
                fontSize: title.length <= 30 ? 92 : title.length <= 48 ? 78 : 64,
                fontWeight: 600,
                lineHeight: 1.08,
                letterSpacing: '-0.02em',
                textWrap: 'balance',
              }}
            >
              {title}
            </div>
            <div
              style={{
                marginTop: 28,
                maxWidth: 960,
                fontSize: 34,
                lineHeight: 1.35,
                color: colours['ink-soft'],
                textWrap: 'pretty',
              }}
            >
              {description}
            </div>
          </div>
        ),
      };
    },
    icon: ({ size, maskable = false }) => {
      // A mask may cut off all but a circle of four fifths of the width (W3C, App Manifest).
      const inset = maskable ? 0.22 : 0.08;
      const inner = size * (1 - 2 * inset);
      return {
        width: size,
        height: size,
        element: (
          <div
            style={{
              display: 'flex',
              alignItems: 'center',
              justifyContent: 'center',
              width: '100%',
              height: '100%',
              background: colours.paper,
            }}
          >
            <svg width={inner} height={inner} viewBox="0 0 32 32" aria-hidden="true">
              <path
                d="M2 26C5 26 5.6 6 8.6 6s3 15 6 15 2.8-7.4 5.6-7.4 2.6 3 5.4 3H30"
                fill="none"
                stroke={colours.accent}
                strokeWidth="3"
                strokeLinecap="round"
                strokeLinejoin="round"
              />
            </svg>
          </div>
        ),
      };
    },
    png: async ({ element, width, height }) => {
      // Loaded when something has to be drawn, which after the first build is seldom.
      const { ImageResponse } = await import('next/og.js');
      const response = new ImageResponse(element, { width, height, fonts });
      return Buffer.from(await response.arrayBuffer());
    },
  };
}

/** A quantity that swings, swings less, and settles at its level: the mark, drawn along the foot. */
function Curve({ accent, level }: { readonly accent: string; readonly level: string }) {
  const height = 170;
  const settled = 96;
  const points = Array.from({ length: CARD_WIDTH / 4 + 1 }, (_, index) => {
    const x = index * 4;
    const y = settled + 84 * Math.exp(-x / 300) * Math.cos(x / 38);
    return `${index === 0 ? 'M' : 'L'}${x} ${y.toFixed(1)}`;
  });
  return (
    <svg
      width={CARD_WIDTH}
      height={height}
      viewBox={`0 0 ${CARD_WIDTH} ${height}`}
      aria-hidden="true"
      style={{ position: 'absolute', left: 0, bottom: 0 }}
    >
      <path
        d={`M0 ${settled}H${CARD_WIDTH}`}
        stroke={level}
        strokeWidth="1.5"
        strokeDasharray="2 8"
      />
      <path d={points.join('')} fill="none" stroke={accent} strokeWidth="4" />
    </svg>
  );
}

/** "U+0000-00FF, U+0131" as pairs of first and last. */
function rangesOf(text: string): (readonly [number, number])[] {
  return [...text.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].map(([, from = '', to = from]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to, 16),
  ]);
}

function requireGlyphs(
  text: string,
  faces: readonly (readonly (readonly [number, number])[])[],
): void {
  const missing = [...text].find(
    (character) =>
      !faces.every((ranges) =>
        ranges.some(([from, to]) => {
          const code = character.codePointAt(0) ?? 0;
          return from <= code && code <= to;
        }),
      ),
  );
  if (missing === undefined) return;
  throw new Error(
    `Expected titles and descriptions in Latin characters, which the faces of the cards have, got "${missing}" in "${text}". ` +
      'Write it in words; the text of the guide itself may hold any character.',
  );
}
