/**
 * Every kind of view in one place: its drawing, its description in words, its table. Each is a piece
 * of program of its own, fetched when a figure has it; a new kind costs no page that does not use it.
 */
import type { ReactNode } from 'react';
import type { View as ViewSpec } from '@/lib/simulation/views';
import type { ViewProps, ViewTable } from './view-props';

type Kind = ViewSpec['kind'];

export interface ViewKind<V extends ViewSpec> {
  /** Draws a view without its title: that is the frame's. */
  readonly Drawing: (props: ViewProps<V>) => ReactNode;
  /** What the view shows at `t`, in one or two sentences: accessible name, live region. */
  readonly describe: (props: ViewProps<V>) => string;
  /** The same as a table. */
  readonly table: (props: ViewProps<V>) => ViewTable;
}

type ViewKinds = {
  readonly [K in Kind]: ViewKind<Extract<ViewSpec, { readonly kind: K }>>;
};

const FETCH: { readonly [K in Kind]: () => Promise<ViewKinds[K]> } = {
  chart: async () => (await import('./chart')).chart,
  cluster: async () => (await import('./cluster')).cluster,
  events: async () => (await import('./events')).events,
  flow: async () => (await import('./flow')).flow,
  heat: async () => (await import('./heat')).heat,
  machine: async () => (await import('./machine')).machine,
  queue: async () => (await import('./queue')).queue,
  ring: async () => (await import('./ring')).ring,
  grid: async () => (await import('./grid')).grid,
  sequence: async () => (await import('./sequence')).sequence,
  states: async () => (await import('./states')).states,
  timeline: async () => (await import('./timeline')).timeline,
  tree: async () => (await import('./tree')).tree,
};

/** The cast is made here, once: a kind only ever meets views of that kind, since they name it. */
type AnyKind = ViewKind<ViewSpec>;
const known = new Map<Kind, AnyKind>();

/** Makes all kinds known at once, where nothing has to be fetched: in the build and in tests. */
export function provideViews(kinds: ViewKinds): void {
  for (const kind of Object.keys(kinds) as Kind[])
    known.set(kind, kinds[kind] as unknown as AnyKind);
}

/**
 * Fetches what is not known yet of the kinds.
 *
 * @throws Error with what the reader can do
 */
export async function fetchViews(kinds: Iterable<Kind>): Promise<void> {
  try {
    await Promise.all(
      [...new Set(kinds)].map(async (kind) => {
        if (!known.has(kind)) known.set(kind, (await FETCH[kind]()) as unknown as AnyKind);
      }),
    );
  } catch {
    throw new Error('A part of its program could not be loaded: check the connection.');
  }
}

export const isViewKind = (name: string | undefined): name is Kind =>
  name !== undefined && Object.hasOwn(FETCH, name);

function kindOf({ kind }: ViewSpec): AnyKind {
  const found = known.get(kind);
  if (found) return found;
  throw new Error(
    `Expected the program of views of kind "${kind}" to be loaded before one is drawn. Wait for fetchViews, or import components/views/all.`,
  );
}

export function View(props: ViewProps<ViewSpec>): ReactNode {
  const { Drawing } = kindOf(props.view);
  return <Drawing {...props} />;
}

export const describeView = (props: ViewProps<ViewSpec>): string =>
  kindOf(props.view).describe(props);

export const tableView = (props: ViewProps<ViewSpec>): ViewTable => kindOf(props.view).table(props);
