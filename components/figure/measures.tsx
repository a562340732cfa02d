/** The numbers of the whole run, each with its n and, where one run gives it, its error. */
import type { ReactNode } from 'react';
import type { Figure, Shown } from '@/lib/figure/figure';
import { formatError, formatNumber, formatResultValue, formatValue } from '@/lib/simulation/format';
import type { Result } from '@/lib/simulation/measures';
import { useFigure } from './use-figure';

export function Measures({ figure }: { readonly figure: Figure }): ReactNode {
  const shown = useFigure(figure, (state) => state.shown);
  const isRunning = useFigure(figure, (state) => state.status === 'running');
  const { measures } = figure.spec;
  if (!shown || measures.length === 0) return null;
  const { race } = shown;
  return (
    <div className="fig-measures" aria-busy={isRunning || undefined}>
      <p className="fig-measures-title">
        Over the whole run of {formatValue(race.measuredMs, 'ms')}, seed {race.seed}
      </p>
      {race.runs.length === 1 ? (
        <SingleRun shown={shown} measures={measures} />
      ) : (
        <RaceTable shown={shown} measures={measures} />
      )}
    </div>
  );
}

interface Shows {
  readonly shown: Shown;
  readonly measures: readonly string[];
}

function pick(results: readonly Result[] | undefined, id: string): Result | undefined {
  return results?.find((result) => result.id === id);
}

function SingleRun({ shown, measures }: Shows): ReactNode {
  const results = shown.race.runs[0]?.results;
  return (
    <dl className="fig-numbers">
      {measures.map((id) => {
        const result = pick(results, id);
        return (
          result && (
            <div key={id}>
              <dt title={result.describe}>{result.label}</dt>
              <dd>
                <Value result={result} />
              </dd>
            </div>
          )
        );
      })}
    </dl>
  );
}

function RaceTable({ shown, measures }: Shows): ReactNode {
  const [first] = shown.race.runs;
  const titles = new Map(shown.runs.map(({ variant, title }) => [variant, title]));
  return (
    <table className="fig-race">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Variant</span>
          </th>
          {measures.map((id) => {
            const result = pick(first?.results, id);
            return (
              <th key={id} scope="col" title={result?.describe}>
                {result?.label ?? id}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {shown.race.runs.map(({ variant, results }) => (
          <tr key={variant}>
            <th scope="row">{titles.get(variant) ?? variant}</th>
            {measures.map((id) => {
              const result = pick(results, id);
              return <td key={id}>{result && <Value result={result} />}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A number never stands without its n; one that the run cannot support is refused with the reason. */
function Value({ result }: { readonly result: Result }): ReactNode {
  const error = formatError(result);
  return (
    <>
      <span className="fig-value">{formatResultValue(result)}</span>{' '}
      <span className="fig-n">
        {result.value === null && result.refused
          ? result.refused
          : `${error === null ? '' : `${error}, `}n\u202f=\u202f${formatNumber(result.n)}`}
      </span>
    </>
  );
}
