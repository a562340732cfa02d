/**
 * Draws what stands in every page and needs no program, in Node, while the site is built: as HTML it
 * is in the page once, and not a second time as data for React.
 */
import { renderToStaticMarkup } from 'react-dom/server';
import { OutcomeSheet } from '@/components/views/outcome-mark';
import { Footer } from './footer';
import { Masthead } from './masthead';
import { Menu } from './menu';

/** Name → HTML; `StaticHtml` puts it in its place as "parts/<name>". */
export function renderParts(): Readonly<Record<string, string>> {
  return {
    // The marks that the drawings of a page refer to.
    marks: renderToStaticMarkup(<OutcomeSheet />),
    masthead: renderToStaticMarkup(<Masthead />),
    menu: renderToStaticMarkup(<Menu />),
    footer: renderToStaticMarkup(<Footer />),
  };
}
