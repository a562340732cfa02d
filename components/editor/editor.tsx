/** An editor for one text. Another text is another editor: give it a key. */
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { createEditor, type Editor, type Problem } from './code-mirror';

export interface CodeEditorHandle {
  readonly goTo: (line: number) => void;
}

export function CodeEditor({
  label,
  text,
  original,
  isReadOnly,
  problem,
  onChange,
  ref,
}: {
  /** Its accessible name. */
  readonly label: string;
  readonly text: string;
  /** The text to show the difference from; null to show none. */
  readonly original: string | null;
  readonly isReadOnly: boolean;
  readonly problem: Problem | null;
  readonly onChange: (text: string) => void;
  readonly ref?: Ref<CodeEditorHandle>;
}): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const first = useRef(text);

  useEffect(() => {
    if (!host.current) return;
    const made = createEditor({
      host: host.current,
      text: first.current,
      label,
      isReadOnly,
      onChange: (next) => changed.current(next),
    });
    editor.current = made;
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, [label, isReadOnly]);
  useEffect(() => editor.current?.setText(text), [text]);
  useEffect(() => editor.current?.compareWith(original), [original]);
  useEffect(() => editor.current?.mark(problem), [problem]);
  useImperativeHandle(ref, () => ({ goTo: (line) => editor.current?.goTo(line) }), []);

  // Its keys are those of a text, and none of the figure's.
  return <div ref={host} className="code-editor" data-keys="text" />;
}
