/** The whole distribution behind a measure, for every run in sight: its curve, and its percentiles. */
import { type ReactNode, useId, useState } from 'react';
import { useFigure } from '@/components/figure/use-figure';
import { formatSpan } from '@/lib/simulation/format';
import { comparedDistributions, hasLog, type Scale } from '@/lib/tools/distribution/curves';
import { distributionInWords, percentileTable } from '@/lib/tools/distribution/table';
import type { ToolPanelProps } from '../tool';
import { curveStyle, DistributionChart } from './chart';
import './distribution.css';
import { Scroll } from '../../views/scroll';

export function DistributionPanel({ figure }: ToolPanelProps): ReactNode {
  const { measures } = figure.description;
  const ids = Object.keys(measures).filter((id) => measures[id]?.kind === 'distribution');
  const [chosen, setChosen] = useState(() => firstNamed(ids, figure.spec.measures));
  const [wanted, setScale] = useState<Scale>('linear');
  const shown = useFigure(figure, (state) => state.shown);
  const id = useId();
  const measure = measures[chosen];
  if (!measure || !shown) return null;
  const compared = comparedDistributions(shown.drawn, chosen);
  const scale = compared && hasLog(compared) ? wanted : 'linear';
  const hidden = shown.runs.length - shown.drawn.length;
  return (
    <div className="tool-distribution">
      <div className="tool-distribution-choice">
        {ids.length > 1 && (
          <p>
            <label htmlFor={`${id}-measure`}>Measure</label>
            <select
              id={`${id}-measure`}
              className="fig-select"
              data-keys="text"
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            >
              {ids.map((each) => (
                <option key={each} value={each}>
                  {measures[each]?.label}
                </option>
              ))}
            </select>
          </p>
        )}
        {compared && hasLog(compared) && (
          <label className="tool-distribution-log">
            <input
              type="checkbox"
              data-keys="button"
              checked={wanted === 'log'}
              onChange={(event) => setScale(event.target.checked ? 'log' : 'linear')}
            />
            Logarithmic axis
          </label>
        )}
      </div>
      <p className="fig-about">
        {measure.describe} Over {formatSpan(shown.race)}, seed {shown.race.seed}
        {hidden > 0 && `; ${hidden} of ${shown.runs.length} runs are out of sight`}.
      </p>
      {compared ? (
        <>
          <div role="img" aria-label={distributionInWords(compared)}>
            <DistributionChart compared={compared} scale={scale} />
          </div>
          <Percentiles compared={compared} />
          <p className="fig-about">
            Successive values depend on each other, so that they count for fewer than they are; the
            intervals take that into account. Where too few are left, there is none.
          </p>
        </>
      ) : (
        <p className="tool-distribution-nothing">
          Nothing was observed in the measured time, so there is no distribution. A longer run or
          another control may change that.
        </p>
      )}
    </div>
  );
}

/** The distribution that the figure's measures name first, or else the first there is. */
function firstNamed(ids: readonly string[], measures: readonly string[]): string {
  const named = measures.map((measure) => measure.split('.')[0]);
  return ids.find((id) => named.includes(id)) ?? ids[0] ?? '';
}

function Percentiles({
  compared,
}: {
  readonly compared: Parameters<typeof percentileTable>[0];
}): ReactNode {
  const { caption, columns, rows } = percentileTable(compared);
  return (
    // As with the tables of the views: a group and no landmark.
    <Scroll label={caption}>
      <table className="v-table tool-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells: [name, ...cells] }, place) => {
            const { colour, dash } = curveStyle(compared.curves, place);
            return (
              <tr key={id}>
                <th scope="row">
                  <svg width="20" height="8" aria-hidden="true">
                    <path d="M0 4h20" stroke={colour} strokeWidth="1.75" strokeDasharray={dash} />
                  </svg>
                  {name?.text}
                </th>
                {cells.map(({ text, remark }, column) => (
                  <td key={columns[column + 1]}>
                    {text}
                    {remark !== '' && <span>{remark}</span>}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
