/** For tests: models linked as the reader's worker links them, in this process. */
import { type Factory, link } from './link';
import type { Module } from './protocol';
import type { Interface } from './shape';

/** @returns what the modules give by the name of the variant, held to its interface */
export function linked(
  variant: string,
  modules: readonly Module[],
  held: Interface,
): ReturnType<typeof link> {
  const factories = Object.fromEntries(
    modules.map(({ file, code }) => [file, new Function('exports', 'require', code) as Factory]),
  );
  return link({ variant, factories, interface: held });
}
