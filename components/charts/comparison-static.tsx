/** Draws a comparison to static HTML at build time; in Node only. */
import { renderToStaticMarkup } from 'react-dom/server';
import { joinStill } from '@/components/figure/still-text';
import type { Description, Race } from '@/lib/simulation/definition';
import { type ComparisonOptions, comparisonData } from './comparison-data';
import { ComparisonStill, ComparisonTable } from './comparison-still';

export interface ComparisonStaticOptions extends ComparisonOptions {
  /** Name of the figure on its page. */
  readonly figure: string;
}

export function renderComparisonStatic(
  description: Description,
  race: Race,
  { figure, ...options }: ComparisonStaticOptions,
): string {
  const data = comparisonData(description, race, options);
  return joinStill([
    renderToStaticMarkup(<ComparisonStill data={data} figure={figure} />),
    renderToStaticMarkup(<ComparisonTable data={data} />),
  ]);
}
