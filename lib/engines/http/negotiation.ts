import type { Context } from 'hono';
import Negotiator from 'negotiator';
import { listMembers, splitOutsideQuotes } from './fields';
import { Problem } from './problem';
import type { Candidate, ServiceEnv } from './types';

/**
 * Which of the offered media types this request prefers; ends it with 406 where it takes none
 * (RFC 9110 section 12.5.1). Offers stand in the server's own order of preference. An answer that was
 * chosen so carries `Vary: Accept, Accept-Encoding`.
 */
export function chooseType(c: Context<ServiceEnv>, offers: readonly [string, ...string[]]): string {
  const accept = c.req.header('Accept');
  const { chosen, candidates } = negotiateType(accept, offers);
  if (chosen === null) {
    c.env.log.refused('Accept', `None of what there is may be sent for ${accept}.`, candidates);
    throw new Problem(406, {
      detail: 'The resource has no representation of a type that Accept allows.',
      available: offers,
    });
  }
  const because =
    accept === undefined
      ? 'No Accept: the server sends what it likes best.'
      : `${chosen} has the highest quality that Accept gives.`;
  c.env.log.passed('Accept', because, candidates);
  checkEncoding(c);
  return chosen;
}

/** This server compresses nothing, which a client may forbid (RFC 9110 section 12.5.3). */
function checkEncoding(c: Context<ServiceEnv>): void {
  const field = c.req.header('Accept-Encoding');
  if (field === undefined) return;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': field } });
  if (negotiator.encoding(['identity']) === 'identity') {
    c.env.log.passed('Accept-Encoding', 'Content without a coding is acceptable, and sent so.');
    return;
  }
  c.env.log.refused('Accept-Encoding', 'Content without a coding is ruled out; there is no other.');
  throw new Problem(406, {
    detail: 'Content is sent without a coding only, and Accept-Encoding rules that out.',
  });
}

interface Negotiation {
  /** One of the offers; null if none is acceptable. */
  readonly chosen: string | null;
  readonly candidates: readonly Candidate[];
}

/** The choice is the library's; what is said of each offer is worked out here, by the same rules. */
export function negotiateType(accept: string | undefined, offers: readonly string[]): Negotiation {
  const chosen = new Negotiator({ headers: { accept } }).mediaType([...offers]) ?? null;
  const ranges = accept === undefined ? [] : listMembers(accept).flatMap(readRange);
  const candidates = offers.map((offer) => {
    const range = mostSpecific(offer, ranges);
    const q = range?.q ?? (accept === undefined ? 1 : 0);
    return { offer, range: range?.text ?? null, q, chosen: offer === chosen };
  });
  return { chosen, candidates };
}

interface MediaRange {
  /** As it was written, its weight with it. */
  readonly text: string;
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly q: number;
}

/** Nothing for what is no media range. */
function readRange(text: string): MediaRange[] {
  const [name = '', ...rest] = splitOutsideQuotes(text, ';');
  const [type, subtype] = name.toLowerCase().split('/');
  if (!type || !subtype) return [];
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const equals = parameter.indexOf('=');
    if (equals < 0) continue;
    const value = parameter.slice(equals + 1).trim();
    parameters.set(
      parameter.slice(0, equals).trim().toLowerCase(),
      value.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1'),
    );
  }
  const q = Number.parseFloat(parameters.get('q') ?? '1');
  parameters.delete('q');
  return [{ text, type, subtype, parameters, q }];
}

/** The range that takes precedence for a type: parameters before subtype before type before any. */
function mostSpecific(offer: string, ranges: readonly MediaRange[]): MediaRange | undefined {
  const [offered] = readRange(offer);
  if (!offered) throw new Error(`An offer is a media type, such as text/html; got "${offer}".`);
  let best: MediaRange | undefined;
  let bestRank = -1;
  for (const range of ranges) {
    const rank = specificity(range, offered);
    const wins = rank > bestRank || (rank === bestRank && best !== undefined && range.q > best.q);
    if (rank >= 0 && wins) {
      best = range;
      bestRank = rank;
    }
  }
  return best;
}

/** -1 where the range does not hold the type. */
function specificity(range: MediaRange, offered: MediaRange): number {
  if (range.type !== '*' && range.type !== offered.type) return -1;
  if (range.subtype !== '*' && range.subtype !== offered.subtype) return -1;
  for (const [name, value] of range.parameters) {
    if (value.toLowerCase() !== offered.parameters.get(name)?.toLowerCase()) return -1;
  }
  return (
    (range.type === '*' ? 0 : 4) +
    (range.subtype === '*' ? 0 : 2) +
    (range.parameters.size > 0 ? 1 : 0)
  );
}
