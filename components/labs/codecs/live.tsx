/** Objects and schemas, to be edited. */
import { type ReactNode, useId } from 'react';
import { onRunKey } from '@/components/editor/run-key';
import type {
  CodecsAbout,
  CodecsInput,
  CodecsOutput,
  CompareInput,
  EvolveInput,
  SchemaVersion,
} from '@/lib/engines/codecs/types';
import type { EditorProps, LiveKind } from '../kind';
import { still } from './still';
import './live.css';

/** As many versions as the engine takes. */
const VERSIONS_MAX = 6;

export const live: LiveKind<CodecsInput, CodecsOutput, CodecsAbout> = {
  name: 'the codecs',
  Editor,
  Exchange: still.Exchange,
  readInput,
  // Measuring speeds takes about two seconds, and longer where the clock is coarse.
  deadline: { ms: 30_000, of: 'a run' },
};

function Editor({ input, onChange, onRun }: EditorProps<CodecsInput, CodecsAbout>): ReactNode {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields in it, heard in one place.
    <div className="cd-editor" onKeyDown={onRunKey(onRun)}>
      {input.task === 'compare' ? (
        <CompareEditor input={input} onChange={onChange} />
      ) : (
        <EvolveEditor input={input} onChange={onChange} />
      )}
    </div>
  );
}

function CompareEditor({
  input,
  onChange,
}: {
  readonly input: CompareInput;
  readonly onChange: (input: CodecsInput) => void;
}): ReactNode {
  return (
    <>
      <div className="cd-asked">
        <Text
          label="The object, as JSON"
          text={input.json}
          onChange={(json) => onChange({ ...input, json })}
        />
        <Text
          label="Its schema, for Protobuf; the first message is the object"
          text={input.proto}
          onChange={(proto) => onChange({ ...input, proto })}
        />
      </div>
      <label className="cd-check">
        <input
          type="checkbox"
          checked={input.isTimed}
          onChange={({ target }) => onChange({ ...input, isTimed: target.checked })}
        />
        Measure the speed too, which takes some seconds
      </label>
    </>
  );
}

function EvolveEditor({
  input,
  onChange,
}: {
  readonly input: EvolveInput;
  readonly onChange: (input: CodecsInput) => void;
}): ReactNode {
  const { versions } = input;
  const change = (at: number, changed: Partial<SchemaVersion>): void =>
    onChange({
      ...input,
      versions: versions.map((version, i) => (i === at ? { ...version, ...changed } : version)),
    });
  const add = (): void => {
    const last = versions.at(-1);
    if (last)
      onChange({ ...input, versions: [...versions, { ...last, name: freeName(versions) }] });
  };
  return (
    <>
      <div className="cd-asked">
        {versions.map((version, at) => (
          // Versions have no identity but their place: two may have one name while it is typed.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells them apart.
          <fieldset key={at} className="cd-version">
            <legend className="cd-label">Version {at + 1}</legend>
            <label className="cd-name">
              <span className="cd-label">Name</span>
              <input
                className="fig-field"
                value={version.name}
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => change(at, { name: target.value })}
              />
            </label>
            <Text
              label="Schema; the first message is what is sent"
              text={version.proto}
              onChange={(proto) => change(at, { proto })}
            />
            <Text
              label="What it writes, as JSON"
              text={version.json}
              onChange={(json) => change(at, { json })}
            />
            {versions.length > 1 && (
              <button
                type="button"
                className="fig-text-button"
                onClick={() =>
                  onChange({ ...input, versions: versions.filter((_, i) => i !== at) })
                }
              >
                Remove<span className="sr-only"> version {at + 1}</span>
              </button>
            )}
          </fieldset>
        ))}
      </div>
      {versions.length < VERSIONS_MAX && (
        <button type="button" className="fig-text-button" onClick={add}>
          Add a version
        </button>
      )}
    </>
  );
}

/** "v3", or the next that no version has. */
function freeName(versions: readonly SchemaVersion[]): string {
  let number = versions.length + 1;
  while (versions.some(({ name }) => name === `v${number}`)) number++;
  return `v${number}`;
}

/** Lines of a field: as many as its text has, within reason. */
const LINES_MIN = 3;
const LINES_MAX = 20;

function Text({
  label,
  text,
  onChange,
}: {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div>
      <label className="cd-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="cd-field"
        rows={Math.min(LINES_MAX, Math.max(LINES_MIN, text.split('\n').length + 1))}
        value={text}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function readInput(kept: unknown): CodecsInput | null {
  if (!isRecord(kept)) return null;
  const { task, json, proto, isTimed, versions } = kept;
  if (task === 'compare' && typeof json === 'string' && typeof proto === 'string')
    return { task, json, proto, isTimed: isTimed === true };
  if (task !== 'evolve' || !Array.isArray(versions)) return null;
  const read = versions.slice(0, VERSIONS_MAX).map(readVersion);
  const whole = read.filter((version) => version !== null);
  return whole.length > 0 && whole.length === read.length ? { task, versions: whole } : null;
}

function readVersion(kept: unknown): SchemaVersion | null {
  if (!isRecord(kept)) return null;
  const { name, proto, json } = kept;
  return typeof name === 'string' && typeof proto === 'string' && typeof json === 'string'
    ? { name, proto, json }
    : null;
}
