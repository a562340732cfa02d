/** Takes out of a simulation's source what no run has a use for, before it is bundled. */
import { type Expression, type ObjectExpression, parse } from 'acorn';
import { transform } from 'esbuild';
import { ContentError } from './problem';

/**
 * What becomes of the properties of the literal given to `defineSimulation`; others stay. A property
 * of a property is named with a dot: "traffic.ranges".
 */
interface Cut {
  readonly leftOut: readonly string[];
  /** Property → what stands in the place of its expression, as JSON. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * The module as JavaScript, cut so, and without the imports that only what was cut out used. What
 * that named is left to the bundler, which drops what nobody names (`withPureConstants`).
 *
 * @param source TypeScript that parses
 * @param file for messages, from the root of the repository
 * @throws ContentError if there is no such literal
 */
export async function definitionOfRuns(
  source: string,
  { leftOut, data }: Cut,
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
        message: `expected "export const simulation = defineSimulation({ … })" with all properties written out, so that ${leftOut.join(', ')} can be left out of what a page loads`,
        remedy: 'Write the object where it is passed, without "..." in it',
      },
    ]);
  }
  let cut = code;
  // From the end, so that the places of those before stay what they are.
  for (const { start, end, text } of editsOf(literal, '', { leftOut, data }, code).reverse())
    cut = cut.slice(0, start) + text + cut.slice(end);
  // As TypeScript, so that an import goes with the last use of its name.
  const dropped = { compilerOptions: { verbatimModuleSyntax: false } };
  return (await transform(cut, { loader: 'ts', tsconfigRaw: dropped })).code;
}

/**
 * A module of a simulation as JavaScript in which every constant may be dropped if nobody names it.
 * A bundler has to suppose that calls and spreads do something; here nothing is reached that they
 * could do it to.
 */
export async function withPureConstants(source: string): Promise<string> {
  const { code } = await transform(source, { loader: 'ts' });
  let marked = code;
  for (const statement of parse(code, PARSED_AS).body.reverse()) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of [...declaration.declarations].reverse()) {
      if (!init || id.type !== 'Identifier') continue;
      const value = code.slice(init.start, init.end);
      marked = `${marked.slice(0, init.start)}/* @__PURE__ */ (() => (${value}))()${marked.slice(init.end)}`;
    }
  }
  return marked;
}

const PARSED_AS = { ecmaVersion: 'latest', sourceType: 'module' } as const;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** In the order of the source; what is cut as a whole is not looked into. */
function editsOf(literal: ObjectExpression, path: string, cut: Cut, code: string): Edit[] {
  return literal.properties.flatMap((property): Edit[] => {
    if (property.type !== 'Property') return [];
    const { key, value, start, end } = property;
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : null;
    if (typeof name !== 'string') return [];
    const address = `${path}${name}`;
    const data = cut.data[address];
    if (data !== undefined) return [{ start, end, text: `${name}: ${data}` }];
    if (cut.leftOut.includes(address)) {
      const comma = /^\s*,/.exec(code.slice(end))?.[0].length ?? 0;
      return [{ start, end: end + comma, text: '' }];
    }
    return value.type === 'ObjectExpression' ? editsOf(value, `${address}.`, cut, code) : [];
  });
}

/** The literal that `simulation` is defined by; undefined if it is anything else. */
function definitionIn(code: string): ObjectExpression | undefined {
  const { body } = parse(code, PARSED_AS);
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
