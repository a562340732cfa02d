/** Transactions as a session sees them: begin, an end, and between an error and the end nothing. */
import {
  type Answer,
  type Execution,
  type RowStatement,
  SqlError,
  type Statement,
} from './database';

export interface Transaction {
  readonly number: number;
  readonly session: string;
}

interface Engine<T extends Transaction> {
  readonly begin: (transaction: Transaction) => T;
  readonly run: (transaction: T, statement: RowStatement) => Execution;
  /** @throws SqlError if it may not be committed */
  readonly commit: (transaction: T) => void;
  /** Takes back what it has written, and lets go of what it holds. */
  readonly abort: (transaction: T) => void;
}

const plain = (tag: string): Answer => ({ tag, rows: [], seen: [] });

export class Transactions<T extends Transaction> {
  private readonly open = new Map<string, T>();
  private begun = 0;

  constructor(private readonly engine: Engine<T>) {}

  of(session: string): T | undefined {
    return this.open.get(session);
  }

  *execute(session: string, statement: Statement): Execution {
    const { engine, open } = this;
    if (statement.kind === 'begin') {
      open.set(session, engine.begin({ number: ++this.begun, session }));
      return plain('BEGIN');
    }
    const isEnd = statement.kind === 'commit' || statement.kind === 'rollback';
    const transaction = open.get(session);
    if (!transaction && !isEnd) {
      throw new SqlError(
        '25P02',
        'current transaction is aborted, commands ignored until end of transaction block',
      );
    }
    // After an error there is nothing to commit any more.
    if (!transaction) return plain('ROLLBACK');
    try {
      if (statement.kind !== 'commit' && statement.kind !== 'rollback')
        return yield* engine.run(transaction, statement);
      if (statement.kind === 'commit') engine.commit(transaction);
      else engine.abort(transaction);
      open.delete(session);
      return plain(statement.kind === 'commit' ? 'COMMIT' : 'ROLLBACK');
    } catch (error) {
      engine.abort(transaction);
      open.delete(session);
      throw error;
    }
  }
}
