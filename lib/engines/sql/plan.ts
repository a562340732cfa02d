/**
 * The plan in what EXPLAIN answers as text. It is read off the very lines that are shown beside it, so
 * that the two cannot tell of different runs; the test holds it to EXPLAIN (FORMAT JSON).
 */

export interface PlanNode {
  /** What the node is, in PostgreSQL's words: "Index Scan using orders_pkey on orders". */
  readonly label: string;
  /** What the node is to the one above, if it is not simply its input: "InitPlan 1", "CTE recent". */
  readonly role: string | null;
  /** What the planner expected; null with COSTS OFF. */
  readonly estimate: Estimate | null;
  /** What happened; null without ANALYZE. */
  readonly actual: Actual | null;
  /** Pages of 8 kB that the node and those below it asked for; null without BUFFERS, or if there were none. */
  readonly buffers: Buffers | null;
  /** The other lines: conditions, sort keys, rows removed … */
  readonly facts: readonly string[];
  readonly children: readonly PlanNode[];
}

interface Estimate {
  /** In the planner's unit: by default a page read in sequence costs 1. */
  readonly startupCost: number;
  readonly totalCost: number;
  readonly rows: number;
  /** Mean size of a row, bytes. */
  readonly width: number;
}

export interface Actual {
  /** How often the node was run; 0 if it never was. */
  readonly loops: number;
  /** Mean over the loops. */
  readonly rows: number;
  /** Mean over the loops, to the last row, ms; null with TIMING OFF. */
  readonly ms: number | null;
}

interface Buffers {
  /** Found in PostgreSQL's own cache. */
  readonly hit: number;
  /** Fetched into it. */
  readonly read: number;
  readonly dirtied: number;
  readonly written: number;
  /** Of temporary files: sorts and hashes that did not fit into work_mem. */
  readonly tempRead: number;
  readonly tempWritten: number;
}

export interface Plan {
  readonly root: PlanNode;
  /** What is said of the whole: "Planning Time: 0.126 ms" … */
  readonly summary: readonly string[];
}

/** A node while its lines are read. */
interface Draft {
  label: string;
  role: string | null;
  estimate: Estimate | null;
  actual: Actual | null;
  buffers: Buffers | null;
  facts: string[];
  children: Draft[];
  /** Column in which the lines that belong to the node begin. */
  indent: number;
}

const NODE =
  /^(?<label>.*?)(?: {2}\(cost=(?<startup>[\d.]+)\.\.(?<total>[\d.]+) rows=(?<rows>\d+) width=(?<width>\d+)\))?(?: +\((?:actual (?:time=[\d.]+\.\.(?<ms>[\d.]+) )?rows=(?<got>[\d.]+) loops=(?<loops>\d+)|(?<never>never executed))\))?$/;
const ARROW = '->  ';
const ROLE = /^(?:InitPlan|SubPlan|CTE) [^:]*$/;

/** The plan that the lines tell of; null if they are in another format, or are several plans. */
export function planOf(lines: readonly string[]): Plan | null {
  const [first = '', ...rest] = lines;
  if (!/^[A-Z]/.test(first) || lines.includes('')) return null;
  const root = draftOf(first, null, 2);
  const open = [root];
  const summary: string[] = [];
  let role: string | null = null;
  for (const line of rest) {
    const text = line.trimStart();
    const column = line.length - text.length;
    if (summary.length > 0 || column === 0) {
      summary.push(text);
    } else if (text.startsWith(ARROW)) {
      while (open.length > 1 && (open.at(-1)?.indent ?? 0) > column) open.pop();
      const node = draftOf(text.slice(ARROW.length), role, column + 2 + ARROW.length);
      (open.at(-1) ?? root).children.push(node);
      open.push(node);
      role = null;
    } else if (ROLE.test(text)) {
      role = text;
    } else {
      const node = open.at(-1) ?? root;
      const buffers = text.startsWith('Buffers: ') ? buffersOf(text) : null;
      if (buffers) node.buffers = buffers;
      else node.facts.push(text);
    }
  }
  return { root: finished(root), summary };
}

function draftOf(text: string, role: string | null, indent: number): Draft {
  const { label, startup, total, rows, width, ms, got, loops, never } =
    NODE.exec(text)?.groups ?? {};
  return {
    label: label ?? text,
    role,
    estimate:
      total === undefined
        ? null
        : {
            startupCost: Number(startup),
            totalCost: Number(total),
            rows: Number(rows),
            width: Number(width),
          },
    actual:
      never !== undefined
        ? { loops: 0, rows: 0, ms: null }
        : loops === undefined
          ? null
          : { loops: Number(loops), rows: Number(got), ms: ms === undefined ? null : Number(ms) },
    buffers: null,
    facts: [],
    children: [],
    indent,
  };
}

/** "Buffers: shared hit=4 read=2, temp written=5". */
function buffersOf(text: string): Buffers {
  const counts = new Map<string, number>();
  for (const [, kind = '', all = ''] of text.matchAll(/(shared|local|temp)((?: \w+=\d+)+)/g))
    for (const [, what = '', count] of all.matchAll(/(\w+)=(\d+)/g))
      counts.set(`${kind} ${what}`, Number(count));
  // Tables of one session are kept apart (local), which is no difference for the reader of a plan.
  const pages = (what: string): number =>
    (counts.get(`shared ${what}`) ?? 0) + (counts.get(`local ${what}`) ?? 0);
  return {
    hit: pages('hit'),
    read: pages('read'),
    dirtied: pages('dirtied'),
    written: pages('written'),
    tempRead: counts.get('temp read') ?? 0,
    tempWritten: counts.get('temp written') ?? 0,
  };
}

const finished = ({ indent: _, children, ...node }: Draft): PlanNode => ({
  ...node,
  children: children.map(finished),
});

/** Rows that a node gave in all its loops, as far as the mean of two decimals tells. */
export const rowsInAll = ({ rows, loops }: Actual): number => Math.round(rows * loops);

/** The node and all below it, each before its children. */
export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}
