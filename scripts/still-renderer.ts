/**
 * How the build draws stills: bundled by lib/content/build-content.ts into one module, whose hash
 * then stands for every component that takes part in a still.
 */
export { renderComparisonStatic } from '@/components/charts/comparison-static';
export { renderStatic } from '@/components/figure/static';
