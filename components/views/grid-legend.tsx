/** What the signs in the cells of a grid mean. */
import type { ReactNode } from 'react';
import type { GridView as GridSpec } from '@/lib/simulation/views';
import type { GridReading } from './grid-cells';
import { Bits, letterOf } from './grid-ink';

/** The signs of bits and classes with their names; only of those that some run has. */
export function Legend({
  view,
  readings,
}: {
  readonly view: GridSpec;
  readonly readings: readonly GridReading[];
}): ReactNode {
  /** By what they say: groups that share a class share its line in the legend. */
  const entries = new Map<string, ReactNode>();
  view.groups.forEach(({ fields }, g) => {
    const bits = fields.filter(({ as }) => as === 'bit');
    fields.forEach((field, f) => {
      const occurs = readings.some(({ groups }) =>
        groups[g]?.cells.some(({ values }) => values[f] !== undefined),
      );
      if (!occurs) return;
      if (field.as === 'bit') {
        const mark = `${'-'.repeat(bits.indexOf(field))}1`;
        const key = `${mark} ${field.label}`;
        entries.set(
          key,
          <span key={key}>
            <Bits bits={mark} />
            {field.label}
          </span>,
        );
      }
      if (field.as !== 'class') return;
      Object.entries(field.values).forEach(([value, name], i) => {
        const letter = letterOf(field, value);
        const key = `${i} ${letter} ${name}`;
        entries.set(
          key,
          <span key={key}>
            <i className={`v-swatch c-${i + 1}`}>{letter}</i>
            {name}
          </span>,
        );
      });
    });
  });
  return entries.size > 0 && <p className="v-key v-grid-key">{[...entries.values()]}</p>;
}
