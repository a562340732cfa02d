/** Cuts out of a definition's source what a page has no use for, before it is bundled. */
import { type Expression, type ObjectExpression, parse } from 'acorn';
import { transform } from 'esbuild';
import { ContentError } from './problem';

/**
 * The module as JavaScript, with properties taken out of the literal given to `defineSimulation`, and
 * with the imports that only they used. What they named in the module itself is left to the bundler,
 * which drops what nobody names.
 *
 * @param source TypeScript that parses
 * @param file for messages, from the root of the repository
 * @throws ContentError if there is no such literal
 */
export async function leaveOut(
  source: string,
  properties: readonly string[],
  file: string,
): Promise<string> {
  const kept = { compilerOptions: { verbatimModuleSyntax: true } };
  const { code } = await transform(source, { loader: 'ts', tsconfigRaw: kept });
  const literal = definitionIn(code);
  if (!literal) {
    const [before = ''] = source.split('defineSimulation(');
    throw new ContentError([
      {
        file,
        line: before.split('\n').length,
        column: 1,
        message: `expected "export const simulation = defineSimulation({ … })" with all properties written out, so that ${properties.join(', ')} can be left out of what a page loads`,
        remedy: 'Write the object where it is passed, without "..." in it',
      },
    ]);
  }
  let cut = code;
  for (const property of [...literal.properties].reverse()) {
    if (property.type !== 'Property') continue;
    const { key, start, end } = property;
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : null;
    if (typeof name !== 'string' || !properties.includes(name)) continue;
    const comma = /^\s*,/.exec(cut.slice(end))?.[0].length ?? 0;
    cut = cut.slice(0, start) + cut.slice(end + comma);
  }
  // As TypeScript, so that an import goes with the last use of its name.
  const dropped = { compilerOptions: { verbatimModuleSyntax: false } };
  return (await transform(cut, { loader: 'ts', tsconfigRaw: dropped })).code;
}

/** The literal that `simulation` is defined by; undefined if it is anything else. */
function definitionIn(code: string): ObjectExpression | undefined {
  const { body } = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  for (const statement of body) {
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const { declaration } = statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === 'Identifier' && id.name === 'simulation') return literalOf(init);
    }
  }
  return undefined;
}

function literalOf(init: Expression | null | undefined): ObjectExpression | undefined {
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier') return undefined;
  const [literal] = init.arguments;
  return init.callee.name === 'defineSimulation' &&
    literal?.type === 'ObjectExpression' &&
    literal.properties.every(({ type }) => type === 'Property')
    ? literal
    : undefined;
}
