/** GraphQL in the editor, which knows the schema: it completes fields, and marks what does not fit. */
import { autocompletion } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { graphql } from 'cm6-graphql';
import { buildSchema } from 'graphql';

export function languageOf(sdl: string): Extension {
  return [graphql(buildSchema(sdl)), autocompletion({ icons: false }), COMPLETIONS];
}

const COMPLETIONS = EditorView.theme({
  '.cm-tooltip-autocomplete > ul > li': { fontFamily: 'var(--font-code)', padding: '2px 6px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-completionInfo': { fontFamily: 'var(--font-ui)', padding: '4px 8px' },
});
