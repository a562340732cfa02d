/**
 * Reads from the page how a drawing looks and says it as SVG: boxes, letters and shapes at the places
 * that the browser has given them, in the colours that it has computed. So one drawing, with the
 * styles of the site, serves the page and the file; a foreignObject, which would be less work, is
 * shown by browsers alone.
 *
 * It knows what our views are made of: boxes with borders, text, inline SVG, masks that are gradients.
 */
import { fadeOf } from '@/lib/tools/share/fade';
import { type Piece, written } from '@/lib/tools/share/svg';
import { colourOf } from './colour';

interface Traced {
  readonly pieces: readonly Piece[];
  /** The typefaces that are named in them. */
  readonly families: ReadonlySet<string>;
}

/** @param id begins the names that the pieces refer to each other by; unique among pictures of one page */
export function trace(root: HTMLElement, id: string): Traced {
  const stands = standInForReferences(root);
  try {
    return createTracer(root, id);
  } finally {
    for (const stand of stands) stand.remove();
  }
}

/**
 * What a `use` element refers to is drawn beside it for the while: its parts cannot be looked at where
 * they are. All at once, so that the page is laid out once.
 */
function standInForReferences(root: HTMLElement): readonly Element[] {
  return [...root.querySelectorAll('use')].flatMap((use) => {
    const target = document.getElementById(use.href.baseVal.replace(/^#/, ''));
    if (!target) return [];
    const stand = document.createElementNS(SVG, 'g');
    const { x, y } = use;
    stand.setAttribute('transform', `translate(${x.baseVal.value} ${y.baseVal.value})`);
    const opacity = use.getAttribute('opacity');
    if (opacity !== null) stand.setAttribute('opacity', opacity);
    const copy = target.cloneNode(true) as Element;
    copy.removeAttribute('id');
    stand.append(copy);
    use.after(stand);
    return [stand];
  });
}

const SVG = 'http://www.w3.org/2000/svg';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function createTracer(root: HTMLElement, id: string): Traced {
  const origin = root.getBoundingClientRect();
  const families = new Set<string>();
  let names = 0;
  const boxOf = ({ left, top, width, height }: DOMRect): Box => ({
    x: left - origin.left,
    y: top - origin.top,
    width,
    height,
  });

  const visit = (element: Element): readonly Piece[] => {
    const style = getComputedStyle(element);
    if (style.display === 'none' || element instanceof SVGUseElement) return [];
    if (element instanceof SVGElement && !(element instanceof SVGSVGElement))
      return withEffects(element, style, shape(element, style));
    if (element instanceof HTMLElement && isForListeners(style)) return [];
    const own = element instanceof HTMLElement ? painted(element, style) : [];
    return withEffects(element, style, [...own, ...inside(element, style)]);
  };

  const inside = (element: Element, style: CSSStyleDeclaration): readonly Piece[] =>
    [...element.childNodes].flatMap((child) => {
      if (child instanceof Element) return visit(child);
      return child instanceof Text && element instanceof HTMLElement && isVisible(style)
        ? letters(child, style)
        : [];
    });

  /** Opacity, cut edges and fading, which hold for an element with all that is in it. */
  const withEffects = (
    element: Element,
    style: CSSStyleDeclaration,
    pieces: readonly Piece[],
  ): readonly Piece[] => {
    if (pieces.length === 0) return pieces;
    let result = pieces;
    if (style.opacity !== '1' && !isShape(element))
      result = [{ tag: 'g', attributes: { opacity: style.opacity }, children: result }];
    if (element instanceof HTMLElement && style.overflowX !== 'visible' && isCut(element)) {
      const { x, y, width, height } = boxOf(element.getBoundingClientRect());
      // An SVG in an SVG cuts off what stands out of it, and needs no name for that.
      const viewBox = [x, y, width, height].map(written).join(' ');
      result = [{ tag: 'svg', attributes: { x, y, width, height, viewBox }, children: result }];
    }
    const rect = element.getBoundingClientRect();
    const fade = style.maskImage === 'none' ? null : fadeOf(style.maskImage, rect);
    if (!fade) return result;
    const name = `${id}-${++names}`;
    const { x, y, width, height } = boxOf(rect);
    const along =
      fade.direction === 'right'
        ? { x1: x, y1: 0, x2: x + width, y2: 0 }
        : { x1: 0, y1: y, x2: 0, y2: y + height };
    const area = { x, y, width, height };
    return [
      {
        tag: 'linearGradient',
        attributes: { id: `${name}-fade`, gradientUnits: 'userSpaceOnUse', ...along },
        children: fade.stops.map(({ offset, opacity }) => ({
          tag: 'stop',
          attributes: { offset: precise(offset), 'stop-color': '#ffffff', 'stop-opacity': opacity },
        })),
      },
      {
        tag: 'mask',
        attributes: { id: name, maskUnits: 'userSpaceOnUse', ...area },
        children: [{ tag: 'rect', attributes: { ...area, fill: `url(#${name}-fade)` } }],
      },
      { tag: 'g', attributes: { mask: `url(#${name})` }, children: result },
    ];
  };

  /** Ground, borders and outline of a box. */
  const painted = (element: HTMLElement, style: CSSStyleDeclaration): readonly Piece[] => {
    if (!isVisible(style)) return [];
    const rect = element.getBoundingClientRect();
    if (rect.width === 0 || rect.height === 0) return [];
    // A turned box has another size than the place that it takes.
    const turn = style.transform === 'none' ? null : new DOMMatrix(style.transform);
    const around = boxOf(rect);
    const { offsetWidth, offsetHeight } = element;
    const box = turn
      ? { x: -offsetWidth / 2, y: -offsetHeight / 2, width: offsetWidth, height: offsetHeight }
      : around;
    const pieces = [...ground(box, style), ...borders(box, style), ...outline(box, style)];
    if (!turn || pieces.length === 0) return pieces;
    const { a, b, c, d } = turn;
    const centre = [around.x + around.width / 2, around.y + around.height / 2];
    const transform = `matrix(${[a, b, c, d, ...centre].map(precise).join(' ')})`;
    return [{ tag: 'g', attributes: { transform }, children: pieces }];
  };

  const ground = (box: Box, style: CSSStyleDeclaration): readonly Piece[] => {
    const colour = colourOf(style.backgroundColor);
    if (!colour) return [];
    const rx = radiusOf(box, style);
    return [
      {
        tag: 'rect',
        attributes: { ...box, rx, fill: colour.hex, 'fill-opacity': unlessFull(colour.alpha) },
      },
    ];
  };

  /** The lines that a piece of text stands in, each as text of its own. */
  const letters = (node: Text, style: CSSStyleDeclaration): readonly Piece[] => {
    const colour = colourOf(style.color);
    if (!colour || node.data.trim() === '') return [];
    const ascent = ascentOf(style);
    return linesOf(node, style).map(({ text, rect }) => ({
      tag: 'text',
      attributes: {
        x: rect.left - origin.left,
        y: rect.top - origin.top + ascent,
        fill: colour.hex,
        'fill-opacity': unlessFull(colour.alpha),
        ...lettering(style, text),
      },
      children: [style.textTransform === 'uppercase' ? text.toUpperCase() : text],
    }));
  };

  const lettering = (style: CSSStyleDeclaration, text: string): Piece['attributes'] => {
    families.add(firstFamily(style.fontFamily));
    return {
      'font-family': style.fontFamily,
      'font-size': Number.parseFloat(style.fontSize),
      'font-weight': style.fontWeight === '400' ? undefined : style.fontWeight,
      'font-style': style.fontStyle === 'normal' ? undefined : style.fontStyle,
      'letter-spacing': style.letterSpacing === 'normal' ? undefined : style.letterSpacing,
      style:
        style.fontVariantNumeric === 'normal'
          ? undefined
          : `font-variant-numeric:${style.fontVariantNumeric}`,
      // Blanks that SVG would take for one or for none.
      'xml:space': /^\s|\s$|\s\s/.test(text) ? 'preserve' : undefined,
    };
  };

  const shape = (element: SVGElement, style: CSSStyleDeclaration): readonly Piece[] => {
    if (!(element instanceof SVGGraphicsElement)) return [];
    if (element instanceof SVGTextContentElement) return word(element, style);
    if (!isShape(element)) return inside(element, style);
    const paint = paintOf(style);
    if (!isVisible(style) || paint === null) return [];
    return [
      {
        tag: element.tagName,
        attributes: { ...geometryOf(element), transform: transformOf(element), ...paint },
      },
    ];
  };

  const word = (element: SVGTextContentElement, style: CSSStyleDeclaration): readonly Piece[] => {
    const text = element.textContent ?? '';
    const paint = paintOf(style);
    if (!isVisible(style) || paint === null || text.trim() === '') return [];
    const { textAnchor, dominantBaseline, paintOrder } = style;
    return [
      {
        tag: element.tagName,
        attributes: {
          ...lengthsOf(element, ['x', 'y', 'dx', 'dy']),
          transform: element instanceof SVGTextElement ? transformOf(element) : undefined,
          'text-anchor': textAnchor === 'start' ? undefined : textAnchor,
          'dominant-baseline': dominantBaseline === 'auto' ? undefined : dominantBaseline,
          'paint-order': paintOrder === 'normal' ? undefined : paintOrder,
          ...paint,
          ...lettering(style, text),
        },
        children: [...element.childNodes].flatMap((child): readonly (Piece | string)[] => {
          if (child instanceof SVGTextContentElement) return word(child, getComputedStyle(child));
          return child instanceof Text ? [child.data] : [];
        }),
      },
    ];
  };

  const transformOf = (element: SVGGraphicsElement): string | undefined => {
    const matrix = element.getScreenCTM();
    if (!matrix) return undefined;
    const { a, b, c, d } = matrix;
    const e = matrix.e - origin.left;
    const f = matrix.f - origin.top;
    if (a === 1 && b === 0 && c === 0 && d === 1)
      return e === 0 && f === 0 ? undefined : `translate(${written(e)} ${written(f)})`;
    return `matrix(${[a, b, c, d, e, f].map(precise).join(' ')})`;
  };

  return { pieces: inside(root, getComputedStyle(root)), families };
}

/** Lengths of a shape that may be in percent on the page, and are px in the file. */
const LENGTHS: Readonly<Record<string, readonly string[]>> = {
  rect: ['x', 'y', 'width', 'height', 'rx', 'ry'],
  circle: ['cx', 'cy', 'r'],
  ellipse: ['cx', 'cy', 'rx', 'ry'],
  line: ['x1', 'y1', 'x2', 'y2'],
  path: [],
  polyline: [],
  polygon: [],
};

const isShape = (element: Element): boolean => Object.hasOwn(LENGTHS, element.tagName);

function geometryOf(element: SVGElement): Piece['attributes'] {
  return {
    ...lengthsOf(element, LENGTHS[element.tagName] ?? []),
    d: element.getAttribute('d') ?? undefined,
    points: element.getAttribute('points') ?? undefined,
  };
}

function lengthsOf(element: SVGElement, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      if (!element.hasAttribute(name)) return [];
      const value = lengthOf((element as unknown as Readonly<Record<string, unknown>>)[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Shapes have one length under a name, text has a list of them, of which ours have one. */
function lengthOf(animated: unknown): number | undefined {
  if (animated instanceof SVGAnimatedLength) return animated.baseVal.value;
  if (animated instanceof SVGAnimatedLengthList && animated.baseVal.numberOfItems > 0)
    return animated.baseVal.getItem(0).value;
  return undefined;
}

/** Fill and stroke; null if there is nothing to be seen. */
function paintOf(style: CSSStyleDeclaration): Piece['attributes'] | null {
  const fill = colourOf(style.fill);
  const width = Number.parseFloat(style.strokeWidth);
  const stroke = width > 0 ? colourOf(style.stroke) : null;
  if (!fill && !stroke) return null;
  const opacity = unlessFull(Number(style.opacity));
  const filled = fill
    ? { fill: fill.hex, 'fill-opacity': unlessFull(fill.alpha * Number(style.fillOpacity)) }
    : { fill: 'none' };
  if (!stroke) return { ...filled, opacity };
  const { strokeDasharray, strokeLinecap, strokeLinejoin, vectorEffect } = style;
  return {
    ...filled,
    stroke: stroke.hex,
    'stroke-width': width === 1 ? undefined : width,
    'stroke-opacity': unlessFull(stroke.alpha * Number(style.strokeOpacity)),
    'stroke-dasharray':
      strokeDasharray === 'none' ? undefined : strokeDasharray.replaceAll('px', ''),
    'stroke-linecap': strokeLinecap === 'butt' ? undefined : strokeLinecap,
    'stroke-linejoin': strokeLinejoin === 'miter' ? undefined : strokeLinejoin,
    'vector-effect': vectorEffect === 'none' ? undefined : vectorEffect,
    opacity,
  };
}

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const;

interface Edge {
  readonly width: number;
  readonly line: string;
  readonly colour: string;
}

function borders(box: Box, style: CSSStyleDeclaration): readonly Piece[] {
  const edges = SIDES.map(
    (side): Edge => ({
      width: Number.parseFloat(style[`border${side}Width`]),
      line: style[`border${side}Style`],
      colour: style[`border${side}Color`],
    }),
  );
  const [first] = edges;
  const isWhole = edges.every((edge) => JSON.stringify(edge) === JSON.stringify(first));
  if (isWhole && first) return frame(box, first, radiusOf(box, style));
  const { x, y, width, height } = box;
  return edges.flatMap((edge, side) => {
    const half = edge.width / 2;
    const [x1, y1, x2, y2] = [
      [x, y + half, x + width, y + half],
      [x + width - half, y, x + width - half, y + height],
      [x, y + height - half, x + width, y + height - half],
      [x + half, y, x + half, y + height],
    ][side] ?? [0, 0, 0, 0];
    const line = lineOf(edge);
    return line ? [{ tag: 'line', attributes: { x1, y1, x2, y2, ...line } }] : [];
  });
}

function outline(box: Box, style: CSSStyleDeclaration): readonly Piece[] {
  const width = Number.parseFloat(style.outlineWidth);
  const out = Number.parseFloat(style.outlineOffset) + width;
  return frame(
    { x: box.x - out, y: box.y - out, width: box.width + 2 * out, height: box.height + 2 * out },
    { width, line: style.outlineStyle, colour: style.outlineColor },
    radiusOf(box, style),
  );
}

function frame({ x, y, width, height }: Box, edge: Edge, rx: number | undefined): readonly Piece[] {
  const line = lineOf(edge);
  if (!line) return [];
  const half = edge.width / 2;
  const inner = {
    x: x + half,
    y: y + half,
    width: width - edge.width,
    height: height - edge.width,
  };
  return [{ tag: 'rect', attributes: { ...inner, rx, fill: 'none', ...line } }];
}

function lineOf({ width, line, colour }: Edge): Piece['attributes'] | null {
  const stroke = line === 'none' || line === 'hidden' || !(width > 0) ? null : colourOf(colour);
  if (!stroke) return null;
  const dashes: Readonly<Record<string, string>> = {
    dashed: `${written(width * 2.5)} ${written(width * 2)}`,
    dotted: `${written(width)}`,
  };
  return {
    stroke: stroke.hex,
    'stroke-opacity': unlessFull(stroke.alpha),
    'stroke-width': width,
    'stroke-dasharray': dashes[line],
  };
}

function radiusOf(
  { width, height }: Box,
  { borderTopLeftRadius }: CSSStyleDeclaration,
): number | undefined {
  const radius = Number.parseFloat(borderTopLeftRadius);
  const px = borderTopLeftRadius.includes('%') ? (radius / 100) * Math.min(width, height) : radius;
  return px > 0 ? Math.min(px, width / 2, height / 2) : undefined;
}

interface Line {
  readonly text: string;
  readonly rect: DOMRect;
}

function linesOf(node: Text, { whiteSpaceCollapse }: CSSStyleDeclaration): readonly Line[] {
  const { data } = node;
  const keepsBlanks = whiteSpaceCollapse === 'preserve';
  const range = document.createRange();
  const rectOf = (from: number, to: number): DOMRect | undefined => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].find(({ width }) => width > 0);
  };
  const start = keepsBlanks ? 0 : data.length - data.trimStart().length;
  const end = keepsBlanks ? data.length : data.trimEnd().length;
  const whole = rectOf(start, end);
  if (whole && range.getClientRects().length === 1)
    return [{ text: collapsed(data.slice(start, end), keepsBlanks), rect: whole }];
  const lines: { from: number; to: number; rect: DOMRect }[] = [];
  for (let at = 0; at < data.length; at++) {
    // Blanks at the end of a line have no place, and need none.
    if (!keepsBlanks && /\s/.test(data.charAt(at))) continue;
    const rect = rectOf(at, at + 1);
    if (!rect) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.rect.top - rect.top) < rect.height / 2) last.to = at + 1;
    else lines.push({ from: at, to: at + 1, rect });
  }
  return lines.map(({ from, to, rect }) => ({
    text: collapsed(data.slice(from, to), keepsBlanks),
    rect,
  }));
}

/** Blanks as they are seen; those that never break are letters like any other. */
const collapsed = (text: string, keepsBlanks: boolean): string =>
  keepsBlanks ? text : text.replace(/[ \t\n]+/g, ' ');

let ruler: CanvasRenderingContext2D | null | undefined;
const ascents = new Map<string, number>();

/** From the top of a line's letters to where they stand, px: their own measure, which no style says. */
function ascentOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): number {
  const font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const known = ascents.get(font);
  if (known !== undefined) return known;
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return Number.parseFloat(fontSize) * 0.9;
  ruler.font = font;
  const ascent = ruler.measureText('').fontBoundingBoxAscent;
  ascents.set(font, ascent);
  return ascent;
}

/** Text that is read out and not seen: a box of one px, or cut down to nothing. */
const isForListeners = ({ position, width, height, clipPath }: CSSStyleDeclaration): boolean =>
  position === 'absolute' && (clipPath === 'inset(50%)' || (width === '1px' && height === '1px'));

const isVisible = ({ visibility }: CSSStyleDeclaration): boolean => visibility === 'visible';

const isCut = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }: HTMLElement): boolean =>
  scrollWidth > clientWidth || scrollHeight > clientHeight;

const firstFamily = (families: string): string =>
  (families.split(',')[0] ?? '').trim().replace(/^["']|["']$/g, '');

const unlessFull = (opacity: number): number | undefined =>
  opacity >= 1 ? undefined : Math.round(opacity * 1000) / 1000;

/** Six digits: a drawing may be stretched from units that are far smaller than a px. */
const precise = (value: number): string => String(Number(value.toPrecision(6)));
