/** Steps that migrations of links are made of; see `LinkFormat`. */
type Raw = Readonly<Record<string, string>>;

/** A number that is out of bounds today is held to them; what is no number is left to be refused. */
export function heldTo(
  raw: Raw,
  id: string,
  {
    min = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
  }: { min?: number; max?: number },
): Record<string, string> {
  const text = raw[id];
  const value = Number(text);
  if (text === undefined || !Number.isFinite(value)) return { ...raw };
  return { ...raw, [id]: String(Math.min(max, Math.max(min, value))) };
}

/** Options that bear another name today, by parameter. */
export function renamedValues(
  raw: Raw,
  names: Readonly<Record<string, Raw>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw).map(([id, value]) => {
      const renamed = Object.hasOwn(names, id) ? names[id] : undefined;
      return [id, renamed && Object.hasOwn(renamed, value) ? (renamed[value] ?? value) : value];
    }),
  );
}
