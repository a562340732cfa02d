import type { Context } from 'hono';
import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { Problem } from './problem';
import type { ServiceEnv } from './types';

// Zod would try whether it may compile code, which the policy of the worker forbids and reports.
z.config({ ...en(), jitless: true });

/**
 * Ends a request with 415 unless its content is declared as `type`, and says what is taken (RFC 9110
 * section 15.5.16; for PATCH, RFC 5789 section 2.2).
 */
export function requireType(c: Context<ServiceEnv>, type: string): void {
  const declared = c.req.header('Content-Type');
  const [essence = ''] = (declared ?? '').split(';');
  if (essence.trim().toLowerCase() === type) {
    c.env.log.passed('Content-Type', `${type} is taken here.`);
    return;
  }
  c.env.log.refused('Content-Type', `Expected ${type}, got ${declared ?? 'none'}.`);
  throw new Problem(
    415,
    { detail: `Content for ${c.req.method} is ${type} here.` },
    { [c.req.method === 'PATCH' ? 'Accept-Patch' : 'Accept']: type },
  );
}

/** The content of a request as JSON; ends it with 400 where it is none. */
export async function readJson(c: Context<ServiceEnv>): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text());
  } catch (error) {
    c.env.log.refused('content', 'It is not JSON.');
    const reason = error instanceof SyntaxError ? error.message : String(error);
    throw new Problem(400, { detail: `The content is not well-formed JSON: ${reason}` });
  }
}

/** The value as the schema reads it; ends the request with 422 and every field that is wrong. */
export function validate<Schema extends z.ZodMiniType>(
  c: Context<ServiceEnv>,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) {
    c.env.log.passed('validation', 'The content fits the schema.');
    return result.data;
  }
  const errors = result.error.issues.map(({ path, message }) => ({
    pointer: pointerTo(path),
    detail: message,
  }));
  c.env.log.refused('validation', errors.map((e) => `${e.pointer}: ${e.detail}`).join('; '));
  throw new Problem(422, { detail: 'The content does not fit the schema.', errors });
}

/** JSON Pointer as the fragment of a URI (RFC 6901 section 6), as RFC 9457 section 3 uses it. */
function pointerTo(path: readonly PropertyKey[]): string {
  const escaped = path.map((key) =>
    encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  return `#${escaped.map((key) => `/${key}`).join('')}`;
}
