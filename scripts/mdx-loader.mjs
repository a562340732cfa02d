/**
 * Turbopack's loader for guides: hands the text to lib/content/compile.ts and tells the bundler
 * which generated files the result depends on, so that a change of a simulation reaches the page.
 */
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Loaded once in a process: the compiler and its grammars take longer than a guide does. */
let pipeline;

function load() {
  pipeline ??= tsImport('../lib/content/load-guide.ts', import.meta.url);
  return pipeline;
}

/** @this {{ async: () => (error: Error | null, code?: string) => void, resourcePath: string, addDependency: (path: string) => void }} */
export default async function mdxLoader(source) {
  const done = this.async();
  try {
    const { loadGuideSource } = await load();
    const file = relative(root, this.resourcePath).split(sep).join('/');
    const { code, dependencies, error } = await loadGuideSource(root, file, source);
    // Declared even where the guide fails: the mistake may be put right in one of them.
    for (const path of dependencies) this.addDependency(join(root, path));
    if (error) throw error;
    done(null, code);
  } catch (error) {
    done(error);
  }
}
