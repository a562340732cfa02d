/** A GraphQL request as one reads it, and what a server made of it. */
import type { ReactNode } from 'react';
import { DataTable } from '@/components/views/data-table';
import { OutcomeMark } from '@/components/views/outcome-mark';
import { timeline } from '@/components/views/timeline';
import type { ViewProps } from '@/components/views/view-props';
import type { GraphqlAbout, GraphqlInput, GraphqlOutput } from '@/lib/engines/graphql/types';
import type { Outcome } from '@/lib/kernel/outcomes';
import { formatNumber, formatValue } from '@/lib/simulation/format';
import { indexRecording, type RecordingIndex } from '@/lib/simulation/recording-index';
import type { TimelineView } from '@/lib/simulation/views';
import type { AskedProps, ExchangeProps, StillKind } from '../kind';
import { LANES, recordingOf } from './waterfall';

type Asked = AskedProps<GraphqlInput, GraphqlAbout>;
type Exchange = ExchangeProps<GraphqlInput, GraphqlOutput, GraphqlAbout>;

/** A text that scrolls by itself, and can be reached by those who scroll with keys. */
function Code({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <pre
      className="lab-code"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      {text}
    </pre>
  );
}

function AskedQuery({ input }: Asked): ReactNode {
  const { query, variables, batching, depthMax, costMax } = input;
  return (
    <div className="gql-asked">
      <Code label="Query" text={query} />
      {variables.trim() !== '' && <Code label="Variables" text={variables} />}
      <p className="gql-settings">
        {batching ? 'Through DataLoader' : 'One query for each resolver'}, at most{' '}
        {formatNumber(depthMax, 9)} deep, at most {formatNumber(costMax, 9)} in cost
      </p>
    </div>
  );
}

/** Rows that are drawn; the list below the drawing has all. */
const ROWS_MAX = 24;

const VIEW: TimelineView = {
  kind: 'timeline',
  title: 'Resolvers and queries',
  rows: 'trace',
  lanes: Object.values(LANES),
  rowsMax: ROWS_MAX,
};

const known = new WeakMap<GraphqlOutput, RecordingIndex>();
function indexOf(output: GraphqlOutput): RecordingIndex {
  const found = known.get(output) ?? indexRecording(recordingOf(output.spans, output.tookMs));
  known.set(output, found);
  return found;
}

function verdict({ stage, errors, response }: GraphqlOutput): {
  readonly mark: Outcome;
  readonly words: string;
} {
  const many = `${errors} ${errors === 1 ? 'error' : 'errors'}`;
  switch (stage) {
    case 'parse':
      return { mark: 'rejected', words: 'Not read: this is not GraphQL.' };
    case 'variables':
      return { mark: 'rejected', words: 'Not executed: variables or operation do not fit.' };
    case 'validation':
      return {
        mark: 'rejected',
        words: response.includes('_LIMIT"')
          ? `Refused before execution by a limit, with ${many}.`
          : `Refused before execution, with ${many}.`,
      };
    case 'execution':
      return errors > 0
        ? { mark: 'failed', words: `Executed, with ${many}.` }
        : { mark: 'accepted', words: 'Executed.' };
    default:
      return stage satisfies never;
  }
}

function Answer({ input, output }: Exchange): ReactNode {
  const { depth, cost, resolvers, columns, queries, rows, tookMs, spansCut } = output;
  const { mark, words } = verdict(output);
  const isExecuted = output.stage === 'execution';
  const facts: readonly (readonly [string, string])[] = [
    ...(isExecuted
      ? ([
          ['Queries', formatNumber(queries, 9)],
          ['Rows', formatNumber(rows, 9)],
          ['Resolvers', formatNumber(resolvers, 9)],
          ['Columns read', formatNumber(columns, 9)],
          ['Took', formatValue(tookMs, 'ms')],
        ] as const)
      : []),
    ...(depth === null ? [] : ([['Depth', of(depth, input.depthMax)]] as const)),
    ...(cost === null ? [] : ([['Cost', of(cost, input.costMax)]] as const)),
  ];
  return (
    <>
      <p className="gql-verdict">
        <OutcomeMark outcome={mark} /> {words}
      </p>
      <dl className="gql-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {isExecuted &&
        (tookMs > 0 ? (
          <Waterfall output={output} />
        ) : (
          <p className="gql-settings">Nothing was asked of the data, so it took no time.</p>
        ))}
      {spansCut > 0 && (
        <p className="gql-settings">
          {formatNumber(spansCut, 9)} more resolvers and queries are not shown.
        </p>
      )}
      <details className="fig-details" open={output.errors > 0 || undefined}>
        <summary>Response</summary>
        <div>
          <Code label="Response" text={output.response} />
          {output.cut > 0 && (
            <p className="gql-settings">
              {formatNumber(output.cut, 9)} more characters are not shown.
            </p>
          )}
        </div>
      </details>
    </>
  );
}

const of = (value: number, limit: number): string =>
  `${value >= 1e6 ? 'over a million' : formatNumber(value, 9)} of ${formatNumber(limit, 9)}`;

function Waterfall({ output }: { readonly output: GraphqlOutput }): ReactNode {
  const { tookMs } = output;
  const props: ViewProps<TimelineView> = {
    view: VIEW,
    runs: [{ id: 'request', title: 'Request', fork: null, index: indexOf(output) }],
    t: tookMs,
    shownMs: tookMs,
    parameters: {},
  };
  const { Drawing } = timeline;
  return (
    <>
      <Drawing {...props} />
      <details className="fig-details">
        <summary>Resolvers and queries as a table</summary>
        <div>
          <DataTable table={timeline.table(props)} captioned={false} />
        </div>
      </details>
    </>
  );
}

export const still: StillKind<GraphqlInput, GraphqlOutput, GraphqlAbout> = {
  Asked: AskedQuery,
  Exchange: Answer,
};
