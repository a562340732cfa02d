/** What becomes of a token between the issuer and the API. */
export const WAY_IDS = [
  /** It arrives as it was sent. */
  'untouched',
  /** Its claims are replaced, its header and signature kept. */
  'edited',
  /** Its claims are replaced, `alg` says `none`, and the signature is empty. */
  'unsigned',
  /** Its claims are replaced, `alg` says `HS256`, and the public key is the secret of the MAC. */
  'confused',
  /** Another token arrives. */
  'pasted',
] as const;

export type Way = (typeof WAY_IDS)[number];
