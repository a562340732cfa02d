/** What a page and the worker of a lab say to each other. Runs are answered in the order they are asked. */
import type { Progress } from './lab';

export type ToLab<Input> =
  | {
      readonly type: 'open';
      /** Name of an asset → its address, absolute: a worker's own base is that of its script. */
      readonly assets: Readonly<Record<string, string>>;
    }
  | { readonly type: 'run'; readonly input: Input };

export type FromLab<Output> =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'opened'; readonly version: string }
  | { readonly type: 'answered'; readonly output: Output }
  /** The engine itself failed, in opening or running; the worker is of no use any more. */
  | { readonly type: 'failed'; readonly message: string };
