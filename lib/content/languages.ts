/** Languages that a code block may have: its name for the reader and the grammar that colours it. */
interface Language {
  readonly title: string;
  /** Name of Shiki's grammar; null for text without colour. */
  readonly grammar: string | null;
}

export const LANGUAGES: Readonly<Record<string, Language>> = {
  ts: { title: 'TypeScript', grammar: 'ts' },
  tsx: { title: 'TypeScript', grammar: 'tsx' },
  js: { title: 'JavaScript', grammar: 'js' },
  json: { title: 'JSON', grammar: 'json' },
  yaml: { title: 'YAML', grammar: 'yaml' },
  toml: { title: 'TOML', grammar: 'toml' },
  ini: { title: 'Configuration', grammar: 'ini' },
  nginx: { title: 'nginx', grammar: 'nginx' },
  bash: { title: 'Shell', grammar: 'bash' },
  console: { title: 'Terminal', grammar: 'shellsession' },
  http: { title: 'HTTP', grammar: 'http' },
  sql: { title: 'SQL', grammar: 'sql' },
  lua: { title: 'Lua', grammar: 'lua' },
  go: { title: 'Go', grammar: 'go' },
  java: { title: 'Java', grammar: 'java' },
  python: { title: 'Python', grammar: 'python' },
  rust: { title: 'Rust', grammar: 'rust' },
  c: { title: 'C', grammar: 'c' },
  graphql: { title: 'GraphQL', grammar: 'graphql' },
  proto: { title: 'Protocol Buffers', grammar: 'proto' },
  promql: { title: 'PromQL', grammar: null },
  docker: { title: 'Dockerfile', grammar: 'docker' },
  hcl: { title: 'Terraform', grammar: 'hcl' },
  xml: { title: 'XML', grammar: 'xml' },
  html: { title: 'HTML', grammar: 'html' },
  css: { title: 'CSS', grammar: 'css' },
  diff: { title: 'Difference', grammar: 'diff' },
  text: { title: 'Text', grammar: null },
};

/** A fence's info string: `ts runnable title="retry.ts"`. */
interface FenceInfo {
  /** The first word; empty if there is none. */
  readonly lang: string;
  readonly runnable: boolean;
  readonly title: string | undefined;
  /** Words of the info string that mean nothing. */
  readonly unknown: readonly string[];
}

export function fenceInfo(code: {
  readonly lang?: string | null;
  readonly meta?: string | null;
}): FenceInfo {
  const meta = code.meta ?? '';
  const title = /(?:^|\s)title="([^"]*)"/.exec(meta)?.[1];
  const words = meta
    .replace(/(?:^|\s)title="[^"]*"/, '')
    .split(/\s+/)
    .filter(Boolean);
  return {
    lang: code.lang ?? '',
    runnable: words.includes('runnable'),
    title,
    unknown: words.filter((word) => word !== 'runnable'),
  };
}

/** Above this line of a snippet stands what it needs to type-check but the reader need not see. */
const CUT_MARK = '// ---cut---';

/** What of a snippet is shown. */
export function shownPart(code: string): string {
  const lines = code.split('\n');
  const cut = lines.findLastIndex((line) => line.trim() === CUT_MARK);
  return lines.slice(cut + 1).join('\n');
}
