/** A picture as an SVG file that stands by itself: no style sheet, no class, no reference outwards. */

/** An element with what is in it. What is undefined is left out. */
export interface Piece {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children?: readonly (Piece | string)[];
}

export interface Picture {
  /** px. */
  readonly width: number;
  readonly height: number;
  /** Colour of the paper behind it. */
  readonly paper: string;
  /** Accessible name. */
  readonly title: string;
  /** What it shows, in words, and where it is from. */
  readonly describe: string;
  readonly pieces: readonly Piece[];
}

/** A typeface that comes along, for viewers that have not got it. */
export interface Face {
  readonly family: string;
  /** Range of weights, as CSS writes it. */
  readonly weight: string;
  /** A data: address. */
  readonly address: string;
}

/** @param faces left out where nobody needs them, since they are most of the file */
export function svgText(picture: Picture, faces: readonly Face[] = []): string {
  const { width, height, paper, title, describe, pieces } = picture;
  const style = faces
    .map(
      ({ family, weight, address }) =>
        `@font-face{font-family:"${family}";font-weight:${weight};src:url(${address})}`,
    )
    .join('');
  return elementText({
    tag: 'svg',
    attributes: {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${written(width)} ${written(height)}`,
      role: 'img',
    },
    children: [
      { tag: 'title', attributes: {}, children: [title] },
      { tag: 'desc', attributes: {}, children: [describe] },
      ...(style === '' ? [] : [{ tag: 'style', attributes: {}, children: [style] }]),
      { tag: 'rect', attributes: { width: '100%', height: '100%', fill: paper } },
      ...pieces,
    ],
  });
}

function elementText({ tag, attributes, children = [] }: Piece): string {
  const said = Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escaped(written(value))}"`))
    .join('');
  if (children.length === 0) return `<${tag}${said}/>`;
  const inner = children
    .map((child) => (typeof child === 'string' ? escaped(child) : elementText(child)))
    .join('');
  return `<${tag}${said}>${inner}</${tag}>`;
}

/** Hundredths of a px: no eye and no screen tells more. */
export const written = (value: string | number): string =>
  typeof value === 'string' ? value : String(Math.round(value * 100) / 100 || 0);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Marks of control have no place in XML at all, escaped or not. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark);
