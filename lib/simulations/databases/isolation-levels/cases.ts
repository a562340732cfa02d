/** Which runs the model is held to: played on a real PostgreSQL and written down in transcripts.json. */
import { createStreams } from '../../../kernel/random';
import type { Level } from './models/versioned';
import { turnsOf } from './orders';
import { type Remedy, SCRIPT_IDS, type ScriptId, type Session, scriptOf } from './scripts';

export const LEVELS: readonly Level[] = ['read committed', 'repeatable read', 'serializable'];

export interface Case {
  /** "g0 written", "deposits shuffled 2", "deposits written for-update". */
  readonly id: string;
  readonly script: ScriptId;
  readonly order: readonly Session[];
  readonly remedy: Remedy;
}

/**
 * Interleavings of each script beside the one in which it is written: few where a deadlock takes long to
 * record, none where PostgreSQL itself leaves open who goes first.
 */
const shufflesOf = (script: ScriptId): number => {
  if (script === 'queue') return 0;
  return script === 'circle' || script === 'crossing' ? 1 : 2;
};

export function cases(): readonly Case[] {
  return SCRIPT_IDS.flatMap((script): Case[] => {
    const written = [...scriptOf(script).order] as Session[];
    const shuffled = Array.from({ length: shufflesOf(script) }, (_, at) => ({
      id: `${script} shuffled ${at + 1}`,
      order: turnsOf(scriptOf(script), 'shuffled', createStreams(at + 1).stream(script)),
    }));
    const remedies: readonly Remedy[] =
      script === 'deposits' || script === 'on-call' ? ['for-update', 'compare', 'relative'] : [];
    return [
      { id: `${script} written`, order: written },
      ...shuffled,
      ...remedies.map((remedy) => ({ id: `${script} written ${remedy}`, order: written, remedy })),
    ].map((each) => ({ remedy: 'none', ...each, script }));
  });
}
