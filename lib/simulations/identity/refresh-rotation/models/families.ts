/** Every token of each family, until the family ends; in a database, a table with an index by family. */
export interface Families<Family> {
  readonly add: (token: string, family: Family) => void;
  /** Undefined for a token that never was, and for one whose family has ended. */
  readonly of: (token: string) => Family | undefined;
  /** Forgets all tokens of the family. */
  readonly end: (id: string) => void;
}

export function createFamilies<Family extends { readonly id: string }>(): Families<Family> {
  const byToken = new Map<string, Family>();
  const tokensOf = new Map<string, string[]>();
  return {
    add(token, family) {
      byToken.set(token, family);
      const tokens = tokensOf.get(family.id);
      if (tokens) tokens.push(token);
      else tokensOf.set(family.id, [token]);
    },
    of: (token) => byToken.get(token),
    end(id) {
      for (const token of tokensOf.get(id) ?? []) byToken.delete(token);
      tokensOf.delete(id);
    },
  };
}
