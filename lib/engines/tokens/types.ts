/** The token lab: what goes in and what comes out. Everything is JSON, since it crosses from a worker. */
import type { JWK } from 'jose';
import type { Lab } from '../lab';
import type { Way } from './ways';

/** The signatures that the lab makes (RFC 7518, 3.1; RFC 8037 for EdDSA). */
type Algorithm = 'HS256' | 'RS256' | 'ES256' | 'EdDSA';

/** A key of the issuer. Keys of a lab are fixed, so that what is signed is the same in every run. */
export interface HeldKey {
  readonly kid: string;
  readonly algorithm: Algorithm;
  /** "RSA, 2048 bits". */
  readonly about: string;
  /** With its private half, or the shared secret (`kty` "oct"). */
  readonly jwk: JWK;
}

export interface TokenSetup {
  readonly keys: readonly HeldKey[];
  /** What the reader may try here: one input of each sort to begin with. */
  readonly begin: readonly [TokenInput, ...TokenInput[]];
}

export interface TokenAbout {
  readonly keys: readonly Omit<HeldKey, 'jwk'>[];
  readonly begin: TokenSetup['begin'];
}

/** A token from its signing to its verification. Times are ISO 8601; lists are words with spaces. */
export interface TokenJourney {
  readonly do: 'token';
  readonly issuer: {
    readonly kid: string;
    /** `typ` of the header; none if empty. */
    readonly typ: string;
    /** JSON. */
    readonly claims: string;
  };
  readonly way: Way;
  /** The claims that arrive, JSON, where `way` replaces them. */
  readonly changed: string;
  /** The token that arrives, where `way` is `pasted`. */
  readonly pasted: string;
  readonly api: {
    readonly at: string;
    /** `kid`s of the keys that it knows. */
    readonly trusts: readonly string[];
    /** What the strict verifier asks for; what is empty is not asked. */
    readonly algorithms: string;
    readonly typ: string;
    readonly required: string;
    readonly issuer: string;
    readonly audience: string;
    readonly toleranceS: string;
  };
}

/** A webhook from sender to receiver, as in Standard Webhooks. */
export interface WebhookJourney {
  readonly do: 'webhook';
  readonly sender: {
    /** One or, while they are rotated, several: `whsec_` and base64, with spaces between. */
    readonly secrets: string;
    readonly id: string;
    readonly at: string;
    readonly body: string;
  };
  /** The body as it arrives. */
  readonly arrives: string;
  readonly receiver: {
    readonly secret: string;
    readonly at: string;
    readonly toleranceS: string;
  };
}

/** A one-time password by time (RFC 6238), made and checked. */
export interface TotpInput {
  readonly do: 'totp';
  /** Base32. */
  readonly secret: string;
  readonly hash: 'SHA-1' | 'SHA-256' | 'SHA-512';
  readonly digits: string;
  readonly stepS: string;
  /** The clock of the device that shows the code. */
  readonly shownAt: string;
  /** The clock of the server. */
  readonly checkedAt: string;
  /** Steps that the server accepts on either side of its own. */
  readonly window: string;
  /** What the user types; the code shown if empty. */
  readonly typed: string;
}

/** Proof key for code exchange (RFC 7636): the code is stolen, the verifier is not. */
export interface PkceInput {
  readonly do: 'pkce';
  readonly method: 'S256' | 'plain';
  /** What the client keeps. */
  readonly verifier: string;
  /** What is presented with the code. */
  readonly presented: string;
}

export type TokenInput = TokenJourney | WebhookJourney | TotpInput | PkceInput;

export interface Answer {
  /** `unasked`: the verifier does not look; `unreached`: it has refused before. */
  readonly result: 'passed' | 'failed' | 'unasked' | 'unreached';
  /** In a few words; the library's own where it refuses. */
  readonly why: string;
}

/** One check, in the order in which verifiers make it. */
interface Ruling {
  readonly check: string;
  readonly naive: Answer;
  readonly strict: Answer;
}

export interface Judged {
  readonly rulings: readonly Ruling[];
  readonly naiveAccepts: boolean;
  readonly strictAccepts: boolean;
}

export interface TokenOutcome extends Judged {
  readonly is: 'token';
  /** What the issuer signed; null where another token was pasted. */
  readonly issued: string | null;
  readonly arrived: string;
  /** Who made the signature that arrives, and with which key. */
  readonly signedBy: string;
}

export interface WebhookOutcome extends Judged {
  readonly is: 'webhook';
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What the signature is over. */
  readonly content: string;
}

export interface TotpOutcome {
  readonly is: 'totp';
  /** Number of the step that the device is in. */
  readonly counter: number;
  /** HMAC of the counter, hexadecimal. */
  readonly mac: string;
  /** Where in the MAC the four bytes of the code begin (RFC 4226, 5.3). */
  readonly offset: number;
  readonly code: string;
  readonly typed: string;
  /** The steps that the server compares with, earliest first. */
  readonly steps: readonly {
    readonly counter: number;
    readonly from: string;
    readonly code: string;
    readonly matches: boolean;
  }[];
  readonly accepted: boolean;
}

export interface PkceOutcome {
  readonly is: 'pkce';
  readonly challenge: string;
  /** What the server computes from what is presented. */
  readonly computed: string;
  readonly accepted: boolean;
  readonly why: string;
}

/** What was asked cannot be done: what should hold, what came. */
interface Refused {
  readonly is: 'refused';
  readonly why: string;
}

export type TokenOutput = TokenOutcome | WebhookOutcome | TotpOutcome | PkceOutcome | Refused;

export type TokensLab = Lab<'tokens', TokenSetup, TokenInput, TokenOutput>;
