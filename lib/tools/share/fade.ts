/** Masks that are gradients, as CSS computes them and as SVG writes them. */

interface FadeStop {
  /** From 0 to 1 along the way. */
  readonly offset: number;
  /** From 0, nothing seen, to 1. */
  readonly opacity: number;
}

interface Fade {
  readonly direction: 'right' | 'down';
  readonly stops: readonly FadeStop[];
}

/**
 * A computed `mask-image`; null if there is none, or one that is no straight gradient to the right or
 * down, which is all that our styles have.
 *
 * @param size of the box, px, which lengths are shares of
 */
export function fadeOf(
  maskImage: string,
  size: { readonly width: number; readonly height: number },
): Fade | null {
  const inner = /^linear-gradient\((.*)\)$/.exec(maskImage.trim())?.[1];
  if (inner === undefined) return null;
  const parts = splitAtCommas(inner);
  const [first = ''] = parts;
  const direction = DIRECTIONS[first];
  // Without a direction a gradient goes down, and the first part is a stop already.
  if (direction === undefined && /^(to |-?[\d.]+(deg|rad|grad|turn)$)/.test(first)) return null;
  const length = direction === 'right' ? size.width : size.height;
  const stops = parts.slice(direction === undefined ? 0 : 1).map((part) => stopOf(part, length));
  if (stops.length < 2) return null;
  return {
    direction: direction ?? 'down',
    stops: stops.map(({ opacity, offset }, i) => ({
      opacity,
      offset: offset ?? (i === 0 ? 0 : 1),
    })),
  };
}

const DIRECTIONS: Readonly<Record<string, Fade['direction'] | undefined>> = {
  '90deg': 'right',
  'to right': 'right',
  '180deg': 'down',
  'to bottom': 'down',
};

function stopOf(
  text: string,
  length: number,
): { readonly opacity: number; readonly offset: number | null } {
  const place = /\s(-?[\d.]+)(%|px)$/.exec(text);
  const colour = place ? text.slice(0, place.index) : text;
  const amount = Number(place?.[1] ?? 0);
  return {
    opacity: alphaOf(colour),
    offset: place
      ? Math.min(1, Math.max(0, place[2] === '%' ? amount / 100 : amount / (length || 1)))
      : null,
  };
}

function alphaOf(colour: string): number {
  if (colour === 'transparent') return 0;
  const alpha = /^rgba?\([^)]*(?:,\s*[\d.]+\s*,\s*[\d.]+\s*,|\/)\s*([\d.]+)(%?)\)$/.exec(colour);
  return alpha ? Number(alpha[1]) / (alpha[2] === '%' ? 100 : 1) : 1;
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const [at, mark] of [...text].entries()) {
    if (mark === '(') depth++;
    else if (mark === ')') depth--;
    else if (mark === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}
