/** Draws the marks that the drawings of a page refer to; in Node, while the site is built. */
import { renderToStaticMarkup } from 'react-dom/server';
import { OutcomeSheet } from './outcome-mark';

export function renderMarks(): string {
  return renderToStaticMarkup(<OutcomeSheet />);
}
