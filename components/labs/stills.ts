/** What each kind of lab draws in the build; a line a kind, as in `kinds.ts`, which fetches. */
import type { StillKind } from './kind';

/** Types of inputs and outputs end here: they are those of the lab's own kind. */
export const STILLS: Readonly<Record<string, StillKind<never, never, never>>> = {};
