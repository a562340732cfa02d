/** What the page and the worker that searches say to each other. */
import type { PageTitles } from './documents';
import type { Answer } from './search';

export type ToSearchWorker =
  /** First: where the titles lie, and what the page adds to them (its commands). */
  | {
      readonly kind: 'open';
      readonly titlesUrl: string;
      /** Path under which the site lies; goes before the addresses that the titles name. */
      readonly basePath: string;
      readonly commands: readonly PageTitles[];
    }
  /** `id` grows with each keystroke; an answer to an older one is dropped by the page. */
  | { readonly kind: 'query'; readonly id: number; readonly query: string };

/** How much is searched yet. */
interface Progress {
  /** False while texts are on their way; the query is answered again as they come. */
  readonly isComplete: boolean;
  /** Files of texts that could not be read; titles are found all the same. */
  readonly missing: number;
}

export type FromSearchWorker =
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly query: string;
      readonly answer: Answer;
      readonly progress: Progress;
    }
  /** The titles could not be read; says what was tried. */
  | { readonly kind: 'failed'; readonly message: string };
