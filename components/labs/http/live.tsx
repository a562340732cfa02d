/** The editor of a request; its exchange can be taken along as a command for curl. */
import './live.css';
import { type ReactNode, useState } from 'react';
import { onRunKey } from '@/components/editor/run-key';
import type { EditorProps, LiveKind } from '@/components/labs/kind';
import type { HttpAbout, HttpInput, HttpOutput } from '@/lib/engines/http/types';
import { readInput } from './read-input';
import { Exchange } from './still';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export const live: LiveKind<HttpInput, HttpOutput, HttpAbout> = {
  name: 'the service',
  Editor,
  Exchange: (props) => (
    <Exchange {...props} copy={(command) => <CopyCommand command={command} />} />
  ),
  readInput,
  deadline: { ms: 10_000, of: 'a run' },
};

function Editor({
  id,
  input,
  about,
  onChange,
  onRun,
}: EditorProps<HttpInput, HttpAbout>): ReactNode {
  const change = (changed: Partial<HttpInput>): void => onChange({ ...input, ...changed });
  const { routes } = about;
  const known = [...new Set([...METHODS, ...routes.flatMap(({ methods }) => methods)])];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields in it
    <div className="http-editor" onKeyDown={onRunKey(onRun)}>
      <label>
        Method
        <input
          list={`${id}-methods`}
          value={input.method}
          maxLength={40}
          {...LITERAL}
          onChange={(event) => change({ method: event.target.value })}
        />
      </label>
      <datalist id={`${id}-methods`}>
        {known.map((method) => (
          <option key={method} value={method} />
        ))}
      </datalist>
      <label>
        Target
        <input
          value={input.target}
          maxLength={4000}
          aria-describedby={`${id}-routes`}
          {...LITERAL}
          onChange={(event) => change({ target: event.target.value })}
        />
      </label>
      <p id={`${id}-routes`} className="http-routes">
        {about.origin} answers to{' '}
        {routes.map(({ pattern, methods }, index) => (
          <span key={pattern}>
            {index > 0 && '; '}
            <code>{pattern}</code> ({methods.join(', ')})
          </span>
        ))}
        .
      </p>
      <label>
        Headers, one a line
        <textarea
          rows={rowsOf(input.headers, 2)}
          value={input.headers}
          maxLength={20_000}
          {...LITERAL}
          onChange={(event) => change({ headers: event.target.value })}
        />
      </label>
      <label>
        Body
        <textarea
          rows={rowsOf(input.body, 2)}
          value={input.body}
          maxLength={200_000}
          {...LITERAL}
          onChange={(event) => change({ body: event.target.value })}
        />
      </label>
    </div>
  );
}

/** What is typed is sent as it is typed. */
const LITERAL = { autoCapitalize: 'off', autoComplete: 'off', spellCheck: false } as const;

function rowsOf(text: string, least: number): number {
  return Math.min(12, Math.max(least, text.split('\n').length));
}

function CopyCommand({ command }: { readonly command: string }): ReactNode {
  const [said, setSaid] = useState('Copy');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(command);
      setSaid('Copied');
    } catch {
      // The browser refused (no permission, no secure context); the text can still be selected.
      setSaid('Select and copy by hand');
    }
  };
  return (
    <button type="button" className="fig-text-button" onClick={() => void copy()}>
      {said}
      <span className="sr-only" role="status">
        {said === 'Copy' ? ' the command' : ''}
      </span>
    </button>
  );
}
