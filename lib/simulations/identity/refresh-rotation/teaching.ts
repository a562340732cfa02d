/** What the reader is asked and told: tasks, predictions, planted bugs, omissions, claims. */
import type { Claim, Omission, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;

const MINUTE_MS = 60_000;

const minutes = (ms: number): string => `${(ms / MINUTE_MS).toFixed(2)} min`;

export const tasks = {
  'three-minutes': {
    title: 'Three minutes',
    goal: 'Keep the thief’s window under three minutes, with an API that asks nobody.',
    hint: 'The client sends its old token when its access token has expired, and the thief keeps the newest for as long again.',
    scenario: 'reuse',
    held: ['checks', 'thiefDelayMs', 'awayMs'],
    judge: (race) => {
      const windowMs = race.value('reuse-detected', 'stay.mean');
      return {
        reached: windowMs < 3 * MINUTE_MS,
        reading: `The window is ${minutes(windowMs)}.`,
      };
    },
    solution: { accessLifetimeMs: 2 * MINUTE_MS },
  },
  'end-means-end': {
    title: 'The end is the end',
    goal: 'Shut every thief out within a minute of the end of the session, with less than one request a second to the authorization server, and access tokens that live for fifteen minutes.',
    hint: 'Not every call has to be asked about: the ended sessions are a short list.',
    scenario: 'outlives',
    held: ['accessLifetimeMs', 'activeEveryMs', 'thiefDelayMs'],
    judge: (race) => {
      const afterMs = race.value('reuse-detected', 'afterEnd');
      const asked = race.value('reuse-detected', 'asked');
      return {
        reached: afterMs <= MINUTE_MS && asked < 1,
        reading: `The last thief is let in ${minutes(afterMs)} after the end, at ${asked.toFixed(2)} requests/s.`,
      };
    },
    solution: { checks: 'list', listEveryMs: 30_000 },
  },
  'fewer-chances': {
    title: 'Fewer chances to lose',
    goal: 'Without grace, have at most eight log-outs of innocent users an hour, on a network that loses two replies in a hundred.',
    hint: 'What is not sent cannot be lost. What does that cost, should there be a thief?',
    scenario: 'innocent',
    held: ['lossShare', 'tabs'],
    judge: (race) => {
      const alarms = race.value('reuse-detected', 'falseAlarms');
      return { reached: alarms <= 8, reading: `Log-outs for nothing: ${alarms}.` };
    },
    solution: { accessLifetimeMs: 30 * MINUTE_MS },
  },
} as const satisfies Readonly<Record<string, Task<typeof parameters, ScenarioId>>>;

export const predictions = {
  'who-stays': {
    question:
      'The server rotates refresh tokens and does nothing more. The thief refreshes before the client does. Who is still in half an hour later?',
    scenario: 'first',
    options: {
      neither: 'Neither: the session is spoilt',
      client: 'The client; the thief’s copy has been used up',
      both: 'Both: the client has logged in again, and the thief goes on refreshing',
    },
    answer: (race) => {
      const isThiefIn = race.value('rotated', 'stay.mean') > 30 * MINUTE_MS;
      if (!isThiefIn) return race.value('rotated', 'loggedOut') > 0 ? 'neither' : 'client';
      return 'both';
    },
    explain:
      'The thief has swapped the copy for a token of its own. The client’s token is refused, the user logs in again and suspects nothing; the old session lives on in the thief’s hands.',
  },
  'nobody-comes': {
    question:
      'The server detects reuse and ends the session. The victims do not come back within the hour. How many of the thefts are noticed?',
    scenario: 'away',
    options: {
      all: 'All: the thieves’ own refreshes give them away',
      some: 'Some, by chance',
      none: 'None',
    },
    answer: (race) => {
      const noticed = race.value('reuse-detected', 'noticed');
      if (noticed === 100) return 'all';
      return noticed > 0 ? 'some' : 'none';
    },
    explain:
      'Reuse needs two. A thief who is alone with the session uses each token once, as a client does.',
  },
} as const satisfies Readonly<Record<string, Prediction<ScenarioId>>>;

export const plantedBugs = {
  'refuses-only': {
    title: 'Refuses, and ends nothing',
    variant: 'reuse-detected',
    find: 'families.end(family.id); // (1)',
    replace: '// (1)',
    effect: 'The victim is logged out and the thief, who came first, keeps the session.',
    caughtBy: ['RR2'],
  },
  'keeps-the-old': {
    title: 'Keeps what it replaces',
    variant: 'rotated',
    find: '      families.delete(token);\n      return',
    replace: '      return',
    effect:
      'Every refresh token ever given out stays valid: there are more copies to steal, not fewer.',
    caughtBy: ['RR1'],
  },
  'grace-renewed': {
    title: 'Grace that starts over',
    variant: 'graced',
    find: "return { kind: 'granted', token: family.current, family: family.id }; // (1)",
    replace:
      "family.replacedAtMs = nowMs;\n        return { kind: 'granted', token: family.current, family: family.id }; // (1)",
    effect: 'A thief who comes often enough keeps an old token alive for ever.',
    caughtBy: ['RR3'],
  },
  'grace-for-all': {
    title: 'Grace for every old token',
    variant: 'graced',
    find: 'if (token === family.previous && nowMs',
    replace: 'if (token !== family.current && nowMs',
    effect: 'A token that was stolen last week works again for a moment after each refresh.',
    caughtBy: ['RR3'],
  },
} as const satisfies Readonly<Record<string, PlantedBug<VariantId>>>;

export const omissions: readonly Omission[] = [
  {
    what: 'Sessions have no end of their own.',
    effect:
      'Real refresh tokens expire, idle or in all; a thief who is not noticed is out by then, but stays here.',
  },
  {
    what: 'A thief copies the refresh token once, and never from the next login.',
    effect:
      'A script that is still in the page steals again after each login; real windows are longer than here.',
  },
  {
    what: 'A thief refreshes only when an access token has expired, and gives up when refused.',
    effect: 'A thief who waits for the user to leave for good is noticed less often than here.',
  },
  {
    what: 'Clients are public: they have no secret, and tokens are not bound to a key of theirs (DPoP, mTLS).',
    effect:
      'A refresh token that passes only with the secret or key of its client is of no use to whoever copies it; then the windows here do not exist.',
  },
  {
    what: 'The list of ended sessions is fetched whole, by one instance of the API, and never fails.',
    effect:
      'With many instances the load multiplies; a list that cannot be fetched lets thieves in for longer.',
  },
  {
    what: 'The server answers at once, and clocks agree.',
    effect:
      'A slow server makes concurrent refreshes likelier; leeway for clocks adds to the life of access tokens.',
  },
];

export const claims = {
  'copies-are-not-noticed': {
    statement: 'Where tokens are not rotated, the theft is not noticed, and the thief stays.',
    scenario: 'copied',
    kind: 'holds',
    holds: (race) =>
      race.value('never-rotated', 'noticed') === 0 &&
      race.value('never-rotated', 'stay.mean') > 50 * MINUTE_MS,
  },
  'thief-first-then-victim': {
    statement: 'The victim’s next refresh ends the session for both.',
    scenario: 'reuse',
    kind: 'holds',
    holds: (race) =>
      race.value('reuse-detected', 'noticed') === 100 &&
      race.value('reuse-detected', 'loggedOut') === 1,
  },
  'detection-shortens': {
    statement: 'Detection shortens the thief’s window.',
    scenario: 'first',
    kind: 'beats',
    result: 'stay.mean',
    better: 'reuse-detected',
    worse: 'rotated',
    seeds: 10,
  },
  'detection-logs-out-no-more': {
    statement:
      'With detection users are logged out for nothing as often as by rotation alone: a token sent again is refused either way.',
    scenario: 'innocent',
    kind: 'holds',
    holds: (race) =>
      race.value('rotated', 'falseAlarms') > 0 &&
      race.value('reuse-detected', 'falseAlarms') === race.value('rotated', 'falseAlarms'),
  },
  'rotation-alone-keeps-the-thief': {
    statement:
      'Where the thief refreshes first, rotation without detection logs the user out and keeps the thief.',
    scenario: 'first',
    kind: 'holds',
    isOfThisRun: true,
    holds: (race) =>
      race.value('rotated', 'loggedOut') === 1 &&
      race.value('rotated', 'stay.mean') > 50 * MINUTE_MS,
  },
  'away-is-unnoticed': {
    statement: 'If the victims never come back, not one theft is noticed.',
    scenario: 'away',
    kind: 'holds',
    holds: (race) => race.value('reuse-detected', 'noticed') === 0,
  },
  'access-outlives': {
    statement: 'An API that asks nobody goes on answering for minutes after the session has ended.',
    scenario: 'outlives',
    kind: 'holds',
    holds: (race) => race.value('reuse-detected', 'afterEnd') > 10 * MINUTE_MS,
  },
  'grace-spares-the-innocent': {
    statement: 'With grace, fewer users are logged out for nothing.',
    scenario: 'innocent',
    kind: 'beats',
    result: 'falseAlarms',
    better: 'graced',
    worse: 'reuse-detected',
    seeds: 6,
  },
} as const satisfies Readonly<Record<string, Claim<ScenarioId, VariantId>>>;
