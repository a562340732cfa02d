/** What is done to a token on the way, as one says it. */
import type { TokenInput } from '@/lib/engines/tokens/types';
import type { Way } from '@/lib/engines/tokens/ways';

export const WAYS: Readonly<Record<Way, { readonly label: string; readonly does: string }>> = {
  untouched: { label: 'Nothing', does: 'nothing happens to it' },
  edited: { label: 'Claims changed', does: 'the claims are changed, the signature is kept' },
  unsigned: { label: 'alg: none', does: 'the claims are changed, alg says none, no signature' },
  confused: {
    label: 'HS256 with the public key',
    does: 'the claims are changed, alg says HS256, the public key is the secret',
  },
  pasted: { label: 'Another token', does: 'another token arrives' },
};

export const SORTS: Readonly<Record<TokenInput['do'], string>> = {
  token: 'Token',
  webhook: 'Webhook signature',
  totp: 'One-time code (TOTP)',
  pkce: 'Code exchange (PKCE)',
};
