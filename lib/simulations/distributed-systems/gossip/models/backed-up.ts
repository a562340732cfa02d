import { mongering } from './mongering';
import { newest, type Protocol } from './protocol';
import { pushPull } from './push-pull';

/** In one round of so many a node compares notes with a peer, whether it has news or not. */
const ANTI_ENTROPY_EVERY = 10;

/** Tells news a few times, as mongering does, and seldom compares all that it knows with a peer. */
export const backedUp: Protocol = {
  // #region open
  open: (known, occasion) =>
    (occasion.round + 1) % ANTI_ENTROPY_EVERY === 0 // (1)
      ? pushPull.open(known, occasion)
      : mongering.open(known, occasion),
  answer: pushPull.answer, // (2)
  // #endregion
  learn: newest,
};
