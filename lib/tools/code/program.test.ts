import { join } from 'node:path';
import { expect, describe as group, test } from 'vitest';
import { sourcesIn } from '@/lib/content/bundles';
import { interfaceOf } from '@/lib/content/model-interface';
import { loadEntries, SIMULATIONS_FOLDER } from '@/lib/simulation/entries.node';
import { linked } from './fixture';
import { type Files, modulesOf, typesBeside } from './program';
import { ShapeError } from './shape';

for (const entry of await loadEntries()) {
  const files = sourcesIn(join(SIMULATIONS_FOLDER, entry.category, entry.id, 'models'));
  const { definition } = entry;

  group(`${entry.category}/${entry.id}`, () => {
    test('every model says by a type of its own what it gives, so that an edited one can be held to it', () => {
      for (const variant of Object.keys(definition.variants)) {
        const { model, types } = interfaceOf(files, variant);
        const told = model.kind === 'named' ? types[model.name] : model;
        const gives = told?.kind === 'function' ? told.returns : told;
        expect(
          gives?.kind,
          `models/${variant}.ts: write the type of its export, such as "): Limiter"`,
        ).not.toBe('any');
        expect(gives).toBeDefined();
      }
    });
  });
}

const FILES: Files = {
  'two-steps': `import type { Walker, Step } from './walker';
import { half } from './half';
export function twoSteps(from: number): Walker {
  return { walk: (): Step => ({ done: false, at: half(from) }), name: 'walker' };
}
`,
  half: 'export const half = (n: number): number => n / 2;\n',
  walker: `interface Named { readonly name: string }
export type Step = { readonly done: true } | { readonly done: false; readonly at: number };
export interface Walker extends Named {
  readonly walk: () => Step;
  rest?(): void;
  readonly places?: readonly number[];
}
`,
};
const held = interfaceOf(FILES, 'two-steps');

/** A model with this text in the place of a part of the walker. */
function walker(find: string, replace: string) {
  const edited = { ...FILES, 'two-steps': (FILES['two-steps'] ?? '').replace(find, replace) };
  const { 'two-steps': make } = linked('two-steps', modulesOf(edited, 'two-steps'), held);
  return (make as (from: number) => { walk: () => unknown; name: string; places: unknown })(10);
}

group('an edited model', () => {
  test('takes the siblings that it runs with along, and no types', () => {
    const modules = modulesOf(FILES, 'two-steps');
    expect(modules.map(({ file }) => file)).toEqual(['two-steps', 'half']);
    expect(typesBeside(FILES, ['two-steps', 'half'])).toEqual(['walker']);
    expect(walker('', '').walk()).toEqual({ done: false, at: 5 });
    expect(walker('', '').name).toBe('walker');
  });

  test('keeps its lines, so that an error is told where the reader wrote it', () => {
    const source = FILES['two-steps'] ?? '';
    const [module] = modulesOf(FILES, 'two-steps');
    expect(module?.code.split('\n')).toHaveLength(source.split('\n').length);
    expect(module?.code.split('\n')[3]).toContain('walk:');
  });

  test('that is no TypeScript is refused with the position', () => {
    expect(() => modulesOf({ broken: 'export const a = 1;\nlet b = ;\n' }, 'broken')).toThrow(
      expect.objectContaining({
        message: 'broken.ts is not TypeScript: Unexpected token.',
        place: { file: 'broken', line: 2, column: 9 },
      }),
    );
  });

  test('that exports another name is refused with the name that is expected', () => {
    const build = () =>
      linked('two-steps', modulesOf({ 'two-steps': 'export const one = 1;' }, 'two-steps'), held);
    expect(build).toThrow(
      'Expected two-steps.ts to export "twoSteps", got "one". Give the model that name.',
    );
    const empty = () =>
      linked('two-steps', modulesOf({ 'two-steps': 'const a = 1;' }, 'two-steps'), held);
    expect(empty).toThrow('to export "twoSteps", got no export');
  });

  test('that imports what is not there is refused with who asks for it', () => {
    const source = "import { x } from './elsewhere';\nexport const twoSteps = () => x;";
    expect(() =>
      linked('two-steps', modulesOf({ 'two-steps': source }, 'two-steps'), held),
    ).toThrow('Expected two-steps.ts to import nothing but models beside it, got "./elsewhere".');
  });

  test.each([
    [
      '({ done: false, at: half(from) })',
      'undefined',
      'walk() should return a Step: { done: true } or { done: false, at: number }, got undefined.',
    ],
    [
      'at: half(from)',
      'at: half(NaN)',
      'walk().at should be a number, got NaN, which is not a number.',
    ],
    ['at: half(from)', 'at: "5"', 'walk().at should be a number, got "5".'],
    [
      'done: false, at: half(from)',
      'done: 1',
      'walk() should return a Step: { done: true } or { done: false, at: number }, got { done: 1 }.',
    ],
  ])(
    'that gives another type than its interface says is refused when it does: %s → %s',
    (find, replace, message) => {
      const model = walker(find, replace);
      expect(() => model.walk()).toThrow(new ShapeError(message));
    },
  );

  test('that is made without a part is refused at once', () => {
    expect(() => walker("name: 'walker'", '')).toThrow(
      'twoSteps().name should be a string, got undefined.',
    );
    expect(() => walker("name: 'walker'", "name: 'walker', places: [1, null]")).toThrow(
      'twoSteps().places[1] should be a number, got null.',
    );
    expect(() => walker('return {', 'return 7 as never;\n  ({ x: [] }); return {')).toThrow(
      'should return',
    );
  });

  test('is called as a method of its own object', () => {
    const model = walker(
      "return { walk: (): Step => ({ done: false, at: half(from) }), name: 'walker' };",
      `class Own { name = 'own'; #at = from; walk(): Step { return { done: false, at: this.#at++ }; } }
      return new Own();`,
    );
    expect([model.walk(), model.walk()]).toEqual([
      { done: false, at: 10 },
      { done: false, at: 11 },
    ]);
  });
});
