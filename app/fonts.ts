/**
 * The faces. Prose is preloaded, since it is what the first screen shows; italics and the interface
 * come when they are met. The fallbacks have the same metrics, so that nothing moves when they do.
 */
import localFont from 'next/font/local';

const prose = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  weight: '200 900',
  style: 'normal',
  display: 'swap',
  variable: '--face-prose',
  adjustFontFallback: 'Times New Roman',
});

const proseItalic = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
  weight: '200 900',
  style: 'italic',
  display: 'swap',
  preload: false,
  variable: '--face-prose-italic',
  adjustFontFallback: 'Times New Roman',
});

const ui = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  style: 'normal',
  display: 'swap',
  preload: false,
  variable: '--face-ui',
  adjustFontFallback: 'Arial',
});

export const fontVariables = `${prose.variable} ${proseItalic.variable} ${ui.variable}`;
