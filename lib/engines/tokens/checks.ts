/** What a verifier of tokens may ask, in the order in which jose asks it. */
export const TOKEN_CHECKS = {
  form: 'Form',
  algorithm: 'Algorithm',
  key: 'Key',
  signature: 'Signature',
  claims: 'Claims are JSON',
  type: 'Type (typ)',
  required: 'Required claims',
  issuer: 'Issuer (iss)',
  audience: 'Audience (aud)',
  notBefore: 'Not before (nbf)',
  expiry: 'Expiry (exp)',
} as const;

export type TokenCheck = keyof typeof TOKEN_CHECKS;

/** What both verifiers are given. */
export interface Arrival {
  readonly token: string;
  /** Seconds since 1970. */
  readonly now: number;
}
