/** From the reader's TypeScript to what the sandbox runs: types stripped, lines left where they are. */
import { transform } from 'sucrase';
import type { Module } from './protocol';
import { CodeFailure } from './sandbox';

/**
 * A file as a script that asks for its siblings through `require`. Its types are not checked.
 *
 * @param file its name, without its ending
 * @throws CodeFailure with the position if it is not TypeScript
 */
export function compile(file: string, source: string): Module {
  try {
    const { code } = transform(source, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
    });
    return { file, code };
  } catch (error) {
    throw asFailure(error, file);
  }
}

function asFailure(error: unknown, file: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const { loc } = error as SyntaxError & {
    readonly loc?: { readonly line: number; readonly column: number };
  };
  const message = error.message.replace(/ \(\d+:\d+\)$/, '');
  return new CodeFailure(
    `${file}.ts is not TypeScript: ${message}.`,
    loc ? { file, line: loc.line, column: loc.column } : null,
  );
}
