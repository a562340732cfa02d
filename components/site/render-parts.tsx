/**
 * Draws what stands in every page and needs no program, in Node, while the site is built: as HTML it
 * is in the page once, and not a second time as data for React.
 */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { OutcomeSheet } from '@/components/views/outcome-mark';
import { tersely } from '@/lib/content/tersely';
import { Footer } from './footer';
import { Masthead } from './masthead';
import { Menu } from './menu';

/** Name → HTML; `StaticHtml` puts it in its place as "parts/<name>". */
export function renderParts(): Readonly<Record<string, string>> {
  const html = (part: ReactNode): string => tersely(renderToStaticMarkup(part));
  return {
    // The marks that the drawings of a page refer to.
    marks: html(<OutcomeSheet />),
    masthead: html(<Masthead />),
    menu: html(<Menu />),
    footer: html(<Footer />),
  };
}
