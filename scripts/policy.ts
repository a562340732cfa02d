/** The content security policy of a page, given in the page itself so that any host will do. */
import { createHash } from 'node:crypto';

/** Inline programs; a script element of another type is data, which no policy holds up. */
const INLINE_SCRIPT =
  /<script(?![^>]*\ssrc=)(?![^>]*\stype="application\/)[^>]*>([\s\S]*?)<\/script>/g;
const HEAD = /<head[^>]*>/;
/** Marks our own element, so that finishing twice replaces the policy rather than adding one. */
const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/;

/**
 * The page with its policy: nothing but its own files, its inline scripts by hash, no connection but
 * to its own origin. The policy comes before any script, since it only governs what follows it.
 *
 * @throws Error if the page has no head
 */
export function withPolicy(html: string): string {
  const bare = html.replace(POLICY, '');
  const hashes = [...bare.matchAll(INLINE_SCRIPT)].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
  const policy = [
    "default-src 'none'",
    ["script-src 'self'", ...new Set(hashes)].join(' '),
    "style-src 'self'",
    // Positions in percent and px, set by React, are attributes; no style element is admitted.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    // The sandbox of the reader's code, which has a policy of its own.
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = HEAD.exec(bare);
  if (!head)
    throw new Error(
      'A page must have a <head> for its content security policy; this one has none.',
    );
  const at = head.index + head[0].length;
  // The encoding has to stand in the first 1024 bytes, and hashes may be longer than that.
  const charset = /<meta charset="?utf-8"?\s*\/?>/i;
  const encoding = charset.exec(bare)?.[0] ?? '<meta charset="utf-8"/>';
  return `${bare.slice(0, at)}${encoding}<meta http-equiv="Content-Security-Policy" content="${policy}"/>${bare
    .slice(at)
    .replace(charset, '')}`;
}
