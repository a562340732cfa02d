/** The rules that stores and run are held to, in the tests and on request in the page. */
import type { Check, RaceReader } from '../../../simulation/definition';
import type { TokenStore, TokenStoreFactory } from './models/token-store';
import { MEASURED_MS, type parameters, THEFTS_OVER_MS, THIEF_CALL_MS } from './parameters';
import { refreshesExpected } from './theory';
import type { VariantId } from './variants';

type RotationCheck = Check<typeof parameters, VariantId, TokenStoreFactory>;

const ALL = ['never-rotated', 'rotated', 'reuse-detected', 'graced'] as const;
const DETECTING = ['reuse-detected', 'graced'] as const;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const RFC9700 = 'RFC 9700 section 4.14.2';

/** Many users, a quarter of them robbed. */
const ROBBED = { sessions: 40, stolen: 10 } as const;
/** Nobody is robbed. */
const QUIET = { sessions: 40, stolen: 0 } as const;

function storeOf(factory: TokenStoreFactory, graceMs = 0): TokenStore {
  let tokens = 0;
  return factory({ newToken: () => `token-${++tokens}`, graceMs: () => graceMs });
}

/** The token of a refresh that has to be granted; empty if it is not. */
function next(store: TokenStore, token: string, nowMs = 0): string {
  const reply = store.refresh(token, nowMs);
  return reply.kind === 'granted' ? reply.token : '';
}

const isGranted = (store: TokenStore, token: string, nowMs = 0): boolean =>
  next(store, token, nowMs) !== '';

const secondsOf = (race: RaceReader, variant: VariantId): number =>
  race.value(variant, 'asked') * (MEASURED_MS / SECOND_MS);

export const checks = {
  RR1: {
    statement: 'Where tokens are rotated, a token that was replaced is never granted again.',
    against: `${RFC9700}: “the previous refresh token is invalidated”.`,
    variants: ['rotated', 'reuse-detected'],
    seeds: 4,
    verify: ({ model, random, equal }) => {
      for (const variant of ['rotated', 'reuse-detected'] as const) {
        const turns = 1 + Math.floor(random('turns').next() * 8);
        const store = storeOf(model(variant));
        const used = [store.open('a')];
        for (let turn = 0; turn < turns; turn++) used.push(next(store, used[turn] ?? ''));
        const old = used[Math.floor(random('old').next() * turns)] ?? '';
        equal(used.includes(''), false, `${variant}: a present token is refused`);
        equal(isGranted(store, old), false, `${variant}: an old token is granted`);
      }
    },
  },

  RR2: {
    statement: 'The first reuse ends its family, the newest token included, and no other family.',
    against: `${RFC9700}: the server “will revoke the active refresh token”, since it cannot tell who sent the old one.`,
    variants: DETECTING,
    seeds: 4,
    verify: ({ model, random, equal }) => {
      for (const variant of DETECTING) {
        const store = storeOf(model(variant));
        const other = store.open('other');
        const tokens = [store.open('robbed')];
        const turns = 1 + Math.floor(random('turns').next() * 6);
        for (let turn = 0; turn < turns; turn++) tokens.push(next(store, tokens[turn] ?? ''));
        const old = tokens[Math.floor(random('old').next() * turns)] ?? '';
        const reply = store.refresh(old, MINUTE_MS);
        equal(reply.kind === 'refused' ? reply.ended : 'granted', 'robbed', `${variant}: ended`);
        for (const token of tokens)
          equal(
            isGranted(store, token, MINUTE_MS),
            false,
            `${variant}: ${token} is granted after it`,
          );
        equal(isGranted(store, other, MINUTE_MS), true, `${variant}: another family lives on`);
      }
    },
  },

  RR3: {
    statement:
      'Grace is for the one token before the present, gives the present one, and ends on time however often it is used.',
    against:
      'Auth0: only the most recently superseded token is eligible for reuse within the interval. (It gives a new token then, this model the present one.)',
    variants: ['graced'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const begin = (): { store: TokenStore; tokens: readonly [string, string, string] } => {
        const store = storeOf(model('graced'), 10 * SECOND_MS);
        const first = store.open('a');
        const second = next(store, first, 0);
        return { store, tokens: [first, second, next(store, second, MINUTE_MS)] };
      };
      const atMs = (afterMs: number): number => MINUTE_MS + afterMs;
      const within = begin();
      equal(
        next(within.store, within.tokens[1], atMs(9999)),
        within.tokens[2],
        'what the previous token gets within its grace',
      );
      equal(
        isGranted(within.store, within.tokens[1], atMs(10_000)),
        false,
        'the previous token is granted when its grace is over, though it was used within',
      );
      equal(
        isGranted(within.store, within.tokens[2], atMs(10_000)),
        false,
        'and the family lives on',
      );
      const older = begin();
      equal(isGranted(older.store, older.tokens[0], atMs(1)), false, 'the one before is granted');
      equal(isGranted(older.store, older.tokens[2], atMs(1)), false, 'and the family lives on');
    },
  },

  RR4: {
    statement: 'Ending a family refuses all its tokens, and none of another.',
    against: 'RFC 7009 section 2.1: a revoked refresh token is of no use from then on.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ALL) {
        const store = storeOf(model(variant), MINUTE_MS);
        const other = store.open('other');
        const first = store.open('a');
        const second = next(store, first);
        store.end('a');
        equal(isGranted(store, first), false, `${variant}: the first token is granted`);
        equal(isGranted(store, second), false, `${variant}: the second token is granted`);
        equal(isGranted(store, other), true, `${variant}: another family lives on`);
      }
    },
  },

  RR5: {
    statement:
      'With detection and an active victim, every theft is noticed; access ends at most a token’s lifetime after the session.',
    against:
      'An access token that nobody asks about is valid until it expires (RFC 9068 section 4).',
    variants: ['reuse-detected'],
    seeds: 3,
    verify: ({ run, equal, atMost, atLeast }) => {
      const accessLifetimeMs = 5 * MINUTE_MS;
      const race = run({
        variants: ['reuse-detected'],
        parameters: { ...ROBBED, accessLifetimeMs, checks: 'nobody' },
      });
      equal(race.value('reuse-detected', 'noticed'), 100, 'thefts noticed, %');
      atMost(
        race.value('reuse-detected', 'afterEnd'),
        accessLifetimeMs,
        'access after the end, ms',
      );
      atLeast(race.value('reuse-detected', 'afterEnd'), MINUTE_MS, 'access after the end, ms');
    },
  },

  RR6: {
    statement:
      'Asked at each call, the server ends access with the session; a list ends it at most one fetch later.',
    against: 'RFC 7662 (introspection); a list is as old as its last fetch.',
    variants: ['reuse-detected'],
    seeds: 2,
    verify: ({ run, equal, atMost }) => {
      const after = (parameters: Parameters<typeof run>[0]['parameters']): number =>
        run({ variants: ['reuse-detected'], parameters: { ...ROBBED, ...parameters } }).value(
          'reuse-detected',
          'afterEnd',
        );
      equal(after({ checks: 'server' }), 0, 'access after the end where the API asks, ms');
      for (const listEveryMs of [15 * SECOND_MS, MINUTE_MS])
        atMost(after({ checks: 'list', listEveryMs }), listEveryMs, 'access after the end, ms');
    },
  },

  RR7: {
    statement: 'If the victims never come back, no theft is noticed, and every thief stays.',
    against: 'No old token is ever sent again: there is nothing to detect.',
    variants: DETECTING,
    seeds: 2,
    verify: ({ run, equal, within }) => {
      const race = run({ variants: DETECTING, parameters: { ...ROBBED, awayMs: MEASURED_MS } });
      // Thefts begin one after the other.
      const laterMs = (THEFTS_OVER_MS * (ROBBED.stolen - 1)) / (2 * ROBBED.stolen);
      const wholeMs = MEASURED_MS - Number(race.parameter('theftAtMs')) - laterMs;
      for (const variant of DETECTING) {
        equal(race.value(variant, 'noticed'), 0, `${variant}: thefts noticed, %`);
        within(
          race.value(variant, 'stay.mean'),
          wholeMs,
          THIEF_CALL_MS + SECOND_MS,
          `${variant}: the thief’s window, ms`,
        );
      }
    },
  },

  RR8: {
    statement: 'Without detection no theft is noticed, whoever refreshes first.',
    against: `${RFC9700}: rotation shows a breach by the reuse of an invalidated token, and by nothing else.`,
    variants: ['never-rotated', 'rotated'],
    seeds: 2,
    verify: ({ run, equal }) => {
      for (const thiefDelayMs of [0, 10 * MINUTE_MS]) {
        const variants = ['never-rotated', 'rotated'] as const;
        const race = run({ variants, parameters: { ...ROBBED, thiefDelayMs } });
        for (const variant of variants)
          equal(race.value(variant, 'noticed'), 0, `${variant}: thefts noticed, %`);
      }
    },
  },

  RR9: {
    statement: 'With no thief, one tab and no losses, nobody is logged out.',
    against: 'Each token is sent once.',
    variants: ALL,
    seeds: 2,
    verify: ({ run, equal }) => {
      const race = run({ variants: ALL, parameters: { ...QUIET, tabs: 1, lossShare: 0 } });
      for (const variant of ALL)
        equal(race.value(variant, 'loggedOut'), 0, `${variant}: logged out`);
    },
  },

  RR10: {
    statement:
      'Without grace, each lost reply logs its user out; with a grace beyond the client’s timeout, none does.',
    against:
      'A draft of the FAPI 2.0 Security Profile, section 5.3.2.1: rotation only if a retry with the previous token succeeds.',
    variants: DETECTING,
    seeds: 3,
    verify: ({ run, equal, within, atLeast }) => {
      const race = run({
        variants: DETECTING,
        parameters: { ...QUIET, lossShare: 5, graceMs: MINUTE_MS },
      });
      const lost = race.value('reuse-detected', 'repliesLost');
      atLeast(lost, 5, 'replies lost');
      // One that is lost in the last seconds is not asked again before the end.
      within(race.value('reuse-detected', 'falseAlarms'), lost, 1, 'logged out for nothing');
      equal(race.value('graced', 'falseAlarms'), 0, 'logged out for nothing, with grace');
    },
  },

  RR11: {
    statement: 'Two tabs that refresh together end their session, unless there is grace.',
    against:
      'The second of two requests with one token is a reuse, by the letter; a grace longer than the gap lets it pass.',
    variants: DETECTING,
    seeds: 2,
    verify: ({ run, equal, atLeast }) => {
      const race = run({
        variants: DETECTING,
        parameters: { ...QUIET, tabs: 2, graceMs: SECOND_MS },
      });
      // Each user goes through several lives of an access token.
      atLeast(
        race.value('reuse-detected', 'falseAlarms'),
        QUIET.sessions,
        'logged out for nothing',
      );
      equal(race.value('graced', 'falseAlarms'), 0, 'logged out for nothing, with grace');
    },
  },

  RR12: {
    statement:
      'A client refreshes once per lifetime of its access token plus the wait for its user.',
    against: 'Renewal theory: (T − E D)/μ + E C²/(2μ²), within four standard errors.',
    variants: ALL,
    seeds: 2,
    verify: ({ run, within }) => {
      for (const minutes of [2, 10]) {
        const lifetimeMs = minutes * MINUTE_MS;
        const race = run({ variants: ALL, parameters: { ...QUIET, accessLifetimeMs: lifetimeMs } });
        const { mean, variance } = refreshesExpected({
          lifetimeMs,
          actsEveryMs: Number(race.parameter('activeEveryMs')),
          networkMs: Number(race.parameter('networkMs')),
          timeMs: MEASURED_MS,
        });
        for (const variant of ALL)
          within(
            race.value(variant, 'refreshes'),
            QUIET.sessions * mean,
            4 * Math.sqrt(QUIET.sessions * variance) + 1,
            `${variant}: refreshes at a lifetime of ${minutes} min`,
          );
      }
    },
  },

  RR13: {
    statement:
      'An API that asks at each call sends the server every call, and each login and refresh is one more.',
    against: 'Conservation of requests, exactly.',
    variants: ALL,
    seeds: 1,
    verify: ({ run, within }) => {
      const race = run({ variants: ALL, parameters: { ...ROBBED, checks: 'server' } });
      for (const variant of ALL) {
        const parts = ['calls', 'refreshes', 'loggedOut'].map((id) => race.value(variant, id));
        const sum = parts.reduce((total, part) => total + part, 0);
        // An expired token is refused without a question, and a login at the very end is still open.
        within(secondsOf(race, variant), sum, 2, `${variant}: requests to the server`);
      }
    },
  },
} as const satisfies Readonly<Record<string, RotationCheck>>;
