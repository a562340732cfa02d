/**
 * A field for a text in some language, which becomes an editor of code once that has come: nobody
 * waits to write, and without a connection the field stays.
 */
import type { Extension } from '@codemirror/state';
import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react';
import type { CodeEditorProps } from './editor';
import { onRunKey } from './run-key';

interface Loaded {
  readonly CodeEditor: ComponentType<CodeEditorProps>;
  readonly language: Extension;
  /** Where the cursor stood in the field, if the reader was in it. */
  readonly cursor: number | null;
}

export function TextEditor({
  id,
  label,
  text,
  load,
  onChange,
  onRun,
}: {
  readonly id: string;
  /** Its accessible name. */
  readonly label: string;
  readonly text: string;
  /** The language; asked for once. */
  readonly load: () => Promise<Extension>;
  readonly onChange: (text: string) => void;
  /** What Ctrl-Enter (on a Mac ⌘-Enter) does. */
  readonly onRun: () => void;
}): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const first = useRef(load);
  useEffect(() => {
    let isWanted = true;
    Promise.all([import('./editor'), first.current()]).then(
      ([{ CodeEditor }, language]) => {
        if (!isWanted) return;
        const { current } = field;
        const cursor =
          current !== null && document.activeElement === current ? current.selectionEnd : null;
        setLoaded({ CodeEditor, language, cursor });
      },
      // It is a comfort: the field does all that is needed.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, []);
  if (loaded) {
    const { CodeEditor, language, cursor } = loaded;
    return <CodeEditor {...{ label, text, language, cursor, onChange, onRun }} />;
  }
  return (
    <textarea
      ref={field}
      id={id}
      className="text-editor"
      aria-label={label}
      value={text}
      rows={Math.min(16, text.split('\n').length + 1)}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      data-keys="text"
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onRunKey(onRun)}
    />
  );
}
