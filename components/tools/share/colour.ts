/** Colours as every program that draws SVG understands them; style sheets have more forms of them. */

interface Colour {
  /** "#rrggbb". */
  readonly hex: string;
  /** From 0 to 1. */
  readonly alpha: number;
}

const known = new Map<string, Colour | null>();
let canvas: CanvasRenderingContext2D | null | undefined;

/** A computed colour; null for none at all, or one that cannot be seen. */
export function colourOf(computed: string): Colour | null {
  const found = known.get(computed);
  if (found !== undefined) return found;
  const colour = read(computed);
  known.set(computed, colour);
  return colour;
}

function read(computed: string): Colour | null {
  if (computed === '' || computed === 'none' || computed === 'transparent') return null;
  const [red = 0, green = 0, blue = 0, alpha = 0] = channels(computed);
  if (alpha === 0) return null;
  const hex = [red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('');
  return { hex: `#${hex}`, alpha };
}

/** Red, green, blue from 0 to 255 and alpha from 0 to 1. */
function channels(computed: string): readonly number[] {
  const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(computed);
  if (plain) return [Number(plain[1]), Number(plain[2]), Number(plain[3]), Number(plain[4] ?? 1)];
  // Mixed in another space (color-mix): the browser is asked what it paints.
  canvas ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) return [];
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = computed;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, Math.round((alpha / 255) * 1000) / 1000];
}
