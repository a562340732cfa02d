/** The plan of a statement as a tree: what was expected of each node, and what came. */
import type { ReactNode } from 'react';
import { type Actual, nodesOf, type Plan, type PlanNode, rowsInAll } from '@/lib/engines/sql/plan';
import { grouped } from '@/lib/kernel/grouped';
import { formatNumber } from '@/lib/simulation/format';

export function PlanTree({ plan: { root } }: { readonly plan: Plan }): ReactNode {
  const nodes = nodesOf(root);
  const rowsMax = Math.max(1, ...nodes.map(({ actual }) => (actual ? rowsInAll(actual) : 0)));
  const has = (what: 'actual' | 'buffers'): boolean => nodes.some((node) => node[what] !== null);
  return (
    <>
      <ul className="sql-plan">
        <Node node={root} rowsMax={rowsMax} mayStop={false} />
      </ul>
      {(has('actual') || has('buffers')) && (
        <p className="sql-cut">
          {has('actual') && 'Rows are those of all loops together. '}
          {has('buffers') && 'Pages, of 8 kB, include those that the nodes below asked for.'}
        </p>
      )}
    </>
  );
}

function Node({
  node,
  rowsMax,
  mayStop,
}: {
  readonly node: PlanNode;
  /** The most rows that any node gave; their bars are as long as the tree allows. */
  readonly rowsMax: number;
  /** Whether a node above takes no more rows than it needs: fewer than expected are then no mistake. */
  readonly mayStop: boolean;
}): ReactNode {
  const { label, role, estimate, actual, buffers, facts, children } = node;
  const rows = actual && rowsInAll(actual);
  return (
    <li>
      <p className="sql-node">
        {role !== null && <span className="sql-role">{role}: </span>}
        <b>{label}</b>
      </p>
      {facts.map((fact) => (
        <p key={fact} className="sql-fact">
          {fact}
        </p>
      ))}
      {actual?.loops === 0 && <p className="sql-fact">Never run</p>}
      <dl className="sql-measures">
        {rows !== null && actual?.loops !== 0 && (
          <Measure name="rows" share={rows / rowsMax}>
            {count(rows)}
          </Measure>
        )}
        {estimate && (
          <Measure name="expected">
            {count(estimate.rows * Math.max(1, actual?.loops ?? 1))}
            {actual !== null && (
              <Missed expected={estimate.rows} actual={actual} mayStop={mayStop} />
            )}
          </Measure>
        )}
        {actual !== null && actual.loops > 1 && (
          <Measure name="loops">{count(actual.loops)}</Measure>
        )}
        {buffers && (
          <Measure name="pages">
            {count(buffers.hit + buffers.read)}
            {buffers.read > 0 && ` (${count(buffers.read)} read)`}
            {buffers.tempRead + buffers.tempWritten > 0 &&
              ` and ${count(buffers.tempRead + buffers.tempWritten)} temporary`}
          </Measure>
        )}
        {estimate && <Measure name="cost">{formatNumber(estimate.totalCost, 12)}</Measure>}
        {actual?.ms != null && <Measure name="time">{actual.ms} ms</Measure>}
      </dl>
      {children.length > 0 && (
        <ul>
          {children.map((child, i) => (
            <Node
              // biome-ignore lint/suspicious/noArrayIndexKey: a node is known by its place alone
              key={i}
              node={child}
              rowsMax={rowsMax}
              mayStop={mayStop || label.startsWith('Limit')}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

function Measure({
  name,
  share,
  children,
}: {
  readonly name: string;
  /** Length of its bar, from 0 to 1; none unless given. */
  readonly share?: number;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {share !== undefined && <i style={{ width: `${Math.max(1, Math.round(share * 100))}%` }} />}
      </dd>
    </div>
  );
}

/** From here on the planner may have chosen otherwise, had it known. */
const FAR_OFF = 10;

/** By how much the planner was wrong, if by much. */
function Missed({
  expected,
  actual: { rows, loops },
  mayStop,
}: {
  readonly expected: number;
  readonly actual: Actual;
  readonly mayStop: boolean;
}): ReactNode {
  if (loops === 0) return null;
  const ratio = Math.max(1, rows) / Math.max(1, expected);
  const times = Math.round(Math.max(ratio, 1 / ratio));
  if (times < FAR_OFF || (mayStop && ratio < 1)) return null;
  return <b className="sql-missed">{ratio > 1 ? ` ${times} × too few` : ` ${times} × too many`}</b>;
}

const count = (value: number): string => grouped(Math.round(value));
