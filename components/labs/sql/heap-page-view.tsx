/** A page of a table in the grid of the figures: a cell per line pointer, chains as arrows. */
import { type ReactNode, useMemo } from 'react';
import { grid } from '@/components/views/grid';
import type { HeapPage, LinePointer } from '@/lib/engines/sql/page';
import { Recorder } from '@/lib/kernel/recorder';
import { indexRecording, type RecordingIndex } from '@/lib/simulation/recording-index';
import type { GridView } from '@/lib/simulation/views';

const { Drawing } = grid;

export function HeapPageView({
  page,
  live,
}: {
  readonly page: HeapPage;
  readonly live: boolean;
}): ReactNode {
  const { view, index } = useMemo(() => drawn(page), [page]);
  return (
    <Drawing
      view={view}
      runs={[{ id: 'page', title: view.title, fork: null, index }]}
      t={0}
      shownMs={0}
      parameters={{}}
      live={live}
    />
  );
}

const KINDS = {
  standing: 'not ended',
  ended: 'ended',
  aborted: 'aborted',
  redirect: 'redirect',
  dead: 'dead',
  unused: 'unused',
} as const;

type Kind = keyof typeof KINDS;

function kindOf({ state, version }: LinePointer): Kind {
  if (state !== 'normal') return state;
  if (version?.isAborted) return 'aborted';
  return version?.isEnded ? 'ended' : 'standing';
}

/** The page as the view of one moment and what is recorded of that moment. */
function drawn({ block, pointers }: HeapPage): {
  readonly view: GridView;
  readonly index: RecordingIndex;
} {
  const count = Math.max(1, ...pointers.map(({ number }) => number));
  const record = new Recorder({ shownMs: 0 });
  for (const pointer of pointers) {
    const { number, redirectsTo, version } = pointer;
    const set = (field: string, value: string | number): void =>
      record.state(0, `lp-${number}`, field, value);
    set('kind', kindOf(pointer));
    const next = redirectsTo ?? version?.next ?? null;
    if (next !== null) set('next', `lp-${next}`);
    if (redirectsTo !== null) set('xmin', `to ${redirectsTo}`);
    if (version === null) continue;
    set('xmin', `xmin ${version.xmin}`);
    set('xmax', `xmax ${version.xmax}`);
    set('hot', version.isHotUpdated ? 1 : 0);
    set('heapOnly', version.isHeapOnly ? 1 : 0);
    set('frozen', version.isFrozen ? 1 : 0);
    set('ctid', version.ctid);
    set('bytes', version.bytes);
    set('flags', version.flags.join(' '));
  }
  const view: GridView = {
    kind: 'grid',
    title: block === null ? 'The page' : `Page ${block} of the table`,
    standing: summaryOf(pointers),
    groups: [
      {
        label: block === null ? 'Line pointers of the page' : `Line pointers of page ${block}`,
        node: 'lp',
        first: 1,
        count,
        cell: 'line pointer',
        columns: Math.min(COLUMNS_MAX, Math.max(COLUMNS_MIN, count)),
        fields: [
          { id: 'kind', label: '', as: 'class', values: KINDS },
          { id: 'xmin', label: '', as: 'line' },
          { id: 'xmax', label: '', as: 'line' },
          { id: 'hot', label: 'updated HOT', as: 'bit' },
          { id: 'heapOnly', label: 'heap-only', as: 'bit' },
          { id: 'frozen', label: 'frozen', as: 'bit' },
          { id: 'next', label: 'leads to', as: 'pointer' },
          { id: 'ctid', label: 'ctid', as: 'detail' },
          { id: 'bytes', label: 'size', as: 'detail', unit: 'bytes' },
          { id: 'flags', label: 'flags', as: 'detail' },
        ],
      },
    ],
  };
  return { view, index: indexRecording(record.finish()) };
}

/** The few of a small page are not stretched over the whole width. */
const COLUMNS_MIN = 5;
/** As many as a phone has room for. */
const COLUMNS_MAX = 6;

function summaryOf(pointers: readonly LinePointer[]): string {
  const counts = new Map<Kind, number>();
  for (const pointer of pointers) {
    const kind = kindOf(pointer);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const told = (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const number = counts.get(kind);
    return number === undefined ? [] : [`${number} ${KINDS[kind]}`];
  });
  return `${pointers.length} line ${pointers.length === 1 ? 'pointer' : 'pointers'}: ${told.join(', ')}.`;
}
