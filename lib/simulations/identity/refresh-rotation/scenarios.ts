import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { VariantId } from './variants';
import type { views } from './views';

type RotationScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

const MINUTE_MS = 60_000;
/** A hundred users, twenty-five of whom are robbed. */
const MANY = { sessions: 100, stolen: 25 } as const;

/** One theft, whose moments lie apart. */
const STORY = {
  seed: 315,
  seedReason:
    'The client’s next refresh comes two minutes after the thief’s first, and well before its second.',
  stillAtMs: 16 * MINUTE_MS,
} as const;

export const scenarios = {
  /** The failure. */
  copied: {
    title: 'A copy of the refresh token',
    question: 'Who notices that a refresh token has been copied?',
    story: 'A script in the page reads the storage of a client and sends the refresh token away.',
    watch: 'Client and thief refresh in turn, and the server gives to both.',
    variants: ['never-rotated'],
    views: ['sequence', 'hands', 'events'],
    controls: ['theftAtMs', 'thiefDelayMs', 'accessLifetimeMs', 'activeEveryMs'],
    measures: ['stay.mean', 'noticed', 'loggedOut'],
    ...STORY,
    speed: 120,
  },

  /** The remedy, step by step. */
  reuse: {
    title: 'The same token a second time',
    question: 'When does the theft come to light?',
    story: 'The same theft, at a server that replaces refresh tokens and remembers the old ones.',
    watch:
      'The thief comes first; the client then sends a token that was replaced, and both are out.',
    variants: ['reuse-detected'],
    views: ['sequence', 'hands', 'events'],
    controls: ['accessLifetimeMs', 'thiefDelayMs', 'checks', 'listEveryMs', 'awayMs'],
    measures: ['stay.mean', 'afterEnd', 'noticed', 'loggedOut'],
    ...STORY,
    speed: 120,
  },

  /** What detection adds to rotation. */
  first: {
    title: 'Whoever comes first',
    question: 'What is rotation worth without detection?',
    story: 'Two servers rotate; one of them ends the session when an old token comes again.',
    watch: 'Where nothing is ended, the client is refused and logs in again, and the thief stays.',
    variants: ['rotated', 'reuse-detected'],
    views: ['sequence', 'events'],
    controls: ['thiefDelayMs', 'accessLifetimeMs', 'activeEveryMs'],
    measures: ['stay.mean', 'noticed', 'loggedOut'],
    ...STORY,
    speed: 120,
  },

  /** The limit of detection. */
  away: {
    title: 'The victim never comes back',
    question: 'Who reuses the token if the user has gone?',
    story: 'Twenty-five tokens are stolen; their owners have closed their laptops for the day.',
    watch: 'No old token ever comes again, and every thief stays.',
    parameters: { ...MANY, awayMs: 60 * MINUTE_MS },
    variants: ['reuse-detected'],
    views: ['thieves', 'events'],
    controls: ['awayMs', 'thiefDelayMs', 'accessLifetimeMs', 'checks'],
    measures: ['stay.mean', 'noticed', 'loggedOut'],
    seed: 1,
    speed: 240,
  },

  /** What is bought with load. */
  outlives: {
    title: 'The access token outlives the session',
    question: 'How long does a thief keep what has been taken back?',
    story:
      'Twenty-five of a hundred users are robbed; each session ends with its first reused token.',
    watch: 'The server knows, and the API goes on answering until the access token expires.',
    parameters: { ...MANY, accessLifetimeMs: 15 * MINUTE_MS },
    variants: ['reuse-detected'],
    views: ['thieves', 'load'],
    controls: ['accessLifetimeMs', 'checks', 'listEveryMs', 'thiefDelayMs', 'activeEveryMs'],
    measures: ['stay.mean', 'afterEnd', 'asked', 'noticed'],
    seed: 1,
    speed: 240,
  },

  /** The price for everybody else. */
  innocent: {
    title: 'Nobody was robbed',
    question: 'Whom does reuse detection log out?',
    story: 'A hundred users on a network that loses two replies in a hundred; there is no thief.',
    watch: 'A client that has not heard the answer sends its old token again, as a thief would.',
    parameters: { sessions: 100, stolen: 0, lossShare: 2 },
    variants: ['rotated', 'reuse-detected', 'graced'],
    views: ['logins'],
    controls: ['lossShare', 'tabs', 'graceMs', 'accessLifetimeMs'],
    measures: ['falseAlarms', 'repliesLost', 'refreshes'],
    seed: 1,
    speed: 240,
  },
} as const satisfies Readonly<Record<string, RotationScenario>>;
