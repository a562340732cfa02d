import type { Context } from 'hono';
import { listMembers } from './fields';
import { readHttpDate } from './http-date';
import { Problem } from './problem';
import type { ServiceEnv } from './types';

/** What tells the states of a representation apart. */
export interface Validators {
  /** With its quotes, and `W/` before a weak one. */
  readonly etag: string;
  /** ms since 1970; fractions of a second are dropped, as Last-Modified drops them. */
  readonly lastModifiedMs?: number;
}

export interface Conditions {
  readonly ifMatch?: string;
  readonly ifUnmodifiedSince?: string;
  readonly ifNoneMatch?: string;
  readonly ifModifiedSince?: string;
}

/** One condition that was evaluated. */
interface Evaluated {
  readonly field: string;
  readonly holds: boolean;
  readonly says: string;
}

interface Verdict {
  readonly outcome: 'proceed' | 'not modified' | 'failed';
  /** In the order of evaluation; empty where the request states no condition that counts. */
  readonly evaluated: readonly Evaluated[];
}

/**
 * Conditions in the order of precedence of RFC 9110 section 13.2.2, for an origin server without
 * ranges. `current` is the present representation, null if there is none. To be asked only where the
 * answer without conditions would be 2xx or 412 (section 13.2.1).
 */
export function evaluateConditions(
  method: string,
  conditions: Conditions,
  current: Validators | null,
): Verdict {
  const { ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince } = conditions;
  const reads = method === 'GET' || method === 'HEAD';
  const evaluated: Evaluated[] = [];
  const failed = (): boolean => evaluated.at(-1)?.holds === false;

  if (ifMatch !== undefined) evaluated.push(evaluateMatch(ifMatch, current));
  else if (ifUnmodifiedSince !== undefined) {
    evaluated.push(...evaluateUnmodified(ifUnmodifiedSince, current));
  }
  if (failed()) return { outcome: 'failed', evaluated };

  if (ifNoneMatch !== undefined) evaluated.push(evaluateNoneMatch(ifNoneMatch, current));
  else if (ifModifiedSince !== undefined && reads) {
    evaluated.push(...evaluateModified(ifModifiedSince, current));
  }
  if (failed()) return { outcome: reads ? 'not modified' : 'failed', evaluated };
  return { outcome: 'proceed', evaluated };
}

/** Section 13.1.1: strong comparison, since a weak tag does not promise equal bytes. */
function evaluateMatch(value: string, current: Validators | null): Evaluated {
  const field = 'If-Match';
  if (current === null) {
    return { field, holds: false, says: 'There is no representation that could match.' };
  }
  if (value === '*') return { field, holds: true, says: 'There is a representation, as * asks.' };
  const { etag } = current;
  const holds = !isWeak(etag) && listMembers(value).includes(etag);
  const weakly = !holds && listMembers(value).map(opaque).includes(opaque(etag));
  if (weakly) {
    return {
      field,
      holds,
      says: `The present tag ${etag} matches weakly, and If-Match is strong.`,
    };
  }
  return {
    field,
    holds,
    says: `The present tag is ${etag}, ${holds ? 'as asked' : 'none of those asked for'}.`,
  };
}

/** Section 13.1.2: weak comparison. */
function evaluateNoneMatch(value: string, current: Validators | null): Evaluated {
  const field = 'If-None-Match';
  if (current === null) return { field, holds: true, says: 'There is no representation yet.' };
  if (value === '*') return { field, holds: false, says: 'There is a representation already.' };
  const { etag } = current;
  const holds = !listMembers(value).map(opaque).includes(opaque(etag));
  return {
    field,
    holds,
    says: `The present tag is ${etag}, ${holds ? 'which the client does not have' : 'which the client has'}.`,
  };
}

/** Section 13.1.3: not evaluated without a date on either side. */
function evaluateModified(value: string, current: Validators | null): Evaluated[] {
  const [since, modified] = [readHttpDate(value), inSeconds(current)];
  if (since === null || modified === null) return [];
  const holds = modified > since;
  return [
    { field: 'If-Modified-Since', holds, says: holds ? 'Modified since.' : 'Not modified since.' },
  ];
}

/** Section 13.1.4: not evaluated without a date on either side. */
function evaluateUnmodified(value: string, current: Validators | null): Evaluated[] {
  const [since, modified] = [readHttpDate(value), inSeconds(current)];
  if (since === null || modified === null) return [];
  const holds = modified <= since;
  return [
    {
      field: 'If-Unmodified-Since',
      holds,
      says: holds ? 'Not modified since.' : 'Modified since.',
    },
  ];
}

function inSeconds(current: Validators | null): number | null {
  const modifiedMs = current?.lastModifiedMs;
  return modifiedMs === undefined ? null : Math.floor(modifiedMs / 1000) * 1000;
}

function isWeak(tag: string): boolean {
  return tag.startsWith('W/');
}

function opaque(tag: string): string {
  return isWeak(tag) ? tag.slice(2) : tag;
}

/**
 * Evaluates the conditions of a request. A failed one ends it with 412; `required` ends it with 428
 * where it states none (RFC 6585 section 3). True where the client has what it asks for, which a 304
 * says.
 */
export function isNotModified(
  c: Context<ServiceEnv>,
  current: Validators | null,
  { required = false }: { readonly required?: boolean } = {},
): boolean {
  const { log } = c.env;
  const conditions = {
    ifMatch: c.req.header('If-Match'),
    ifUnmodifiedSince: c.req.header('If-Unmodified-Since'),
    ifNoneMatch: c.req.header('If-None-Match'),
    ifModifiedSince: c.req.header('If-Modified-Since'),
  };
  const { outcome, evaluated } = evaluateConditions(c.req.method, conditions, current);
  for (const { field, holds, says } of evaluated) {
    // A condition of a GET that does not hold saves the content: nothing is refused.
    if (holds) log.passed(field, says);
    else if (outcome === 'not modified') log.noted(field, says);
    else log.refused(field, says);
  }
  if (outcome === 'failed') {
    const field = evaluated.at(-1)?.field ?? 'A condition';
    throw new Problem(412, {
      detail: `${field} does not hold: the resource is not in the state that the request expects. Get it again before you change it.`,
    });
  }
  if (required && evaluated.length === 0) {
    log.refused('condition', 'The request does not say which state it changes.');
    throw new Problem(428, {
      detail: 'A change states what it is based on: send If-Match with the ETag of your last GET.',
    });
  }
  return outcome === 'not modified';
}
