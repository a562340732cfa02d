/** Every parameter that has no control in this figure: nothing that the engine holds is hidden. */
import type { ReactNode } from 'react';
import type { Figure } from '@/lib/figure/figure';
import { formatParameter } from '@/lib/simulation/format';
import { useFigure } from './use-figure';

export function HeldFixed({ figure }: { readonly figure: Figure }): ReactNode {
  const values = useFigure(figure, (state) => state.parameters);
  const { description, spec } = figure;
  const isOutside = useFigure(figure, (state) => state.traffic !== null);
  const replaced = isOutside ? (description.traffic?.replaces ?? []) : [];
  const held = Object.entries(description.parameters).filter(
    ([id]) => !spec.controls.includes(id) && !replaced.includes(id),
  );
  if (held.length === 0) return null;
  return (
    <div className="fig-held">
      <p className="fig-held-title" id={`${spec.figure}-held`}>
        Held fixed
      </p>
      <dl aria-labelledby={`${spec.figure}-held`}>
        {held.map(([id, parameter]) => (
          <div key={id} title={figure.live ? parameter.describe : undefined}>
            <dt>{parameter.label}</dt>{' '}
            <dd>{formatParameter(parameter, values[id] ?? parameter.default)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
