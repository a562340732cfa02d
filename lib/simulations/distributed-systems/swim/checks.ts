/** The rules that this simulation is held to, in the tests and on request in the page. */
import { pow } from '../../../kernel/math';
import type { RandomStream } from '../../../kernel/random';
import type { Check, RaceReader } from '../../../simulation/definition';
import type { Member, MemberFactory, MemberOptions, Message, Update } from './models/membership';
import type { parameters } from './parameters';
import { log10, RETRANSMIT_MULT } from './run';
import type { variants } from './variants';

type VariantId = keyof typeof variants;
type SwimCheck = Check<typeof parameters, VariantId, MemberFactory>;

const PROBERS = ['direct', 'indirect', 'swim', 'lifeguard'] as const satisfies VariantId[];
const ALL: readonly VariantId[] = ['heartbeats', ...PROBERS];

const PERIOD_MS = 1000;
const TIMEOUT_MS = 400;

function startedMembers(
  model: MemberFactory,
  draws: RandomStream,
  options: Partial<MemberOptions> & { readonly members: number },
): Member[] {
  return Array.from({ length: options.members }, (_, self) =>
    model({
      self,
      periodMs: PERIOD_MS,
      timeoutMs: TIMEOUT_MS,
      helpers: 3,
      suspicionMult: 4,
      retransmitMult: RETRANSMIT_MULT,
      order: 'in-turn',
      reconnectMs: 0,
      uniform: () => draws.next(),
      log10,
      ...options,
    }),
  );
}

/** Delivers messages, and what is answered to them, at once; returns all that were sent. */
function deliver(
  members: readonly Member[],
  messages: readonly Message[],
  nowMs: number,
  isLost: () => boolean = () => false,
): readonly Message[] {
  const sent = [...messages];
  for (let i = 0; i < sent.length; i++) {
    const message = sent[i];
    if (message && !isLost()) sent.push(...(members[message.to]?.receive(message, nowMs) ?? []));
  }
  return sent;
}

/** All members take their turn at once, in each period and at the timeout in it. */
function periods(
  members: readonly Member[],
  count: number,
  see: (sent: readonly Message[], period: number) => void,
  isLost?: () => boolean,
): void {
  for (let period = 1; period <= count; period++)
    for (const atMs of [period * PERIOD_MS, period * PERIOD_MS + TIMEOUT_MS])
      see(
        deliver(
          members,
          members.flatMap((member) => member.tick(atMs)),
          atMs,
          isLost,
        ),
        period,
      );
}

/** Tells a member, as if somebody else had pinged it, and returns what it says to that. */
function tell(member: Member, self: number, updates: readonly Update[]): readonly Update[] {
  const from = self === 0 ? 1 : 0;
  return member
    .receive({ kind: 'ping', from, to: self, prober: from, probe: 1, updates }, 0)
    .flatMap((message) => message.updates);
}

const resultOf = (race: RaceReader, variant: VariantId, id: string) =>
  race.run(variant).results.find((result) => result.id === id);

export const checks = {
  SW1: {
    statement:
      'With targets chosen at random, a member is first probed after e / (e − 1) ≈ 1.58 periods on average, however many members there are.',
    against:
      'Das, Gupta and Motivala 2002, “SWIM”; 200 periods of 50 and of 150 members, within 0.03.',
    variants: ['swim'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      for (const members of [50, 150]) {
        const cluster = startedMembers(model('swim'), random(`${members}`), {
          members,
          order: 'random',
        });
        let probed = 0;
        periods(cluster, 200, (sent) => {
          probed += new Set(sent.flatMap(({ kind, to }) => (kind === 'ping' ? to : []))).size;
        });
        const expected = Math.E / (Math.E - 1);
        within((200 * members) / probed, expected, 0.03, `${members} members: periods to a probe`);
      }
    },
  },

  SW2: {
    statement:
      'With targets taken in turn, each member probes each other again within 2n − 1 periods, where n is the number of others.',
    against: 'Das, Gupta and Motivala 2002, “SWIM”, time-bounded completeness; 300 periods.',
    variants: ['swim'],
    seeds: 2,
    verify: ({ model, random, atMost }) => {
      const cluster = startedMembers(model('swim'), random('members'), { members: 20 });
      const last = new Map<string, number>();
      let gap = 0;
      periods(cluster, 300, (sent, period) => {
        for (const { kind, from, to } of sent) {
          if (kind !== 'ping') continue;
          gap = Math.max(gap, period - (last.get(`${from} ${to}`) ?? 0));
          last.set(`${from} ${to}`, period);
        }
      });
      for (const period of last.values()) gap = Math.max(gap, 300 - period);
      atMost(20 * 19 - last.size, 0, 'pairs that never probed');
      atMost(gap, 2 * 19 - 1, 'periods without a probe of the same member');
    },
  },

  SW3: {
    statement:
      'If a message arrives with probability q, a ping of a live member fails with probability 1 − q², and with k helpers with (1 − q²)(1 − q⁴)ᵏ.',
    against:
      'Two messages must arrive, or four on one of k ways (the analysis of false positives in SWIM); 1,500 probes at q = 0.8, within 4 standard errors.',
    variants: ['direct', 'indirect'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      for (const { variant, expected } of [
        { variant: 'direct', expected: 1 - 0.8 * 0.8 },
        { variant: 'indirect', expected: (1 - pow(0.8, 2)) * pow(1 - pow(0.8, 4), 3) },
      ] as const) {
        const draws = random(variant);
        let failed = 0;
        for (let i = 0; i < 1500; i++) {
          const members = startedMembers(model(variant), draws, { members: 6 });
          const isLost = (): boolean => draws.next() >= 0.8;
          const [prober] = members;
          const pings = prober?.tick(PERIOD_MS) ?? [];
          deliver(members, pings, PERIOD_MS, isLost);
          for (const atMs of [PERIOD_MS + TIMEOUT_MS, 2 * PERIOD_MS])
            deliver(members, prober?.tick(atMs) ?? [], atMs, isLost);
          if (pings[0] && prober?.holds(pings[0].to) !== 'alive') failed++;
        }
        const error = Math.sqrt((expected * (1 - expected)) / 1500);
        within(failed / 1500, expected, 4 * error, `${variant}: share of probes that fail`);
      }
    },
  },

  SW4: {
    statement: 'What a member holds of another does not depend on the order in which it heard it.',
    against:
      'A later incarnation wins, and of the same one the worse news: a total order; all orders of four updates. (In memberlist’s state.go a suspicion never changes the dead.)',
    variants: PROBERS,
    seeds: 4,
    verify: ({ model, random, equal }) => {
      const draws = random('updates');
      const updates = Array.from(
        { length: 4 },
        (_, by): Update => ({
          about: 3,
          status: (['alive', 'suspect', 'dead'] as const)[draws.nextInteger(3)] ?? 'alive',
          incarnation: draws.nextInteger(3),
          by,
        }),
      );
      for (const variant of PROBERS) {
        const held = permutations(updates).map((order) => {
          const [member] = startedMembers(model(variant), random('member'), { members: 8 });
          for (const update of order) if (member) tell(member, 0, [update]);
          return member?.holds(3);
        });
        equal([...new Set(held)].length, 1, `${variant}: different opinions at the end`);
      }
    },
  },

  SW5: {
    statement:
      'Only a member itself raises its incarnation, and it does so above every accusation that reaches it.',
    against: 'Das, Gupta and Motivala 2002, “SWIM”, on suspicion; 80 periods with a fifth lost.',
    variants: ['swim', 'lifeguard'],
    seeds: 2,
    verify: ({ model, random, equal, atMost }) => {
      for (const variant of ['swim', 'lifeguard'] as const) {
        const draws = random(variant);
        const [accused] = startedMembers(model(variant), draws, { members: 8 });
        for (const status of ['suspect', 'dead'] as const) {
          const incarnation = status === 'suspect' ? 0 : 5;
          const said = accused ? tell(accused, 0, [{ about: 0, status, incarnation, by: 2 }]) : [];
          const refutation = { about: 0, status: 'alive', incarnation: incarnation + 1, by: 0 };
          equal(said, [refutation], `${variant}: what one says who hears that it is ${status}`);
        }
        const cluster = startedMembers(model(variant), draws, { members: 12 });
        const own = new Map<number, number>();
        let accusations = 0;
        periods(
          cluster,
          80,
          (sent) => {
            for (const { from, updates } of sent)
              for (const { about, incarnation, status } of updates) {
                if (status !== 'alive') accusations++;
                if (about === from) own.set(about, Math.max(incarnation, own.get(about) ?? 0));
                else atMost(incarnation, own.get(about) ?? 0, `${variant}: incarnation of another`);
              }
          },
          () => draws.next() < 0.2,
        );
        equal(accusations > 0, true, `${variant}: somebody was accused`);
      }
    },
  },

  SW6: {
    statement:
      'In peace a member sends 2 messages in a period, however many members there are; with heartbeats, one to every other.',
    against: 'A ping and its answer; the definition of heartbeats. Within 5 %.',
    variants: ALL,
    seeds: 1,
    verify: ({ run, within }) => {
      for (const members of [8, 32]) {
        const race = run({ variants: ALL, parameters: { members } });
        for (const variant of ALL) {
          const expected = variant === 'heartbeats' ? members - 1 : 2;
          const load = race.value(variant, 'load');
          within(load, expected, 0.05 * expected, `${variant}, ${members} members: messages`);
        }
      }
    },
  },

  SW7: {
    statement:
      'A suspect has mult · max(1, log₁₀ n) periods; with Lifeguard six times as long while nobody agrees, and less with the logarithm of those who do, down to that at three.',
    against:
      'suspicionTimeout and remainingSuspicionTime of memberlist; Dadgar, Phillips and Currey 2018, “Lifeguard”, whose K is three (memberlist: mult − 2).',
    variants: ['swim', 'lifeguard'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      for (const members of [8, 100])
        for (const agree of [0, 1, 2, 3])
          for (const variant of ['swim', 'lifeguard'] as const) {
            const [member] = startedMembers(model(variant), random('draws'), { members });
            for (let by = 1; by <= 1 + agree; by++)
              if (member) tell(member, 0, [{ about: 7, status: 'suspect', incarnation: 0, by }]);
            let atMs = 0;
            while (member && member.holds(7) !== 'dead' && atMs < 100_000) {
              atMs = member.dueMs();
              // Each ping is answered, so that the member itself has nothing to add.
              for (const { kind, to, ...ping } of member.tick(atMs))
                if (kind === 'ping' && 'probe' in ping)
                  member.receive(
                    { kind: 'ack', from: to, to: 0, prober: 0, probe: ping.probe, updates: [] },
                    atMs,
                  );
            }
            const leastMs = 4 * Math.max(1, log10(members)) * PERIOD_MS;
            const alone = variant === 'lifeguard' ? 6 * leastMs : leastMs;
            const expected = alone - ((alone - leastMs) * log10(agree + 1)) / log10(4);
            within(atMs, expected, 1e-6, `${variant}, ${members} members, ${agree} agree: ms`);
          }
    },
  },

  SW8: {
    statement: 'A member that crashes is in the end believed dead by every live one.',
    against: 'Completeness: Chandra and Toueg 1996; one crash of 16, loss-free.',
    variants: ALL,
    seeds: 3,
    verify: ({ run, equal }) => {
      const race = run({
        variants: ALL,
        parameters: { members: 16, crashes: 1, crashAtMs: 2000, suspicionMult: 2 },
      });
      for (const variant of ALL) {
        const learned = resultOf(race, variant, 'learned.mean')?.n;
        equal(learned, 15, `${variant}: members that believe it dead`);
        equal(race.value(variant, 'falseDeaths'), 0, `${variant}: live members believed dead`);
      }
    },
  },

  SW9: {
    statement: 'A member sends an update at most mult · ⌈log₁₀(n + 1)⌉ times.',
    against: 'retransmitLimit of memberlist; 60 periods with a fifth lost.',
    variants: ['swim'],
    seeds: 2,
    verify: ({ model, random, atMost, atLeast }) => {
      const draws = random('members');
      const members = 12;
      const cluster = startedMembers(model('swim'), draws, { members });
      const times = new Map<string, number>();
      periods(
        cluster,
        60,
        (sent) => {
          for (const { from, to, updates } of sent)
            for (const { about, status, incarnation } of updates) {
              // Who is accused is told each time, which is not passing it on.
              if (about === to) continue;
              const key = `${from}: ${about} ${status} ${incarnation}`;
              times.set(key, (times.get(key) ?? 0) + 1);
            }
        },
        () => draws.next() < 0.2,
      );
      atLeast(times.size, 20, 'different updates');
      const limit = RETRANSMIT_MULT * Math.ceil(log10(members + 1));
      atMost(Math.max(...times.values()), limit, 'times that one was sent');
    },
  },
} satisfies Readonly<Record<string, SwimCheck>>;

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((first, place) =>
    permutations(items.filter((_, i) => i !== place)).map((rest) => [first, ...rest]),
  );
}
