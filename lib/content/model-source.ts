/** The source of a model as a guide shows it: a region of the file that runs, with its footnotes. */

export interface SourceRegion {
  readonly code: string;
  /** Line of the file on which the region begins, from 1. */
  readonly firstLine: number;
  /** Numbers of the `// (n)` comments, rising, each once. */
  readonly notes: readonly number[];
}

const REGION_START = /^\s*\/\/ #region (\S+)\s*$/;
const REGION_END = /^\s*\/\/ #endregion\b.*$/;
const NOTE = /\s*\/\/ \((\d+)\)\s*$/;

/** Names of all regions of a file, in order. */
export function regionsOf(source: string): string[] {
  return source.split('\n').flatMap((line) => REGION_START.exec(line)?.[1] ?? []);
}

/**
 * A region, or the whole file, without the region marks themselves and without the indentation that
 * all its lines share; undefined if there is no such region. Regions may nest.
 */
export function extractRegion(
  source: string,
  region: string | undefined,
): SourceRegion | undefined {
  const lines = source.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  let from = 0;
  let to = lines.length;
  if (region !== undefined) {
    const start = lines.findIndex((line) => REGION_START.exec(line)?.[1] === region);
    if (start < 0) return undefined;
    from = start + 1;
    to = endOfRegion(lines, from);
  }
  const kept: string[] = [];
  let firstLine: number | undefined;
  for (let index = from; index < to; index++) {
    const line = lines[index] ?? '';
    if (REGION_START.test(line) || REGION_END.test(line)) continue;
    if (kept.length === 0 && line.trim() === '') continue;
    firstLine ??= index + 1;
    kept.push(line);
  }
  while (kept.length > 0 && kept.at(-1)?.trim() === '') kept.pop();
  const notes = kept.flatMap((line) => {
    const match = NOTE.exec(line);
    return match === null ? [] : [Number(match[1])];
  });
  return {
    code: dedent(kept).join('\n'),
    firstLine: firstLine ?? from + 1,
    notes: [...new Set(notes)].sort((a, b) => a - b),
  };
}

function endOfRegion(lines: readonly string[], from: number): number {
  let depth = 1;
  for (let index = from; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (REGION_START.test(line)) depth++;
    else if (REGION_END.test(line) && --depth === 0) return index;
  }
  return lines.length;
}

function dedent(lines: readonly string[]): string[] {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const shared = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(shared, line.length)));
}

/** The code without its numbered comments, where nothing explains them. */
export function withoutNotes({ code, firstLine }: SourceRegion): SourceRegion {
  const lines = code.split('\n').flatMap((line) => {
    const kept = line.replace(NOTE, '').trimEnd();
    return kept === '' && line.trim() !== '' ? [] : [kept];
  });
  return { code: lines.join('\n'), firstLine, notes: [] };
}
