/** What each kind of lab draws in the build; a line a kind, as in `kinds.ts`, which fetches. */
import { still as codecs } from './codecs/still';
import { still as graphql } from './graphql/still';
import { still as http } from './http/still';
import type { StillKind } from './kind';
import type { AnyStill } from './kinds';
import { still as sql } from './sql/still';
import { still as tokens } from './tokens/still';

/** Inputs and outputs of a lab are of its own kind, by its definition: here their types end. */
const drawnBy = <Input, Output, About>(still: StillKind<Input, Output, About>): AnyStill =>
  still as unknown as AnyStill;

export const STILLS: Readonly<Record<string, AnyStill>> = {
  codecs: drawnBy(codecs),
  graphql: drawnBy(graphql),
  http: drawnBy(http),
  sql: drawnBy(sql),
  tokens: drawnBy(tokens),
};
