/** What the bundler's loader calls, in a process of the bundler's own. */
import { type CompiledGuide, compileGuide } from './compile';
import { diskSimulations, recordFile } from './disk-simulations';
import { slugOf } from './parse';
import { ContentError } from './problem';

export interface LoadedGuide {
  readonly code: string | undefined;
  /** Files whose change makes the code stale, from the root of the repository. */
  readonly dependencies: readonly string[];
  /** Set if the guide cannot be shown; its message has all problems, one a line. */
  readonly error: ContentError | undefined;
}

export async function loadGuideSource(
  root: string,
  file: string,
  source: string,
): Promise<LoadedGuide> {
  const disk = diskSimulations(root);
  const asked = new Set<string>();
  const simulations = {
    ...disk,
    find: (id: string) => {
      const record = disk.find(id);
      if (record !== undefined) asked.add(id);
      return record;
    },
  };
  let compiled: CompiledGuide | undefined;
  let failure: ContentError | undefined;
  try {
    compiled = await compileGuide({ file, slug: slugOf(file), source }, simulations);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    failure = error;
  }
  return {
    code: compiled?.code,
    dependencies: [...[...asked].map(recordFile), ...(compiled?.sources ?? [])],
    error: failure,
  };
}
