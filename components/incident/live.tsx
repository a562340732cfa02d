/** Brings an incident to life in the place of its still. Loaded when one comes near. */
import { descriptionOf } from '@/components/figure/description';
import { engineOf } from '@/components/figure/engine';
import type { Start } from '@/components/figure/islands';
import { drawInto } from '@/components/figure/root';
import '@/components/figure/live.css';
import { IncidentPanel } from './panel';

export const start: Start = async ({ element, bundle, spec, failed }) => {
  if (spec.kind !== 'incident') {
    throw new Error(`Expected the place of an incident, got one of kind "${spec.kind}".`);
  }
  const engine = engineOf(bundle);
  engine.start();
  const description = await descriptionOf(bundle);
  return drawInto(
    element,
    <IncidentPanel
      figure={spec.figure}
      incident={spec.declared}
      description={description}
      context={{ engine, bundle }}
    />,
    failed,
  );
};
