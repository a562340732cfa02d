/**
 * What others have found about these levels, to which the runs are held cell for cell. A cell says
 * whether an anomaly can happen; that it does is read off the runs of the scripts named.
 */
import type { measures } from './measures';
import type { ScriptId } from './scripts';
import type { VariantId } from './variants';

type Measure = keyof typeof measures;

interface Column {
  readonly scripts: readonly ScriptId[];
  /** Any of these, in any of the scripts, is the anomaly. */
  readonly counted: readonly Measure[];
}

/**
 * Hermitage (Martin Kleppmann, github.com/ept/hermitage, README.md, table of results): the rows of
 * PostgreSQL. `x` is possible.
 */
export const HERMITAGE: {
  readonly columns: Readonly<Record<string, Column>>;
  readonly rows: Readonly<Partial<Record<VariantId, string>>>;
} = {
  columns: {
    G0: { scripts: ['g0'], counted: ['dirtyWrites'] },
    G1a: { scripts: ['g1a'], counted: ['dirtyReads', 'strayReads'] },
    G1b: { scripts: ['g1b'], counted: ['dirtyReads', 'strayReads'] },
    G1c: { scripts: ['g1c'], counted: ['dirtyReads', 'strayReads'] },
    OTV: { scripts: ['otv'], counted: ['strayReads'] },
    PMP: { scripts: ['pmp-read', 'pmp-write'], counted: ['phantoms'] },
    P4: { scripts: ['p4'], counted: ['lostUpdates'] },
    'G-single': {
      scripts: ['g-single', 'g-single-condition', 'g-single-write'],
      counted: ['readSkews', 'phantoms', 'fuzzyReads'],
    },
    'G2-item': { scripts: ['g2-item'], counted: ['writeSkews'] },
    G2: { scripts: ['g2', 'g2-two-edges'], counted: ['phantomSkews', 'writeSkews'] },
  },
  rows: {
    'read-committed': '.....xxxxx',
    'repeatable-read': '........xx',
    serializable: '..........',
  },
};

/**
 * Berenson, Bernstein, Gray, Melton, O’Neil and O’Neil 1995, table 4, without cursors: their column P4C
 * and their row cursor stability. `s` is "sometimes possible": phantoms never show in two reads of a
 * snapshot, but do in what is written on the ground of them.
 */
export const BERENSON: {
  readonly columns: Readonly<Record<string, readonly Measure[]>>;
  readonly rows: Readonly<Partial<Record<VariantId, string>>>;
} = {
  columns: {
    P0: ['dirtyWrites'],
    P1: ['dirtyReads'],
    P4: ['lostUpdates'],
    P2: ['fuzzyReads'],
    P3: ['phantoms', 'phantomSkews'],
    A5A: ['readSkews'],
    A5B: ['writeSkews'],
  },
  rows: {
    'read-uncommitted': '.xxxxxx',
    'read-committed': '..xxxxx',
    'row-locks': '....x..',
    'repeatable-read': '....s.x',
    serializable: '.......',
    'two-phase-locking': '.......',
  },
};
