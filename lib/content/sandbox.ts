/** Makes the document in which the reader's code runs: one file, with its policy in it. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { LINKER } from '../tools/code/script';

/**
 * Writes `public/sandbox/<hash>.html`.
 *
 * @param target the browsers that it is written for
 * @returns its address
 */
export async function writeSandbox(root: string, target: readonly string[]): Promise<string> {
  const bundle = async (entry: string, options: Parameters<typeof build>[0]): Promise<string> => {
    const { outputFiles } = await build({
      entryPoints: [entry],
      absWorkingDir: root,
      bundle: true,
      write: false,
      minify: true,
      format: 'iife',
      platform: 'browser',
      target: [...target],
      logLevel: 'silent',
      ...options,
    });
    return (outputFiles?.[0]?.text ?? '').trimEnd();
  };
  const linker = await bundle('lib/tools/code/link.ts', { globalName: LINKER });
  const program = await bundle('lib/tools/code/frame.ts', {
    define: { LINKER_SCRIPT: JSON.stringify(linker) },
  });
  const html = sandboxDocument(program);
  const name = createHash('sha256').update(html).digest('hex').slice(0, 12);
  mkdirSync(join(root, SANDBOX_FOLDER), { recursive: true });
  writeFileSync(join(root, SANDBOX_FOLDER, `${name}.html`), html);
  return `/sandbox/${name}.html`;
}

export const SANDBOX_FOLDER = 'public/sandbox';

/**
 * The document around its program, which no other program can join: it is admitted by its hash, and
 * nothing else is, a worker from a blob aside. What only a header can say is in deploy/headers.mjs.
 */
function sandboxDocument(program: string): string {
  // A closing tag within a text would end the element.
  const script = program.replaceAll('</script', '<\\/script');
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; worker-src blob:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="robots" content="noindex"><title>Sandbox</title></head><body><script>${script}</script></body></html>\n`;
}
