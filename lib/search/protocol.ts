/** What the page and the worker that searches say to each other. */
import type { Answer } from './search';

export type ToSearchWorker =
  /** First: where the documents lie. */
  | { readonly kind: 'open'; readonly titlesUrl: string; readonly bodiesUrl: string }
  /** `id` grows with each keystroke; an answer to an older one is dropped by the page. */
  | { readonly kind: 'query'; readonly id: number; readonly query: string };

export type FromSearchWorker =
  /** `complete` is false while only titles are searched; the query is answered again after that. */
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly query: string;
      readonly answer: Answer;
      readonly complete: boolean;
    }
  /** The documents could not be read; says what was tried. */
  | { readonly kind: 'failed'; readonly message: string };
