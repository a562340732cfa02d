import { jsonText } from './json-text';
import { reasonPhrase } from './status';

interface ProblemMembers {
  /** What went wrong this time, and what the client can do. */
  readonly detail: string;
  /** Address that names this type of problem; without it the status says what there is to know. */
  readonly type?: string;
  /** The same for every problem of its type; by default the phrase of the status. */
  readonly title?: string;
  /** Members that the type defines besides (RFC 9457 section 3.2). */
  readonly [extension: string]: unknown;
}

/** Ends a request with problem details (RFC 9457), from wherever it is thrown. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** 400 to 599. */
    readonly status: number,
    readonly members: ProblemMembers,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(members.detail);
  }

  response(): Response {
    const { detail, type, title, ...extensions } = this.members;
    const details = {
      ...(type === undefined ? {} : { type }),
      title: title ?? reasonPhrase(this.status),
      status: this.status,
      detail,
      ...extensions,
    };
    return new Response(jsonText(details), {
      status: this.status,
      headers: { ...this.headers, 'Content-Type': 'application/problem+json' },
    });
  }
}
