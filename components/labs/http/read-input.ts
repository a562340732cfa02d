import type { HttpInput } from '@/lib/engines/http/types';

const PARTS = ['method', 'target', 'headers', 'body'] as const;

/** What was kept in the browser as a request; null if it is none. */
export function readInput(kept: unknown): HttpInput | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const read = new Map(Object.entries(kept));
  const [method, target, headers, body] = PARTS.map((part) => read.get(part));
  const isText = (value: unknown): value is string => typeof value === 'string';
  return isText(method) && isText(target) && isText(headers) && isText(body)
    ? { method, target, headers, body }
    : null;
}
