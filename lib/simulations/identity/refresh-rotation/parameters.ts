import { choice, count, duration, quantity } from '../../../simulation/parameters';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

export const MEASURED_MS = 60 * MINUTE_MS;
/** Thefts, where there are many, begin one after the other in this time. */
export const THEFTS_OVER_MS = 10 * MINUTE_MS;
/** How often a thief calls the API while it lets them in: windows are measured this finely. */
export const THIEF_CALL_MS = 10 * SECOND_MS;
/** A client that has no answer after this asks again. */
export const TIMEOUT_MS = 3 * SECOND_MS;
/** From being logged out to a new login. */
export const LOGIN_MS = 30 * SECOND_MS;
/** Between the calls of tabs that wake up together. */
export const TABS_APART_MS = 20;

export const parameters = {
  sessions: count({
    label: 'Users',
    describe: 'How many users are logged in, each with one client.',
    unit: '',
    min: 1,
    max: 200,
    step: 1,
    default: 1,
  }),
  stolen: count({
    label: 'Thefts',
    describe:
      'How many users have their refresh token copied, each by a different thief, one after another within ten minutes.',
    unit: '',
    min: 0,
    max: 50,
    step: 1,
    default: 1,
  }),
  theftAtMs: duration({
    label: 'Theft at',
    describe: 'When the first refresh token is copied.',
    min: MINUTE_MS,
    max: 40 * MINUTE_MS,
    step: MINUTE_MS,
    default: 8 * MINUTE_MS,
  }),
  thiefDelayMs: duration({
    label: 'Thief waits',
    describe: 'How long after the theft a thief uses the refresh token for the first time.',
    min: 0,
    max: 30 * MINUTE_MS,
    step: 30 * SECOND_MS,
    default: MINUTE_MS,
  }),
  awayMs: duration({
    label: 'Victim away',
    describe: 'How long after the theft the victim does nothing; an hour is beyond the run.',
    min: 0,
    max: MEASURED_MS,
    step: MINUTE_MS,
    default: 0,
  }),
  accessLifetimeMs: duration({
    label: 'Access token lives',
    describe: 'How long an access token is valid from its issue.',
    min: MINUTE_MS,
    max: 30 * MINUTE_MS,
    step: MINUTE_MS,
    default: 5 * MINUTE_MS,
    live: true,
  }),
  checks: choice({
    label: 'The API asks',
    describe: 'How the API finds out that a session has ended, besides the expiry of its token.',
    options: {
      nobody: { label: 'nobody', describe: 'Signature and expiry are all that counts.' },
      list: { label: 'a list', describe: 'It fetches the ended sessions every so often.' },
      server: { label: 'each time', describe: 'It asks the authorization server at each call.' },
    },
    default: 'nobody',
    live: true,
  }),
  listEveryMs: duration({
    label: 'List fetched every',
    describe: 'How often the API fetches the list of ended sessions, if it reads one.',
    min: 5 * SECOND_MS,
    max: 10 * MINUTE_MS,
    step: 5 * SECOND_MS,
    default: MINUTE_MS,
  }),
  graceMs: duration({
    label: 'Grace',
    describe: 'How long after its replacement a refresh token still passes, where there is grace.',
    min: 0,
    max: 5 * MINUTE_MS,
    step: SECOND_MS,
    default: 10 * SECOND_MS,
    live: true,
  }),
  tabs: count({
    label: 'Tabs at once',
    describe: 'How many tabs of a client wake up together; each refreshes by itself.',
    unit: '',
    min: 1,
    max: 4,
    step: 1,
    default: 1,
    live: true,
  }),
  lossShare: quantity({
    label: 'Replies lost',
    describe: 'Share of the replies that bring clients new tokens and never arrive.',
    unit: '%',
    min: 0,
    max: 20,
    step: 0.5,
    default: 0,
    live: true,
  }),
  activeEveryMs: duration({
    label: 'User acts every',
    describe: 'Mean time between two actions of a user, at random moments.',
    min: 10 * SECOND_MS,
    max: 10 * MINUTE_MS,
    step: 10 * SECOND_MS,
    default: MINUTE_MS,
  }),
  networkMs: duration({
    label: 'Network',
    describe: 'How long a message takes in one direction.',
    min: 10,
    max: 1000,
    step: 10,
    default: 80,
  }),
};
