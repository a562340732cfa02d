/**
 * The faces. Prose is preloaded, since it is what the first screen shows, and is taken if it is there
 * in time: a page that is being read never breaks its lines anew. The interface comes when it is met,
 * in the place of a face of the same metrics, so that nothing moves (app/faces.css). Italics come when
 * they are met, too, in the place of slanted prose.
 */
import localFont from 'next/font/local';

const prose = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  weight: '200 900',
  style: 'normal',
  display: 'optional',
  variable: '--face-prose',
  adjustFontFallback: false,
});

const proseItalic = localFont({
  src: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
  weight: '200 900',
  style: 'italic',
  display: 'swap',
  preload: false,
  variable: '--face-prose-italic',
  adjustFontFallback: false,
});

const ui = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  style: 'normal',
  display: 'swap',
  preload: false,
  variable: '--face-ui',
  adjustFontFallback: false,
});

export const fontVariables = `${prose.variable} ${proseItalic.variable} ${ui.variable}`;
