/**
 * How the build draws stills and guides: bundled by lib/content/draw.ts into one module, whose hash
 * then stands for every component that takes part.
 */
export { renderFigure } from '@/components/figure/static';
export { renderLab } from '@/components/labs/static';
export { renderGuide } from '@/components/mdx/render-guide';
export { renderParts } from '@/components/site/render-parts';
