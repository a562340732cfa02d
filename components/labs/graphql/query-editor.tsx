/** The editor of a query, which knows the schema: it completes fields, and marks what does not fit. */
import { autocompletion } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { graphql } from 'cm6-graphql';
import { buildSchema } from 'graphql';
import { type ReactNode, useEffect, useRef } from 'react';
import { CodeEditor, type CodeEditorHandle } from '@/components/editor/editor';

/** Made once for each schema: an editor is made anew when its language is another. */
const languages = new Map<string, Extension>();
function languageOf(sdl: string): Extension {
  const found = languages.get(sdl) ?? [
    graphql(buildSchema(sdl)),
    autocompletion({ icons: false }),
    COMPLETIONS,
  ];
  languages.set(sdl, found);
  return found;
}

const COMPLETIONS = EditorView.theme({
  '.cm-tooltip-autocomplete > ul > li': { fontFamily: 'var(--font-code)', padding: '2px 6px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-completionInfo': { fontFamily: 'var(--font-ui)', padding: '4px 8px' },
});

export function QueryEditor({
  sdl,
  text,
  onChange,
  onRun,
}: {
  readonly sdl: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}): ReactNode {
  const editor = useRef<CodeEditorHandle>(null);
  // Whoever asks to edit means the query, and it may have come after the fields below it.
  useEffect(() => editor.current?.goTo(1), []);
  return (
    <CodeEditor
      ref={editor}
      label="Query"
      text={text}
      language={languageOf(sdl)}
      problem={null}
      onChange={onChange}
      onRun={onRun}
    />
  );
}
