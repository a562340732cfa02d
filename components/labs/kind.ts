/**
 * What a kind of lab brings to the page. The frame around it (steps, running, cancelling, what is kept)
 * is the same for all (`notebook.tsx`); a kind says how a question is written and how an answer looks.
 */
import type { FunctionComponent } from 'react';

export interface EditorProps<Input, About> {
  /** Prefix for the ids of its elements, unique on the page. */
  readonly id: string;
  readonly input: Input;
  /** What the engine said of itself when the transcript was made. */
  readonly about: About;
  readonly onChange: (input: Input) => void;
  /** Runs what is written, as Ctrl-Enter (on a Mac ⌘-Enter) in an editor of text should. */
  readonly onRun: () => void;
}

export interface AskedProps<Input, About> {
  readonly input: Input;
  readonly about: About;
}

export interface ExchangeProps<Input, Output, About> {
  /** Prefix for the ids of its elements, unique on the page. */
  readonly id: string;
  /** What was asked, which may not be what stands in the editor by now. */
  readonly input: Input;
  readonly output: Output;
  readonly about: About;
}

/** What is drawn in the build as well, for those without scripts: pure, no state, no effect. */
export interface StillKind<Input, Output, About> {
  /** The question as one reads it. */
  readonly Asked: FunctionComponent<AskedProps<Input, About>>;
  /** The answer. What needs a choice of the reader is a `details` element, so that it works in a still. */
  readonly Exchange: FunctionComponent<ExchangeProps<Input, Output, About>>;
}

/** What is fetched when a reader begins to use a lab. */
export interface LiveKind<Input, Output, About> {
  /** The engine in a sentence: "PostgreSQL", "the server". */
  readonly name: string;
  readonly Editor: FunctionComponent<EditorProps<Input, About>>;
  readonly Exchange: FunctionComponent<ExchangeProps<Input, Output, About>>;
  /** What was kept in the browser as an input; null if it is none (kept by an older version, or damaged). */
  readonly readInput: (kept: unknown) => Input | null;
  readonly deadline: Deadline;
}

/** What takes longer is ended with its worker, and the engine is opened anew. */
export interface Deadline {
  readonly ms: number;
  /** What it is the longest for: "a run", or what an engine announces by its progress in one. */
  readonly of: string;
}
