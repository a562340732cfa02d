/** A result for every value of a parameter, on the reader's traffic: which limit, which size. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useFigure } from '@/components/figure/use-figure';
import { type Figure, type FigureState, requestOf } from '@/lib/figure/figure';
import type { TrafficDescription } from '@/lib/simulation/definition';
import { formatParameter, formatResultValue } from '@/lib/simulation/format';
import type { Result } from '@/lib/simulation/measures';
import { parametersFor } from '@/lib/simulation/parameters';
import { isSwept } from '@/lib/tools/sweep/swept';
import { sweepValues } from '@/lib/tools/sweep/values';
import { settledFrom } from '@/lib/tools/traffic/settled';
import { asCsv } from '@/lib/tools/traffic/table-csv';
import { Scroll } from '../../views/scroll';
import { saveCsv } from '../save';
import type { ToolContext } from '../tool';

const POINTS = 13;

interface Row {
  readonly value: number;
  /** By variant, in the order of the figure. */
  readonly results: readonly (Result | undefined)[];
}

/** What rows belong to: they are those of other inputs once any of these is another. */
interface Computed {
  readonly traffic: FigureState['traffic'];
  readonly parameters: FigureState['parameters'];
  readonly seed: number;
  readonly rows: readonly Row[];
}

export function Across({
  figure,
  context,
  across: { parameter: id, result: resultId },
}: {
  readonly figure: Figure;
  readonly context: ToolContext;
  readonly across: NonNullable<TrafficDescription['across']>;
}): ReactNode {
  const traffic = useFigure(figure, (state) => state.traffic);
  const parameters = useFigure(figure, (state) => state.parameters);
  const seed = useFigure(figure, (state) => state.seed);
  const [computed, setComputed] = useState<Computed | null>(null);
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number } | null>(
    null,
  );
  const [error, setError] = useState<string | null>(null);
  /** Counts the computations: an earlier one ends when a later one begins. */
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current++;
    },
    [],
  );

  const parameter = parametersFor(figure.description, true)[id];
  const measure = figure.description.measures[resultId.split('.')[0] ?? ''];
  if (!parameter || !isSwept(parameter) || !measure) return null;
  const isOfNow =
    computed !== null &&
    computed.traffic === traffic &&
    computed.seed === seed &&
    Object.entries(parameters).every(
      ([each, value]) => each === id || computed.parameters[each] === value,
    );

  const compute = async (): Promise<void> => {
    const mine = ++turn.current;
    const base = requestOf(figure);
    const values = sweepValues(parameter, POINTS, Number(parameters[id]));
    const rows: Row[] = [];
    setError(null);
    setProgress({ done: 0, of: values.length });
    try {
      for (const value of values) {
        const results = await context.engine.measure({
          ...base,
          parameters: { ...base.parameters, [id]: value },
        });
        if (mine !== turn.current) return;
        rows.push({
          value,
          results: base.variants.map((variant) =>
            results[variant]?.find((each) => each.id === resultId),
          ),
        });
        setProgress({ done: rows.length, of: values.length });
      }
      setComputed({ traffic, parameters: base.parameters, seed, rows });
    } catch (failure) {
      if (mine === turn.current)
        setError(failure instanceof Error ? failure.message : String(failure));
    }
    if (mine === turn.current) setProgress(null);
  };

  // A range is as wide as logs may need; this one may be told all by a part of it.
  const settled = settledFrom(
    (computed?.rows ?? []).map(({ results }) => results.map((result) => result?.value ?? null)),
  );
  const told = computed?.rows.slice(0, settled + 1) ?? [];
  const isSettledEarly = computed !== null && told.length < computed.rows.length;
  const title = `${measure.label} by ${parameter.label.toLowerCase()}`;
  const variants = figure.spec.variants.map(
    (variant) => figure.description.variants[variant]?.title ?? variant,
  );
  const save = (): void => {
    const rows = (computed?.rows ?? []).map(({ value, results }) => [
      String(value),
      ...results.map((result) => (result?.value == null ? '' : String(result.value))),
    ]);
    saveCsv(
      `${figure.description.id}-${resultId}-by-${id}.csv`,
      asCsv([[parameter.label, ...variants], ...rows]),
    );
  };
  return (
    <>
      <div className="tool-traffic-buttons">
        {progress ? (
          <>
            <progress max={progress.of} value={progress.done} aria-label={title} />
            <button
              type="button"
              className="fig-button"
              onClick={() => {
                turn.current++;
                setProgress(null);
              }}
            >
              Stop
            </button>
          </>
        ) : (
          !isOfNow && (
            <button type="button" className="fig-button" onClick={() => void compute()}>
              {title}, over its whole range
            </button>
          )
        )}
      </div>
      {error !== null && (
        <p className="tool-traffic-error" role="alert">
          {error}
        </p>
      )}
      {isOfNow && computed && (
        <>
          <Scroll label={title}>
            <table className="v-table tool-traffic-table">
              <caption>{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{parameter.label}</th>
                  {variants.map((variant) => (
                    <th key={variant} scope="col">
                      {variant}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {told.map(({ value, results }, place) => (
                  <tr key={value} aria-current={value === parameters[id] || undefined}>
                    <th scope="row">
                      <button
                        type="button"
                        className="tool-traffic-sort"
                        title="Set the figure to this value"
                        onClick={() => figure.setParameter(id, value)}
                      >
                        {formatParameter(parameter, value)}
                      </button>
                      {isSettledEarly && place === settled && ' and more'}
                    </th>
                    {results.map((result, index) => (
                      <td key={variants[index]}>{result ? formatResultValue(result) : '–'}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <div className="tool-traffic-buttons">
            <button type="button" className="fig-button" onClick={save}>
              Download as CSV
            </button>
          </div>
        </>
      )}
    </>
  );
}
