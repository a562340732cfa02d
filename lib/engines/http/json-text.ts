const WIDTH = 84;

/** JSON for the wire and for the eye: an array or object that fits stands on one line, others break. */
export function jsonText(value: unknown): string {
  return `${write(JSON.parse(JSON.stringify(value)), '')}\n`;
}

function write(value: unknown, indent: string): string {
  const flat = oneLine(value);
  const isNested = typeof value === 'object' && value !== null;
  if (!isNested || (indent !== '' && indent.length + flat.length <= WIDTH)) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => inner + write(item, inner)).join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value);
  if (members.length === 0) return '{}';
  const lines = members.map(
    ([name, member]) => `${inner}${JSON.stringify(name)}: ${write(member, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value);
  if (members.length === 0) return '{}';
  return `{ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${oneLine(member)}`).join(', ')} }`;
}
