/** Statements as text: as PostgreSQL gets them, and in few letters for drawings. */
import type { Answer, Change, Statement, Where } from './models/database';
import type { Script } from './scripts';

type Names = Pick<Script, 'table' | 'column'>;

function condition(where: Where, column: string): string {
  switch (where.kind) {
    case 'all':
      return '';
    case 'ids':
      return where.ids.length === 1
        ? ` where id = ${where.ids[0]}`
        : ` where id in (${where.ids.join(', ')})`;
    case 'equals':
      return ` where ${column} = ${where.value}`;
    case 'divisible':
      return ` where ${column} % ${where.by} = 0`;
    case 'unchanged':
      return ` where id = ${where.id} and ${column} = ${where.value}`;
    default:
      return where satisfies never;
  }
}

const signed = (amount: number): string => (amount < 0 ? `- ${-amount}` : `+ ${amount}`);

const assigned = (change: Change, column: string): string =>
  change.kind === 'to' ? `${change.value}` : `${column} ${signed(change.amount)}`;

/** The statement as PostgreSQL takes it. */
export function sql(statement: Statement, { table, column }: Names): string {
  switch (statement.kind) {
    case 'begin':
    case 'commit':
    case 'rollback':
      return statement.kind;
    case 'select':
      return `select * from ${table}${condition(statement.where, column)}${statement.forUpdate ? ' for update' : ''}`;
    case 'insert':
      return `insert into ${table} values (${statement.id}, ${statement.value})`;
    case 'update':
      return `update ${table} set ${column} = ${assigned(statement.set, column)}${condition(statement.where, column)}`;
    case 'delete':
      return `delete from ${table}${condition(statement.where, column)}`;
    default:
      return statement satisfies never;
  }
}

/** The statement in few letters, for an arrow. */
export const brief = (statement: Statement, names: Names): string =>
  sql(statement, names)
    .replace(/select (.*) for update/, 'lock $1')
    .replace('select', 'read')
    .replace(/update \w+ set \w+ =/, 'set')
    .replace(/ \* from \w+| from \w+| into \w+ values/, '')
    .replace(' where', '');

/** What came back, as it stands in transcripts: "1=10 2=20", "UPDATE 1", "COMMIT". */
export function answered({ tag, rows }: Answer): string {
  if (tag === 'SELECT') {
    const found = [...rows].sort((a, b) => a.id - b.id);
    return found.map(({ id, value }) => `${id}=${value}`).join(' ') || 'no rows';
  }
  return ['INSERT', 'UPDATE', 'DELETE'].includes(tag) ? `${tag} ${rows.length}` : tag;
}
