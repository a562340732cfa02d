/** The one interface of all stores here: what an authorization server keeps of its refresh tokens. */

export type Refreshed =
  | {
      readonly kind: 'granted';
      /** What the client has to send next time. */
      readonly token: string;
      /** The login that the token descends from; an access token carries it. */
      readonly family: string;
    }
  | {
      readonly kind: 'refused';
      /** The family that this request has ended, whose access tokens are worth nothing any more. */
      readonly ended: string | null;
    };

export interface TokenStore {
  /** The first refresh token of a login. */
  readonly open: (family: string) => string;
  readonly refresh: (token: string, nowMs: number) => Refreshed;
  /** Ends a family: the user has logged out. */
  readonly end: (family: string) => void;
}

export interface TokenStoreContext {
  /** A token that nobody can guess and that has never been given out. */
  readonly newToken: () => string;
  /** How long the token before the present one may still be used, ms. */
  readonly graceMs: () => number;
}

export type TokenStoreFactory = (context: TokenStoreContext) => TokenStore;

export const REFUSED: Refreshed = { kind: 'refused', ended: null };
