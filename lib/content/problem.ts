/**
 * A problem found in content: where it is, what should hold and what came, and what to do. Checks
 * collect problems instead of throwing, so that an author sees all of them at once.
 */

/** A place in a file; line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Problem extends Place {
  /** Path from the root of the repository, with forward slashes. */
  readonly file: string;
  /** What should hold and what came, without a full stop. */
  readonly message: string;
  /** What to do, an imperative sentence without a full stop. */
  readonly remedy: string;
}

/** As a compiler would print it: `content/a/b.mdx:12:3 message. remedy.` */
export function formatProblem({ file, line, column, message, remedy }: Problem): string {
  return `${file}:${line}:${column} ${sentence(message)} ${sentence(remedy)}`;
}

/** In the order in which one reads files. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

/** Thrown where problems must stop what is going on: the MDX loader, the build. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(sortProblems(problems).map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** The start of a node; the first character of the file if the node was made and not written. */
export function placeOf(node: {
  readonly type: string;
  readonly position?: { readonly start: Place } | undefined;
}): Place {
  const start = node.position?.start;
  return { line: start?.line ?? 1, column: start?.column ?? 1 };
}

function sentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
