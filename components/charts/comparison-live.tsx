/**
 * The live charts of a comparison, in the slots of its still; the rest of the still stays. Loaded when
 * a comparison comes near. Its numbers come out of the run that the still was drawn from.
 */
import { descriptionOf } from '@/components/figure/description';
import { engineOf } from '@/components/figure/engine';
import type { Start } from '@/components/figure/islands';
import { requestOf } from '@/lib/content/simulations';
import { ComparisonChart } from './comparison-charts';
import { comparisonData } from './comparison-data';
import { drawInTurn } from './in-turn';

export const start: Start = async ({ element, bundle, spec, failed }) => {
  if (spec.kind !== 'comparison') {
    throw new Error(`Expected the place of a comparison, got one of kind "${spec.kind}".`);
  }
  const engine = engineOf(bundle);
  engine.start();
  const description = await descriptionOf(bundle);
  const { variants } = spec;
  const request = requestOf(description, spec.scenario, { variants });
  const { race } = await engine.run(request, { tasks: [], predictions: [] });
  const data = comparisonData(description, race, spec);
  return drawInTurn({ element, failed }, (slot) => <ComparisonChart data={data} {...slot} />);
};
