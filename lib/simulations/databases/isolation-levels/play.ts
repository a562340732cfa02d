/** A script played without a clock: what each statement gave, line by line. */
import { Clients, type Listener } from './clients';
import type { Database } from './models/database';
import type { Remedy, Script, Session } from './scripts';
import { answered, sql } from './sql';

export interface Transcript {
  /**
   * "A: commit" is sent, "A waits for B", "A> COMMIT" is answered, "A! 40001 could not …" fails, "A -" is
   * a step that the program leaves out.
   */
  readonly lines: readonly string[];
  /** The rows at the end: "1=10 2=20". */
  readonly rows: string;
}

/** Writes down what sessions say and are told, and keeps who waits, the first first. */
export function writer(script: Script, lines: string[], waiting: Session[]): Listener {
  const goesOn = (session: Session): void => {
    const place = waiting.indexOf(session);
    if (place >= 0) waiting.splice(place, 1);
  };
  return {
    asks: (session, statement) => lines.push(`${session}: ${sql(statement, script)}`),
    waits: (session, behind) => {
      if (!waiting.includes(session)) waiting.push(session);
      lines.push(`${session} waits for ${[...behind].sort().join(' ')}`);
    },
    answers: (session, _statement, answer) => {
      goesOn(session);
      lines.push(`${session}> ${answered(answer)}`);
    },
    fails: (session, _statement, { code, message }) => {
      goesOn(session);
      lines.push(`${session}! ${code} ${message}`);
    },
    skips: (session) => lines.push(`${session} -`),
  };
}

/**
 * Each time, the first turn is taken whose session does not wait. If all wait, the one that has waited
 * longest of a cycle fails, as it does in PostgreSQL, whose sessions look for cycles
 * `deadlock_timeout` after they began to wait.
 */
export function play(
  database: Database,
  script: Script,
  order: string,
  remedy: Remedy,
): Transcript {
  const lines: string[] = [];
  const waiting: Session[] = [];
  const clients = new Clients(database, script, remedy, writer(script, lines, waiting));
  const turns = [...order] as Session[];
  while (turns.length > 0) {
    const place = turns.findIndex((session) => !clients.isWaiting(session));
    const [session] = place >= 0 ? turns.splice(place, 1) : [];
    if (session) clients.step(session);
    else {
      const victim = waiting.find((each) => clients.cycleOf(each).length > 0);
      if (!victim) throw new Error(`All sessions wait, and none in a cycle:\n${lines.join('\n')}`);
      clients.deadlock(victim);
    }
  }
  const rows = [...database.look('')].sort(([a], [b]) => a - b);
  return { lines, rows: rows.map(([id, value]) => `${id}=${value}`).join(' ') };
}
