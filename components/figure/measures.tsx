/** The numbers of the whole run, each with its n and, where one run gives it, its error. */
import { memo, type ReactNode, useEffect, useState } from 'react';
import type { Shown } from '@/lib/figure/extras';
import type { Figure } from '@/lib/figure/figure';
import {
  columnScale,
  describeResult,
  formatError,
  formatNumber,
  formatResultValue,
  formatSpan,
  saysUnit,
  WORD_GAP,
} from '@/lib/simulation/format';
import type { Measures as Declared, Result } from '@/lib/simulation/measures';
import { zeros } from '../views/fitted';
import { AtOnce, Part, Parts } from '../views/part';
import { Scroll } from '../views/scroll';
import { PacedPart } from './paced-part';
import { runDiffers, useFigure, usePaced } from './use-figure';

export function Measures({ figure }: { readonly figure: Figure }): ReactNode {
  const isRunning = useFigure(figure, (state) => state.status === 'running');
  const isSlow = useLasting(isRunning, BLINK_MS);
  const { measures } = figure.spec;
  if (measures.length === 0) return null;
  return (
    <div
      className="fig-measures"
      aria-busy={isRunning || undefined}
      data-slow={isSlow ? '' : undefined}
    >
      <Numbers figure={figure} />
    </div>
  );
}

/** Only a run that takes longer than this, real ms, is seen to be under way. */
const BLINK_MS = 160;

/** Whether something has been so for this long. */
function useLasting(isSo: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const id = setTimeout(() => setLasts(true), ms);
    return () => {
      clearTimeout(id);
      setLasts(false);
    };
  }, [isSo, ms]);
  return lasts;
}

/** Apart from what says that a run is under way, so that this draws no number anew. */
const Numbers = memo(function Numbers({ figure }: { readonly figure: Figure }): ReactNode {
  const { shown } = usePaced(figure, runDiffers);
  const { measures } = figure.spec;
  if (!shown) return null;
  const { race } = shown;
  const shows = { shown, measures, declared: figure.description.measures, live: figure.live };
  return (
    <>
      <p className="fig-measures-title">
        Over {formatSpan(race)}, seed {race.seed}
      </p>
      {shown.drawn.length === 1 ? (
        <SingleRun {...shows} />
      ) : (
        <Parts value={figure.live ? PacedPart : AtOnce}>
          <RaceTable {...shows} />
        </Parts>
      )}
    </>
  );
});

interface Shows {
  readonly shown: Shown;
  readonly measures: readonly string[];
  readonly declared: Declared;
  /** A still does without what only shows when it is pointed at. */
  readonly live: boolean;
}

function pick(results: readonly Result[] | undefined, id: string): Result | undefined {
  return results?.find((result) => result.id === id);
}

function SingleRun({ shown, measures, declared, live }: Shows): ReactNode {
  const results = shown.drawn[0]?.results;
  return (
    <dl className="fig-numbers">
      {measures.map((id) => {
        const result = pick(results, id);
        return (
          result && (
            <div key={id}>
              <dt title={live ? describeResult(declared, result) : undefined}>{result.label}</dt>
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

function RaceTable({ shown, measures, declared, live }: Shows): ReactNode {
  const columns = measures.flatMap((id) => {
    const results = shown.drawn.flatMap((run) => pick(run.results, id) ?? []);
    const [first] = results;
    return first ? [{ id, first, scale: columnScale(results) }] : [];
  });
  const table = (
    <table className="fig-race" data-few={columns.length < COLUMNS_IN_SIGHT ? '' : undefined}>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{shown.sight === null ? 'Variant' : 'Run'}</span>
          </th>
          {columns.map(({ id, first, scale }) => (
            <th key={id} scope="col" title={live ? describeResult(declared, first) : undefined}>
              {first.label}
              {!saysUnit(first.label, scale.unit) && (
                <span className="fig-column-unit"> {scale.unit}</span>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.drawn.map(({ id: run, title, results }) => (
          <Part
            key={run}
            of={[title, results]}
            // A row never stands below a seed, a time or units that are not its own.
            atOnce={[
              shown.race.seed,
              formatSpan(shown.race),
              columns.map(({ id, scale }) => `${id} ${scale.divisor}`).join(),
            ]}
            t={0}
            draw={() => (
              <tr>
                <th scope="row">{title}</th>
                {columns.map(({ id, scale }) => {
                  const result = pick(results, id);
                  return (
                    <td key={id}>
                      {result && <Cell result={result} divisor={scale.divisor} live={live} />}
                    </td>
                  );
                })}
              </tr>
            )}
          />
        ))}
      </tbody>
    </table>
  );
  if (columns.length <= COLUMNS_IN_SIGHT) return table;
  return (
    // As with the tables of the views: a group and no landmark.
    <Scroll label="Measures of the race">{table}</Scroll>
  );
}

/** As many measures fit a phone beside the names of the variants; more may have to be scrolled across. */
const COLUMNS_IN_SIGHT = 4;

/** The unit stands at the head of the column. */
function Cell({
  result: { value, halfWidth, refused, n },
  divisor,
  live,
}: {
  readonly result: Result;
  readonly divisor: number;
  readonly live: boolean;
}): ReactNode {
  if (value === null) {
    return (
      <>
        <b>–</b> <small className="fig-refused">{refused}</small>
      </>
    );
  }
  const number = formatNumber(value / divisor);
  const hasError = halfWidth !== null && Number.isFinite(halfWidth);
  // On a phone, the error and the n stand on a line each.
  const support = isCount({ value, halfWidth, n })
    ? ''
    : [
        ...(hasError ? [`±\u202f${formatNumber(halfWidth / divisor, 2)}`] : []),
        `n\u202f=\u202f${formatNumber(n)}`,
      ].join('\n');
  const texts = (
    <>
      <b>{number}</b> {support !== '' && <small>{support}</small>}
    </>
  );
  // What does not change needs no box, and a still is the lighter for it.
  if (!live) return texts;
  return (
    <div className="fig-fit" data-widest={zeros(number)} data-below={zeros(support)}>
      <div>{texts}</div>
    </div>
  );
}

/** How often something happened is its own n: it need not be said twice. */
const isCount = ({ value, halfWidth, n }: Pick<Result, 'value' | 'halfWidth' | 'n'>): boolean =>
  value === n && halfWidth === null;

/** A number never stands without its n; one that the run cannot support is refused with the reason. */
function Value({ result }: { readonly result: Result }): ReactNode {
  const error = formatError(result);
  const [number, word] = formatResultValue(result).split(WORD_GAP);
  const value = (
    <b>
      {number}
      {word && <span>{`${WORD_GAP}${word}`}</span>}
    </b>
  );
  if (isCount(result)) return value;
  return (
    <>
      {value}{' '}
      <small>
        {result.value === null && result.refused
          ? result.refused
          : `${error === null ? '' : `${error}, `}n\u202f=\u202f${formatNumber(result.n)}`}
      </small>
    </>
  );
}
