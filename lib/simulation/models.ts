/** Models from outside in the place of a simulation's own: the reader's edit, or one with a planted bug. */
import type { RunnableEntry } from './run';

/** Variant → model. */
export type Models = Readonly<Record<string, unknown>>;

/** The name under which the file of a variant exports its model: "token-bucket" exports `tokenBucket`. */
export function modelExport(variant: string): string {
  return variant.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** @throws Error if one is given for a variant that the simulation does not have */
export function withModels<E extends RunnableEntry>(entry: E, models: Models): E {
  const variants = { ...entry.definition.variants };
  for (const [id, model] of Object.entries(models)) {
    const variant = Object.hasOwn(variants, id) ? variants[id] : undefined;
    if (!variant) {
      throw new Error(
        `Expected a variant of "${entry.id}" (${Object.keys(variants).join(', ')}), got a model for "${id}".`,
      );
    }
    variants[id] = { ...variant, model };
  }
  return { ...entry, definition: { ...entry.definition, variants } };
}
