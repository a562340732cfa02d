import { counter, distribution, maximum, rate, share } from '../../../simulation/measures';

export const measures = {
  stay: distribution({
    label: 'Thief’s window',
    describe:
      'From the theft to the last call that the API answers to the thief; 0 if there is none.',
    unit: 'ms',
    quantiles: [0.5],
    better: 'lower',
  }),
  afterEnd: maximum({
    label: 'Access after the end',
    describe: 'From the end of a session to the last call that the API still answers to a thief.',
    unit: 'ms',
    better: 'lower',
  }),
  noticed: share({
    label: 'Thefts noticed',
    describe:
      'Share of the thefts after which the server has ended the session by the end of the run.',
    better: 'higher',
  }),
  loggedOut: counter({
    label: 'Logged out',
    describe: 'How often a user has to log in again.',
    unit: '',
    better: 'lower',
  }),
  falseAlarms: counter({
    label: 'Logged out for nothing',
    describe: 'How often a user has to log in again though nothing was stolen of the session.',
    unit: '',
    better: 'lower',
  }),
  refreshes: counter({
    label: 'Refreshes',
    describe: 'Requests of clients and thieves for a new access token, granted or not.',
    unit: 'requests',
    better: 'lower',
  }),
  asked: rate({
    label: 'Load on the authorization server',
    describe: 'Logins, refreshes, fetches of the list and questions from the API, per second.',
    unit: 'requests/s',
    better: 'lower',
  }),
  calls: counter({
    label: 'API calls',
    describe: 'Calls at which the API verifies an access token, answered or not.',
    unit: 'calls',
    better: 'neither',
  }),
  repliesLost: counter({
    label: 'Replies lost',
    describe: 'Granted refreshes of which the client never hears.',
    unit: '',
    better: 'lower',
  }),
};
export type RotationMeasures = typeof measures;
