/** In the reader's worker, before the simulation's script: puts the reader's files together. */
import { type Models, modelExport } from '../../simulation/models';
import type { Interface } from './shape';
import { hold } from './shape';

type Exports = Record<string, unknown>;
/** A file as the compiler leaves it. */
export type Factory = (exports: Exports, require: (specifier: string) => Exports) => void;

interface Linked {
  readonly variant: string;
  readonly factories: Readonly<Record<string, Factory>>;
  readonly interface: Interface;
}

/**
 * The model of the variant, held to its interface.
 *
 * @throws Error if the variant's file does not export it, or if a file asks for one that is not there
 */
export function link({ variant, factories, interface: held }: Linked): Models {
  const loaded = new Map<string, Exports>();
  const load = (specifier: string, by: string): Exports => {
    const file = specifier.replace(/^\.\//, '');
    const known = loaded.get(file);
    if (known) return known;
    const factory = Object.hasOwn(factories, file) ? factories[file] : undefined;
    if (!factory) {
      throw new Error(
        `Expected ${by}.ts to import nothing but models beside it, got "${specifier}". There are no other modules where it runs: write what is needed into the file.`,
      );
    }
    const exports: Exports = {};
    // Before its own text is run: siblings may import each other.
    loaded.set(file, exports);
    factory(exports, (specifier) => load(specifier, file));
    return exports;
  };
  const exports = load(variant, variant);
  const name = modelExport(variant);
  if (!Object.hasOwn(exports, name)) {
    const there = Object.keys(exports);
    throw new Error(
      `Expected ${variant}.ts to export "${name}", got ${there.length === 0 ? 'no export' : there.map((each) => `"${each}"`).join(', ')}. Give the model that name.`,
    );
  }
  return { [variant]: hold(exports[name], held, name) };
}
