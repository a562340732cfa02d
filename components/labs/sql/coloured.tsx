/**
 * SQL in the colours of code. Keywords are the words in capitals, as everybody writes them here; the
 * editor, which knows the language, colours what the reader writes.
 */
import type { ReactNode } from 'react';

const PARTS =
  /(?<comment>--[^\n]*|\/\*.*?(?:\*\/|$))|(?<string>'[^']*(?:''[^']*)*(?:'|$))|(?<keyword>\b[A-Z][A-Z]+\b)|(?<constant>\b\d+(?:\.\d+)?\b)/gs;

export function Coloured({ sql }: { readonly sql: string }): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const found of sql.matchAll(PARTS)) {
    const [kind] = Object.entries(found.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    parts.push(sql.slice(at, found.index));
    parts.push(
      <span key={found.index} className={`sql-${kind}`}>
        {found[0]}
      </span>,
    );
    at = found.index + found[0].length;
  }
  return (
    <>
      {parts}
      {sql.slice(at)}
    </>
  );
}
