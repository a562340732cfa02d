/** SVG as pixels. */

/**
 * An SVG as something that a canvas can draw.
 *
 * @throws Error if the browser cannot read it
 */
export async function imageOf(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  // A data: address, since the policy of the page lets it load pictures from nowhere else but here.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch {
    throw new Error('The browser could not turn the picture into pixels. Take it as SVG instead.');
  }
  return image;
}

/**
 * A PNG of an SVG.
 *
 * @param scale pixels of the picture for each px of the drawing
 */
export async function pngOf(
  svg: string,
  { width, height }: { readonly width: number; readonly height: number },
  scale: number,
): Promise<Blob> {
  const image = await imageOf(svg);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The picture is too large for this browser. Take it as SVG instead.'));
    }, 'image/png');
  });
}
