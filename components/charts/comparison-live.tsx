/**
 * The live charts of a comparison, in the slots of its still; the rest of the still stays. Loaded when
 * a comparison comes near.
 */
import type { Start } from '@/components/figure/islands';
import { drawInto } from '@/components/figure/root';
import { ComparisonCharts } from './comparison-charts';
import type { ComparisonData } from './comparison-data';

export const start: Start = async ({ element, failed }) => {
  const data = element.querySelector<HTMLElement>('[data-comparison]')?.dataset.comparison;
  if (data === undefined) {
    throw new Error('Expected the still of a comparison to carry its data, got none.');
  }
  const slots = new Map<string, Element>();
  for (const slot of element.querySelectorAll<HTMLElement>('[data-chart]')) {
    slots.set(slot.dataset.chart ?? '', slot);
    slot.replaceChildren();
  }
  return drawInto(
    document.createDocumentFragment(),
    <ComparisonCharts data={JSON.parse(data) as ComparisonData} slots={slots} />,
    failed,
  );
};
