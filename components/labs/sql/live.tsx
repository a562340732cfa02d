/** The editor of SQL; its answers are those of the still, with pages whose cells may be chosen. */
import './live.css';
import type { ReactNode } from 'react';
import { TextEditor } from '@/components/editor/text-editor';
import type { About, Input, Output } from '@/lib/engines/sql/types';
import type { EditorProps, LiveKind } from '../kind';
import { Answer } from './answer';

export const live: LiveKind<Input, Output, About> = {
  name: 'PostgreSQL',
  Editor,
  Exchange: (props) => <Answer {...props} live />,
  readInput,
  deadline: { ms: 10_000, of: 'a statement' },
};

function Editor({ id, input, about, onChange, onRun }: EditorProps<Input, About>): ReactNode {
  const { tables } = about;
  return (
    <>
      <TextEditor
        id={id}
        label="SQL"
        text={input.sql}
        load={async () => (await import('./language')).languageOf(tables)}
        onChange={(sql) => onChange({ sql })}
        onRun={onRun}
      />
      <p className="sql-hint">
        Ctrl-Enter (on a Mac ⌘-Enter) runs it.
        {tables.length > 0 && ' Tables at the start: '}
        {tables.map(({ name, columns }, i) => (
          <span key={name}>
            {i > 0 && '; '}
            <code>
              {name}({columns.map((column) => column.name).join(', ')})
            </code>
          </span>
        ))}
      </p>
    </>
  );
}

function readInput(kept: unknown): Input | null {
  if (typeof kept !== 'object' || kept === null || !('sql' in kept)) return null;
  return typeof kept.sql === 'string' ? { sql: kept.sql } : null;
}
