/** Fields of a message, in the order and the letters in which they were written. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** Names that are not written by capitals after each hyphen, as their registrations spell them. */
const SPELT: Readonly<Record<string, string>> = {
  etag: 'ETag',
  'www-authenticate': 'WWW-Authenticate',
};

/** The usual spelling of a field's name; Fetch keeps names in small letters only. */
export function spelt(name: string): string {
  return (
    SPELT[name] ??
    name.replace(/(^|-)([a-z])/g, (_, hyphen, letter) => hyphen + letter.toUpperCase())
  );
}

/** The first value of a field by its name in any letters. */
export function fieldValue(fields: Fields, name: string): string | undefined {
  return fields.find(([other]) => other.toLowerCase() === name)?.[1];
}

/** What a list in a field holds, cut at commas outside of quotes (RFC 9110 section 5.6.1). */
export function listMembers(value: string): string[] {
  return splitOutsideQuotes(value, ',').filter((member) => member !== '');
}

/** Parts between a separator that does not stand in a quoted string, without the space around them. */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts;
}
