/** Transactions as a session sees them: begin, an end, and the state between an error and the end. */
import { type Answer, type Execution, SqlError, type Statement } from './database';

export interface Transaction {
  readonly number: number;
  readonly session: string;
}

interface Engine<T extends Transaction> {
  readonly begin: (transaction: Transaction) => T;
  /** Everything but begin, commit and rollback. */
  readonly run: (transaction: T, statement: Statement) => Execution;
  /** @throws SqlError if it may not be committed */
  readonly commit: (transaction: T) => void;
  /** Takes back what it has written, and lets go of what it holds. */
  readonly abort: (transaction: T) => void;
}

const plain = (tag: string): Answer => ({ tag, rows: [], seen: [] });

export class Transactions<T extends Transaction> {
  private readonly open = new Map<string, T>();
  /** Sessions whose transaction has failed and has not been ended yet. */
  private readonly failed = new Set<string>();
  private begun = 0;

  constructor(private readonly engine: Engine<T>) {}

  of(session: string): T | undefined {
    return this.open.get(session);
  }

  *execute(session: string, statement: Statement): Execution {
    const { engine, open, failed } = this;
    if (statement.kind === 'begin') {
      open.set(session, engine.begin({ number: ++this.begun, session }));
      return plain('BEGIN');
    }
    const isEnd = statement.kind === 'commit' || statement.kind === 'rollback';
    if (failed.has(session)) {
      // (1)
      if (!isEnd) {
        throw new SqlError(
          '25P02',
          'current transaction is aborted, commands ignored until end of transaction block',
        );
      }
      failed.delete(session);
      return plain('ROLLBACK');
    }
    const transaction = open.get(session);
    if (!transaction) {
      throw new Error(`Session ${session} should begin a transaction before "${statement.kind}".`);
    }
    try {
      if (!isEnd) return yield* engine.run(transaction, statement);
      if (statement.kind === 'commit') engine.commit(transaction);
      else engine.abort(transaction);
      open.delete(session);
      return plain(statement.kind === 'commit' ? 'COMMIT' : 'ROLLBACK');
    } catch (error) {
      engine.abort(transaction);
      open.delete(session);
      // A commit that fails ends the transaction as well.
      if (!isEnd) failed.add(session);
      throw error;
    }
  }
}
