/**
 * CodeMirror as this site has it: a language in the colours of the page, a diff against another text,
 * marks at lines with problems. It lives in a shadow root, where its styles are sheets and no elements,
 * which the policy of a page would not admit.
 */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { unifiedMergeView } from '@codemirror/merge';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

export interface Problem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

export interface Editor {
  /** The text is shown as a change of this one; null for as it is. */
  readonly compareWith: (original: string | null) => void;
  /** Puts another text in, unless it is there already; can be undone. */
  readonly setText: (text: string) => void;
  readonly mark: (problem: Problem | null) => void;
  /** Moves to the line, with the focus. */
  readonly goTo: (line: number) => void;
  /** Takes the focus, with the cursor at the offset. */
  readonly focusAt: (offset: number) => void;
  readonly destroy: () => void;
}

interface EditorOptions {
  /** Element whose shadow root it lives in. */
  readonly host: HTMLElement;
  readonly text: string;
  readonly label: string;
  /** The language of the text: how it is read, indented and completed. */
  readonly language: Extension;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
  /** What Ctrl-Enter (on a Mac ⌘-Enter) does; null for what it does in any text, a new line. */
  readonly onRun: (() => void) | null;
}

export function createEditor({
  host,
  text,
  label,
  language,
  isReadOnly,
  onChange,
  onRun,
}: EditorOptions): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const comparison = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        language,
        INDENTATION,
        syntaxHighlighting(COLOURS),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        indentOnInput(),
        lintGutter(),
        // Escape first, and Tab leaves the editor: CodeMirror sees to that, and the panel says so.
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        onRun ? runsBy(onRun) : [],
        isReadOnly ? READ_ONLY : [highlightActiveLine(), highlightActiveLineGutter()],
        // The index is what it has anyway, said for tools that look for it.
        EditorView.contentAttributes.of({
          'aria-label': label,
          spellcheck: 'false',
          tabindex: '0',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        THEME,
        comparison.of([]),
      ],
    }),
  });
  return {
    compareWith: (original) =>
      view.dispatch({
        effects: comparison.reconfigure(
          original === null
            ? []
            : unifiedMergeView({
                original,
                mergeControls: false,
                collapseUnchanged: { margin: 3, minSize: 6 },
              }),
        ),
      }),
    setText: (next) => {
      if (view.state.doc.toString() !== next)
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    mark: (problem) => {
      const { doc } = view.state;
      const line =
        problem && problem.line >= 1 && problem.line <= doc.lines ? doc.line(problem.line) : null;
      const from = line
        ? Math.min(line.to, line.from + Math.max(0, (problem?.column ?? 1) - 1))
        : 0;
      view.dispatch(
        setDiagnostics(
          view.state,
          problem && line
            ? [{ from, to: line.to, severity: 'error', message: problem.message }]
            : [],
        ),
      );
    },
    goTo: (line) => {
      const { doc } = view.state;
      const { from } = doc.line(Math.min(Math.max(1, line), doc.lines));
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    focusAt: (offset) => {
      view.dispatch({ selection: { anchor: Math.min(offset, view.state.doc.length) } });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

const runsBy = (run: () => void): Extension =>
  Prec.high(
    keymap.of([
      {
        key: 'Mod-Enter',
        run: () => {
          run();
          return true;
        },
      },
    ]),
  );

const INDENTATION: Extension = [indentUnit.of('  '), EditorState.tabSize.of(2)];

const COLOURS = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.definitionKeyword],
    color: 'var(--code-keyword)',
  },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--code-constant)' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.typeName],
    color: 'var(--code-function)',
  },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.operator], color: 'var(--code-punctuation)' },
]);

/** Can be read, selected and copied, with the keys as well. */
const READ_ONLY: Extension = [EditorState.readOnly.of(true)];

/** The faintest words of code are made for plain paper. */
const ON_TINT = { '--code-comment': 'var(--ink-soft)', '--code-punctuation': 'var(--ink-soft)' };

const THEME = EditorView.theme({
  '&': {
    color: 'var(--code-ink)',
    backgroundColor: 'var(--paper-raised)',
    fontSize: '0.8125rem',
    maxHeight: 'min(28rem, 70vh)',
    border: '1px solid var(--rule-strong)',
    borderRadius: '2px',
  },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-scroller': {
    fontFamily: 'var(--font-code)',
    lineHeight: '1.6',
    overscrollBehaviorX: 'contain',
  },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0.5rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--paper-raised)',
    color: 'var(--ink-faint)',
    border: 'none',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--ink) 5%, transparent)',
  },
  '&.cm-focused .cm-selectionLayer .cm-selectionBackground, .cm-selectionLayer .cm-selectionBackground':
    { background: 'var(--selection)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--rule-strong)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    border: '1px solid var(--rule-strong)',
    maxWidth: 'min(30rem, 90vw)',
  },
  // Names that a language offers while one writes.
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-code)',
    fontSize: '0.8125rem',
    maxHeight: '12rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.125rem 0.5rem' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--selection)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { color: 'var(--ink-soft)', fontStyle: 'normal' },
  '.cm-diagnostic': { fontFamily: 'var(--font-ui)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--outcome-rejected)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--outcome-rejected)',
    textUnderlineOffset: '3px',
  },
  // The signs that stand there by default are in few fonts.
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '"⋯"' },
  '.cm-collapsedLines': {
    color: 'var(--ink-soft)',
    background: 'var(--paper)',
    borderBlock: '1px solid var(--rule)',
    fontFamily: 'var(--font-ui)',
  },
  // Tints are light and what was changed is underlined, so that every word can be read on them.
  '&.cm-merge-b .cm-changedLine, .cm-changedLine': {
    ...ON_TINT,
    backgroundColor: 'color-mix(in srgb, var(--outcome-accepted) 8%, transparent)',
  },
  '&.cm-merge-b .cm-changedText, .cm-changedText': {
    background: 'none',
    textDecoration: 'underline 2px var(--outcome-accepted)',
    textUnderlineOffset: '3px',
  },
  '.cm-deletedChunk': {
    ...ON_TINT,
    backgroundColor: 'color-mix(in srgb, var(--outcome-rejected) 8%, transparent)',
    paddingInline: '6px',
  },
  '.cm-deletedChunk .cm-deletedText': {
    background: 'none',
    textDecoration: 'underline 2px var(--outcome-rejected)',
    textUnderlineOffset: '3px',
  },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--outcome-accepted)' },
  '.cm-deletedLineGutter': { background: 'var(--outcome-rejected)' },
});
