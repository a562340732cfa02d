/** The line above a panel of a chart. */

import { memo, type ReactNode } from 'react';
import { type Line, outcomesMarks, type PanelProps } from './chart-plan';
import { Fitted } from './fitted';
import { OutcomeMark, outcomeLabel } from './outcome-mark';
import { Svg } from './text';

/** A short piece of the series' own line. */
function Swatch({ className }: { readonly className: string }): ReactNode {
  return (
    <Svg width="18" height="8">
      <path className={`v-line ${className}`} d="M0 4h18" />
    </Svg>
  );
}

/** Above a panel: whose it is, what is counted in its strips, and what the lines are worth at `t`. */
export const PanelHead = memo(function PanelHead({
  plan,
  panel,
  lines,
  counts,
  values,
  mostCounts,
  widest,
}: PanelProps & {
  readonly lines: readonly Line[];
  /** What the strips have counted: a line for each, its outcomes with tabs between. */
  readonly counts: string;
  /** What the lines are worth, line by line; empty if that stands at the play-head. */
  readonly values: string;
  /** What the strips have counted at the end. */
  readonly mostCounts: string;
  /** Takes as much room as nearly any value. */
  readonly widest: string;
}): ReactNode {
  const { view, rules, overlaid } = plan;
  const named = !overlaid;
  const [run] = panel.runs;
  const outcomes = panel.runs.length === 1 ? outcomesMarks(view) : [];
  const [countsOfMarks, mostOfMarks] = [counts, mostCounts].map((all) =>
    all.split('\n').map((each) => each.split('\t')),
  );
  const valued = values.split('\n');
  const several = lines.length > 1;
  const series = several || (named && values !== '') ? lines : [];
  const ruled = rules.length > 0 && panel === plan.panels[0];
  if (!named && outcomes.length === 0 && series.length === 0 && !ruled) return null;
  return (
    <p className={named ? 'v-of-run' : undefined}>
      {named && <b>{run?.title}</b>}
      {outcomes.map((mark, m) => (
        <span key={mark.label} className="v-counts">
          {(!named || outcomes.length > 1) && mark.label}
          {mark.kinds.map((kind, k) => (
            <span key={kind}>
              <OutcomeMark outcome={kind} />
              {outcomeLabel(kind)}
              <Fitted text={countsOfMarks?.[m]?.[k] ?? ''} widest={mostOfMarks?.[m]?.[k] ?? ''} />
            </span>
          ))}
        </span>
      ))}
      {ruled && (
        <span>
          <Svg width="3" height="11">
            <path className="v-axis v-dots" d="M1.5 0v11" />
          </Svg>
          {view.rules?.label}
        </span>
      )}
      {series.length > 0 && (
        <span className={named ? 'v-values' : 'v-values v-narrow-only'}>
          {series.map(({ key, name, className }, i) => (
            <span key={key}>
              {several && <Swatch className={className} />}
              {several && name}
              {values !== '' && <Fitted text={valued[i] ?? ''} widest={widest} />}
            </span>
          ))}
        </span>
      )}
    </p>
  );
});
