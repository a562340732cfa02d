/** An editor for one text. Another text is another editor: give it a key. */
import type { Extension } from '@codemirror/state';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { createEditor, type Editor, type Problem } from './code-mirror';

export interface CodeEditorHandle {
  readonly goTo: (line: number) => void;
}

export interface CodeEditorProps {
  /** Its accessible name. */
  readonly label: string;
  readonly text: string;
  /** How the text is read, indented and completed. The same value as long as it is the same language. */
  readonly language: Extension;
  /** The text to show the difference from; null to show none. */
  readonly original?: string | null;
  readonly isReadOnly?: boolean;
  readonly problem?: Problem | null;
  /** It takes the focus when it appears, with the cursor at this offset; null to leave the focus alone. */
  readonly cursor?: number | null;
  readonly onChange: (text: string) => void;
  /** What Ctrl-Enter (on a Mac ⌘-Enter) does, given or not for as long as the editor lives. */
  readonly onRun?: () => void;
  readonly ref?: Ref<CodeEditorHandle>;
}

export function CodeEditor({
  label,
  text,
  language,
  original = null,
  isReadOnly = false,
  problem = null,
  cursor = null,
  onChange,
  onRun,
  ref,
}: CodeEditorProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const begins = useRef(cursor);
  const ran = useRef(onRun);
  ran.current = onRun;
  const shown = useRef(text);
  shown.current = text;

  useEffect(() => {
    if (!host.current) return;
    const made = createEditor({
      host: host.current,
      text: shown.current,
      label,
      language,
      isReadOnly,
      onChange: (next) => changed.current(next),
      onRun: ran.current ? () => ran.current?.() : null,
    });
    editor.current = made;
    if (begins.current !== null) made.focusAt(begins.current);
    begins.current = null;
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, [label, language, isReadOnly]);
  useEffect(() => editor.current?.setText(text), [text]);
  useEffect(() => editor.current?.compareWith(original), [original]);
  useEffect(() => editor.current?.mark(problem), [problem]);
  useImperativeHandle(ref, () => ({ goTo: (line) => editor.current?.goTo(line) }), []);

  // Its keys are those of a text, and none of the figure's.
  return <div ref={host} className="code-editor" data-keys="text" />;
}
