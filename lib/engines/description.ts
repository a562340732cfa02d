/** A lab as the page knows it: all that is declared and recorded, without the engine. */
import type { Step, Transcript } from './lab';

export type DescribedStep<Input> = Omit<Step<Input, never>, 'expects'>;

export interface LabDescription<Input = unknown, Output = unknown, About = unknown> {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly question: string;
  readonly differences: readonly string[];
  readonly steps: readonly DescribedStep<Input>[];
  /** Made in the build; it stands where the reader has run nothing yet. */
  readonly transcript: Transcript<Output, About>;
  /** Files of the engine beside its script: name → address from the root of the site. */
  readonly assets: Readonly<Record<string, string>>;
  /** What a browser fetches to open the engine, script and files together, bytes after gzip. */
  readonly downloadBytes: number;
}

/** Address of the description beside the script "/engines/<kind>/<id>.<hash>.js". */
export function labDescriptionAddress(bundle: string): string {
  return bundle.replace(/\.js$/, '.json');
}
