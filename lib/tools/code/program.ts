/** What the reader's edits come to: the files of one variant, theirs where they have changed them. */
import { compile } from './compile';
import type { CodeData, Module, Program } from './protocol';

/** File → text. */
export type Files = Readonly<Record<string, string>>;

/**
 * The model of a variant with these files in the place of ours.
 *
 * @throws CodeFailure at the first file that is not TypeScript
 */
export function programOf(data: CodeData, variant: string, edits: Files): Program {
  const held = data.interfaces[variant];
  if (!held) throw new Error(`Expected a variant with a model of its own, got "${variant}".`);
  return {
    variant,
    modules: modulesOf({ ...data.files, ...edits }, variant),
    interface: held,
  };
}

/** The file of the variant and the siblings that it needs when it runs, as they are met. */
export function modulesOf(files: Files, variant: string): Module[] {
  const modules: Module[] = [];
  const visit = (file: string): void => {
    const source = Object.hasOwn(files, file) ? files[file] : undefined;
    // A file that is not there is the linker's to name, with who asks for it.
    if (source === undefined || modules.some((known) => known.file === file)) return;
    const module = compile(file, source);
    modules.push(module);
    for (const [, sibling = ''] of module.code.matchAll(/\brequire\('\.\/([^']+)'\)/g))
      visit(sibling);
  };
  visit(variant);
  return modules;
}

/** Siblings that hold types alone: what a model of this variant is told and has to give. */
export function typesBeside(files: Files, running: readonly string[]): string[] {
  const found = running.flatMap((file) =>
    [...(files[file] ?? '').matchAll(/from '\.\/([^']+)'/g)].map(([, sibling = '']) => sibling),
  );
  return [...new Set(found)].filter(
    (file) => Object.hasOwn(files, file) && !running.includes(file),
  );
}
