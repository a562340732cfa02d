/** How a GraphQL request is written: with completion by the schema, variables, and the server's settings. */
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import type { GraphqlAbout, GraphqlInput, GraphqlOutput } from '@/lib/engines/graphql/types';
import type { EditorProps, LiveKind } from '../kind';
import { still } from './still';
import './graphql.css';

const DEPTH_MOST = 100;
const COST_MOST = 1_000_000;

/** Fetched with the first wish to edit; where that fails, a plain field does. */
const QueryEditor = lazy(() =>
  import('./query-editor').then(
    ({ QueryEditor: Fetched }) => ({ default: Fetched }),
    () => ({ default: PlainQuery }),
  ),
);

function PlainQuery({
  text,
  onChange,
  onRun,
}: {
  readonly sdl: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}): ReactNode {
  const label = 'Query (without completion: its program could not be loaded)';
  return <TextField id={useId()} {...{ label, rows: 12, text, onChange, onRun }} />;
}

function TextField({
  id,
  label,
  rows,
  text,
  onChange,
  onRun,
}: {
  readonly id: string;
  readonly label: string;
  readonly rows: number;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}): ReactNode {
  return (
    <label className="gql-field" htmlFor={id}>
      <span className="fig-label">{label}</span>
      <textarea
        id={id}
        data-keys="text"
        rows={rows}
        spellCheck={false}
        value={text}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onRun();
        }}
      />
    </label>
  );
}

function Editor({
  id,
  input,
  about,
  onChange,
  onRun,
}: EditorProps<GraphqlInput, GraphqlAbout>): ReactNode {
  const change = (changed: Partial<GraphqlInput>): void => onChange({ ...input, ...changed });
  return (
    <div className="gql-editor">
      <Suspense fallback={<p className="gql-settings">Fetching the editor …</p>}>
        <QueryEditor
          sdl={about.sdl}
          text={input.query}
          onChange={(query) => change({ query })}
          onRun={onRun}
        />
      </Suspense>
      <TextField
        id={`${id}-variables`}
        label="Variables, a JSON object"
        rows={2}
        text={input.variables}
        onChange={(variables) => change({ variables })}
        onRun={onRun}
      />
      <div className="gql-fields">
        <label className="fig-option">
          <input
            type="checkbox"
            data-keys="button"
            checked={input.batching}
            onChange={({ target }) => change({ batching: target.checked })}
          />
          <span>Through DataLoader</span>
        </label>
        <Limit
          label="Maximum depth"
          value={input.depthMax}
          most={DEPTH_MOST}
          onValue={(depthMax) => change({ depthMax })}
        />
        <Limit
          label="Maximum cost"
          value={input.costMax}
          most={COST_MOST}
          onValue={(costMax) => change({ costMax })}
        />
      </div>
      <details className="fig-details">
        <summary>Schema</summary>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls */}
        <pre
          className="lab-code"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          role="group"
          aria-label="Schema"
        >
          {about.sdl}
        </pre>
      </details>
    </div>
  );
}

/** A whole number from 1; what is no such number stays while it is typed, and counts for nothing. */
function Limit({
  label,
  value,
  most,
  onValue,
}: {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly onValue: (value: number) => void;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <label className="gql-limit">
      <span>{label}</span>
      <input
        type="number"
        data-keys="text"
        inputMode="numeric"
        min={1}
        max={most}
        value={draft ?? value}
        aria-invalid={draft !== null && !isLimit(Number(draft), most)}
        onChange={({ target }) => {
          setDraft(target.value);
          const number = Number(target.value);
          if (isLimit(number, most)) onValue(number);
        }}
        onBlur={() => setDraft(null)}
      />
    </label>
  );
}

const isLimit = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

export const live: LiveKind<GraphqlInput, GraphqlOutput, GraphqlAbout> = {
  name: 'the GraphQL server',
  Editor,
  Exchange: still.Exchange,
  readInput: (kept) => {
    if (typeof kept !== 'object' || kept === null) return null;
    const { query, variables, batching, depthMax, costMax } = kept as Readonly<
      Record<string, unknown>
    >;
    return typeof query === 'string' &&
      typeof variables === 'string' &&
      typeof batching === 'boolean' &&
      isLimit(depthMax, DEPTH_MOST) &&
      isLimit(costMax, COST_MOST)
      ? { query, variables, batching, depthMax, costMax }
      : null;
  },
  deadline: { ms: 10_000, of: 'a run' },
};
