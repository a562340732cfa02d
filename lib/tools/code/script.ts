/** The script of the reader's worker: their files and the simulation's, in one text with known lines. */
import type { Place, Program } from './protocol';

interface Script {
  readonly text: string;
  /** The position in a file of the reader's; null if it lies elsewhere. Lines and columns from 1. */
  readonly placeOf: (line: number, column: number) => Place | null;
}

/** Name of the global that holds the linker, in the worker's script. */
export const LINKER = 'linker';

/**
 * @param linker text of `link.ts`, as a script that defines the global `LINKER`
 * @param simulation text of the simulation's script, which answers questions
 */
export function writeScript(program: Program, linker: string, simulation: string): Script {
  const { variant, modules, interface: held } = program;
  const ranges: { readonly file: string; readonly from: number; readonly to: number }[] = [];
  const lines: string[] = linker.trimEnd().split('\n');
  const add = (text: string): void => {
    lines.push(...text.split('\n'));
  };
  // Told as an answer: an error event would say less about where it came from. The script goes no
  // further, so that a simulation without its model answers nothing.
  add(`try { self.models = ${LINKER}.link({`);
  add(`variant: ${JSON.stringify(variant)},`);
  // As text that is parsed: "__proto__" as a name in a literal would be more than a name.
  add(`interface: JSON.parse(${JSON.stringify(JSON.stringify(held))}),`);
  add('factories: {');
  for (const { file, code } of modules) {
    add(`${JSON.stringify(file)}: function (exports, require) {`);
    const from = lines.length + 1;
    add(code);
    ranges.push({ file, from, to: lines.length });
    add('},');
  }
  add('}}); } catch (error) {');
  add("self.postMessage({ type: 'failed', message: String(error?.message ?? error),");
  add('stack: String(error?.stack) });');
  add('throw error; }');
  add(simulation);
  return {
    text: lines.join('\n'),
    placeOf: (line, column) => {
      const range = ranges.find(({ from, to }) => line >= from && line <= to);
      return range ? { file: range.file, line: line - range.from + 1, column } : null;
    },
  };
}

/**
 * The newest call in a stack that lies in the reader's files.
 *
 * @param stack as any browser writes it: each line ends in "<address>:<line>:<column>"
 */
export function placeInStack(stack: string, placeOf: Script['placeOf']): Place | null {
  for (const [, line, column] of stack.matchAll(/:(\d+):(\d+)\)?$/gm)) {
    const place = placeOf(Number(line), Number(column));
    if (place) return place;
  }
  return null;
}
