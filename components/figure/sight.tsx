/** Above the scene of a figure that has forks: which of the runs are seen, and which line is whose. */
import type { ReactNode } from 'react';
import { forkStyle } from '@/components/charts/series-style';
import type { FigureRun, Sight as SightChoice } from '@/lib/figure/extras';
import type { Figure } from '@/lib/figure/figure';
import { forkName, forksOf } from '@/lib/figure/forks';
import { useFigure } from './use-figure';
import './sight.css';

export function Sight({ figure }: { readonly figure: Figure }): ReactNode {
  const extras = useFigure(figure, (state) => state.extras);
  const shown = useFigure(figure, (state) => state.shown);
  const forks = forksOf(extras);
  if (!shown?.sight || forks.length === 0) return null;
  const { runs, drawn, sight } = shown;
  const originals = runs.filter(({ extra }) => extra === null);
  const hidden = runs.length - drawn.length;
  const places: readonly (readonly [string, SightChoice])[] = [
    ...originals.map(
      ({ variant, title }) =>
        [
          originals.length > 1 ? `${title}: original and forks` : 'Original and forks',
          { kind: 'variant', variant },
        ] as const,
    ),
    ...[null, ...forks].map((fork) => {
      const name = fork ? forkName(fork.number) : 'Original';
      const extra = fork?.state.extra.id ?? null;
      return [
        originals.length > 1 ? `${name}: all variants` : `${name} alone`,
        { kind: 'race', extra },
      ] as const;
    }),
  ];
  const chosen = places.findIndex(([, each]) => isSame(each, sight));
  return (
    <div className="fig-sight">
      <label className="fig-sight-choice">
        <span className="fig-label">Seen</span>
        <select
          className="fig-select"
          data-keys="text"
          value={chosen}
          onChange={(event) => figure.setSight(places[Number(event.target.value)]?.[1] ?? null)}
        >
          {places.map(([name], place) => (
            <option key={name} value={place}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ul className="fig-sight-runs">
        {sight.kind === 'variant' && (
          <li>
            <RunSwatch fork={null} />
            Original
          </li>
        )}
        {forks
          .filter(({ state }) => sight.kind === 'variant' || state.extra.id === sight.extra)
          .map(({ number, state: { extra, status } }) => (
            <li key={extra.id}>
              {sight.kind === 'variant' && <RunSwatch fork={number} />}
              <span>
                {forkName(number)}: {extra.title}
                {status === 'failed' && ' (its run failed)'}
              </span>
            </li>
          ))}
        {hidden > 0 && (
          <li className="fig-sight-hidden">
            {hidden} of {runs.length} runs not drawn
          </li>
        )}
      </ul>
    </div>
  );
}

/** The line of a fork, or of the original (null). */
export function RunSwatch({ fork }: { readonly fork: FigureRun['fork'] }): ReactNode {
  return (
    <svg className="fig-swatch" width="24" height="8" aria-hidden="true">
      <path d="M0 4h24" strokeDasharray={forkStyle(fork).dash} />
    </svg>
  );
}

const isSame = (a: SightChoice, b: SightChoice): boolean =>
  a.kind === 'variant'
    ? b.kind === 'variant' && a.variant === b.variant
    : b.kind === 'race' && a.extra === b.extra;
