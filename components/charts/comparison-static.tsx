/** Draws a comparison to static HTML at build time; in Node only. */
import { renderToStaticMarkup } from 'react-dom/server';
import type { Description, Race } from '@/lib/simulation/definition';
import { type ComparisonOptions, comparisonData } from './comparison-data';
import { ComparisonStill } from './comparison-still';

export function renderComparisonStatic(
  description: Description,
  race: Race,
  options: ComparisonOptions,
): string {
  return renderToStaticMarkup(
    <ComparisonStill data={comparisonData(description, race, options)} />,
  );
}
