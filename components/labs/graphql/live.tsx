/** How a GraphQL request is written: with completion by the schema, variables, and the server's settings. */
import { type ReactNode, useState } from 'react';
import { onRunKey } from '@/components/editor/run-key';
import { TextEditor } from '@/components/editor/text-editor';
import type { GraphqlAbout, GraphqlInput, GraphqlOutput } from '@/lib/engines/graphql/types';
import type { EditorProps, LiveKind } from '../kind';
import { still } from './still';
import './graphql.css';

const DEPTH_MOST = 100;
const COST_MOST = 1_000_000;

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
      <TextEditor
        id={id}
        label="Query"
        text={input.query}
        load={async () => (await import('./language')).languageOf(about.sdl)}
        onChange={(query) => change({ query })}
        onRun={onRun}
      />
      <label className="gql-field" htmlFor={`${id}-variables`}>
        <span className="fig-label">Variables, a JSON object</span>
        <textarea
          id={`${id}-variables`}
          data-keys="text"
          rows={2}
          spellCheck={false}
          value={input.variables}
          onChange={({ target }) => change({ variables: target.value })}
          onKeyDown={onRunKey(onRun)}
        />
      </label>
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
