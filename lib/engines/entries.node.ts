/** Finds all labs by their folders; for tests and the build, in Node alone. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where labs live: `<category>/<id>/lab.ts`. */
const LABS_FOLDER = fileURLToPath(new URL('../labs', import.meta.url));

export interface LabFolder {
  readonly id: string;
  readonly category: string;
  /** Absolute path of the folder. */
  readonly path: string;
}

/** All folders that hold a lab, by category and id. */
export function labFolders(parent = LABS_FOLDER): LabFolder[] {
  const folders = (path: string): string[] =>
    existsSync(path)
      ? readdirSync(path, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => entry.name)
          .sort()
      : [];
  return folders(parent).flatMap((category) =>
    folders(join(parent, category))
      .map((id) => ({ id, category, path: join(parent, category, id) }))
      .filter(({ path }) => existsSync(join(path, 'lab.ts'))),
  );
}
