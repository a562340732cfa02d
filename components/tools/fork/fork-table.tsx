/** The measures of an original and its forks, with what each fork changed. */
import type { ReactNode } from 'react';
import type { FigureRun } from '@/lib/figure/extras';
import { forkName } from '@/lib/figure/forks';
import type { Race } from '@/lib/simulation/definition';
import { describeResult, formatResultValue, formatSpan } from '@/lib/simulation/format';
import type { Measures } from '@/lib/simulation/measures';
import { comparedResult } from '@/lib/tools/fork/compare';
import { Scroll } from '../../views/scroll';

export function ForkTable({
  race,
  original,
  forks,
  measures,
  declared,
}: {
  readonly race: Race;
  readonly original: FigureRun;
  readonly forks: readonly FigureRun[];
  /** Ids of the results told of, in order. */
  readonly measures: readonly string[];
  readonly declared: Measures;
}): ReactNode {
  const results = measures.flatMap(
    (id) => original.results.find((result) => result.id === id) ?? [],
  );
  if (forks.length === 0 || results.length === 0) return null;
  // What is done in the warm-up tells only by what lasts: the table must say from when it counts.
  const caption = `What each fork changed, over ${formatSpan(race)}, on the same arrivals`;
  return (
    // As with the tables of the views: a group and no landmark.
    <Scroll label={caption}>
      <table className="v-table tool-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Original</th>
            {forks.map(({ id, fork }) => (
              <th key={id} scope="col">
                {forkName(fork ?? 0)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <tr key={result.id}>
              <th scope="row" title={describeResult(declared, result)}>
                {result.label}
              </th>
              <td>
                {formatResultValue(result)}
                {result.value === null && (
                  <span className="tool-fork-difference">{result.refused}</span>
                )}
              </td>
              {forks.map(({ id, results: its }) => {
                const own = its.find((each) => each.id === result.id);
                const { value, difference, isBetter } = own
                  ? comparedResult(result, own)
                  : { value: '–', difference: '', isBetter: null };
                return (
                  <td key={id}>
                    {value}
                    <span className="tool-fork-difference" data-better={isBetter ?? undefined}>
                      {difference}
                      {isBetter !== null && (isBetter ? ', better' : ', worse')}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
