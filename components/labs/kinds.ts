/** The kinds of labs: what each draws, and what is fetched when a reader uses one. A line a kind. */
import type { LiveKind, StillKind } from './kind';

/** A kind as the frame has it: inputs and outputs are handed on, and nobody else looks into them. */
export type AnyStill = StillKind<unknown, unknown, unknown>;
export type AnyLive = LiveKind<unknown, unknown, unknown>;

interface KindParts {
  readonly still: () => Promise<AnyStill>;
  readonly live: () => Promise<AnyLive>;
}

/** Inputs and outputs of a lab are of its own kind, by its definition: here their types end. */
export function kind<Input, Output, About>(
  still: () => Promise<StillKind<Input, Output, About>>,
  live: () => Promise<LiveKind<Input, Output, About>>,
): KindParts {
  return { still, live } as unknown as KindParts;
}

export const KINDS: Readonly<Record<string, KindParts>> = {
  codecs: kind(
    async () => (await import('./codecs/still')).still,
    async () => (await import('./codecs/live')).live,
  ),
  graphql: kind(
    async () => (await import('./graphql/still')).still,
    async () => (await import('./graphql/live')).live,
  ),
  http: kind(
    async () => (await import('./http/still')).still,
    async () => (await import('./http/live')).live,
  ),
  sql: kind(
    async () => (await import('./sql/still')).still,
    async () => (await import('./sql/live')).live,
  ),
  tokens: kind(
    async () => (await import('./tokens/still')).still,
    async () => (await import('./tokens/live')).live,
  ),
};

/** @throws Error if the page is older than the lab. */
export function partsOf(name: string): KindParts {
  const parts = KINDS[name];
  if (parts) return parts;
  throw new Error(`Expected a kind of lab that this page knows, got “${name}”. Reload the page.`);
}
