/**
 * What a lab is: a real engine in the page (PostgreSQL, graphql-js, a router …), opened with what the
 * lab gives it, and steps to take with it. A simulation is a model of ours and is held to theory; a
 * lab runs the thing itself, and is shown with the version that ran.
 */

/** What a lab shows without a program, and what a reader begins with: one input and what to see in it. */
export interface Step<Input, Output> {
  /** Unique in the lab; part of the ids of the page's elements. */
  readonly id: string;
  /** What is done, in a few words: "Update the row twice". */
  readonly title: string;
  /** What to look at in the answer, one or two sentences. */
  readonly says: string;
  readonly input: Input;
  /**
   * What `says` claims of the answer, held to whenever the transcript is made: a sentence of what must
   * be, and whether it is. A lab whose words are not true of its engine stops the build.
   */
  readonly expects: readonly Expectation<Output>[];
}

interface Expectation<Output> {
  /** What must hold, as a sentence without a full stop: "the plan reads the index". */
  readonly what: string;
  readonly holds: (output: Output) => boolean;
}

/** A lab as its folder declares it (`lib/labs/<category>/<id>/lab.ts`). */
export interface Lab<Kind extends string, Setup, Input, Output> {
  readonly kind: Kind;
  readonly title: string;
  /** What the reader finds out here, one sentence that ends in a question mark. */
  readonly question: string;
  /** What the engine is opened with: schema and rows, routes, keys … */
  readonly setup: Setup;
  /** At least one; each is run after those before it, on the same engine. */
  readonly steps: readonly [Step<Input, Output>, ...Step<Input, Output>[]];
  /** How it differs from what runs in production, one sentence each. */
  readonly differences: readonly string[];
}

/** How far the opening of an engine has come. */
export interface Progress {
  /** What is being done: "Fetching PostgreSQL". */
  readonly label: string;
  /** 0 to 1; absent where nobody knows. */
  readonly share?: number;
}

/**
 * A running engine. Input and output are JSON, since they cross from a worker and are kept in the page.
 * What the real thing answers to bad input (an SQL error, a 404, an invalid token) is output; an
 * exception means that the engine itself failed.
 */
export interface Engine<Input, Output, About> {
  /** Names and versions of what runs: "PostgreSQL 18.6 (PGlite 0.5.16)". */
  readonly version: string;
  /** What the page must know of the setup to help the reader: tables, routes, a schema. */
  readonly about: About;
  readonly run: (input: Input) => Promise<Output>;
}

/** Where an engine finds the files that it fetches beside its script. */
export interface Surroundings {
  /** Address of a file of the engine, by its name in `assets` of the kind. */
  readonly addressOf: (asset: string) => string;
  readonly progress: (progress: Progress) => void;
}

/** Opens an engine, in a page's worker or in Node alike. */
export type OpenEngine<Setup, Input, Output, About> = (
  setup: Setup,
  surroundings: Surroundings,
) => Promise<Engine<Input, Output, About>>;

/** What was asked and what came, in order: a lab as it stands on paper. */
export interface Transcript<Output, About> {
  readonly version: string;
  readonly about: About;
  /** One for each step. */
  readonly outputs: readonly Output[];
}
