import type { Member, MemberOptions, Message, Status, Update } from './membership';
import { rumoursOf, supersedes } from './rumours';
import { suspicionsOf } from './suspicions';
import { pick, targetsOf } from './targets';

/** What a detector does beyond pinging one member in a period. */
export interface Rules {
  /** Has others try before it believes its own timeout. */
  readonly asksOthers: boolean;
  /** Gives a member that does not answer time to speak up. */
  readonly suspects: boolean;
  /** Doubts itself: probes more slowly after failures, and waits for others to agree. */
  readonly doubtsItself: boolean;
}

/** Its own health counts from 0 to this: timeouts are up to nine times as long (Lifeguard: S = 8). */
const HEALTH_WORST = 8;

interface Probe {
  readonly number: number;
  readonly target: number;
  readonly askOthersMs: number;
  isAnswered: boolean;
  hasAskedOthers: boolean;
}

/**
 * A member that probes one other in each period (SWIM, Das, Gupta and Motivala 2002), and passes on
 * what it learns with the messages that it sends anyway.
 */
export function prober(options: MemberOptions, rules: Rules): Member {
  const { self, members, periodMs, timeoutMs, helpers, reconnectMs, uniform } = options;
  const opinions: Update[] = Array.from({ length: members }, (_, about) => ({
    about,
    status: 'alive',
    incarnation: 0,
    by: about,
  }));
  const opinionOf = (member: number): Update => {
    const held = opinions[member];
    if (!held) throw new RangeError(`Expected a member from 0 to ${members - 1}, got ${member}.`);
    return held;
  };
  const holds = (member: number): Status => opinionOf(member).status;
  const withStatus = (...wanted: readonly Status[]): number[] =>
    opinions
      .filter(({ about, status }) => about !== self && wanted.includes(status))
      .map(({ about }) => about);

  const rumours = rumoursOf(options);
  const suspicions = suspicionsOf(options, rules.doubtsItself);
  const nextTarget = targetsOf(options, (member) => holds(member) !== 'dead');
  let health = 0;
  let probes = 0;
  let probe: Probe | undefined;
  // Members do not start together, or all would ping in the same instant.
  let nextProbeMs = uniform() * periodMs;
  let reconnectAtMs = reconnectMs > 0 ? uniform() * reconnectMs : Number.POSITIVE_INFINITY;

  /** Who is accused is told first of all, in whatever is sent to it. */
  const updatesFor = (to: number): readonly Update[] => {
    const held = opinionOf(to);
    const isTold = held.status === 'dead' || (held.status === 'suspect' && rules.doubtsItself);
    return isTold ? [held, ...rumours.take()] : rumours.take();
  };
  const ping = (to: number, prober: number, number: number): Message => ({
    kind: 'ping',
    from: self,
    to,
    prober,
    probe: number,
    updates: updatesFor(to),
  });

  // #region learn
  const learn = (update: Update, nowMs: number): void => {
    const { about, status, incarnation, by } = update;
    if (about === self) {
      if (status === 'alive' || incarnation < opinionOf(self).incarnation) return;
      const refutation: Update = { about, status: 'alive', incarnation: incarnation + 1, by: self }; // (1)
      opinions[self] = refutation;
      rumours.add(refutation);
      health = Math.min(HEALTH_WORST, health + 1);
      return;
    }
    const held = opinionOf(about);
    const isSameSuspicion = status === 'suspect' && held.status === 'suspect';
    if (isSameSuspicion && incarnation === held.incarnation && suspicions.confirm(about, by))
      rumours.add(update); // (2)
    if (!supersedes(update, held)) return; // (3)
    opinions[about] = update;
    rumours.add(update);
    if (status === 'suspect') suspicions.open(about, by, nowMs);
    else suspicions.close(about);
  };
  // #endregion

  // #region verdict
  const accuse = (member: number, nowMs: number): void => {
    const { incarnation } = opinionOf(member);
    const status = rules.suspects ? 'suspect' : 'dead'; // (1)
    learn({ about: member, status, incarnation, by: self }, nowMs);
  };
  const bury = (member: number, nowMs: number): void => {
    const { incarnation } = opinionOf(member);
    learn({ about: member, status: 'dead', incarnation, by: self }, nowMs); // (2)
  };
  // #endregion

  // #region probe
  const endProbe = ({ target, isAnswered }: Probe, nowMs: number): void => {
    health = Math.min(HEALTH_WORST, Math.max(0, health + (isAnswered ? -1 : 1))); // (1)
    if (!isAnswered) accuse(target, nowMs);
  };
  const startProbe = (nowMs: number): readonly Message[] => {
    const patience = rules.doubtsItself ? 1 + health : 1; // (2)
    nextProbeMs = nowMs + periodMs * patience;
    const target = nextTarget();
    probe = undefined;
    if (target === undefined) return [];
    probe = {
      number: ++probes,
      target,
      askOthersMs: nowMs + timeoutMs * patience,
      isAnswered: false,
      hasAskedOthers: !rules.asksOthers,
    };
    return [ping(target, self, probe.number)];
  };
  const askOthers = (unanswered: Probe): readonly Message[] => {
    unanswered.hasAskedOthers = true;
    const able = withStatus('alive').filter((member) => member !== unanswered.target);
    return pick(helpers, able, uniform).map((to) => ({
      kind: 'ping-req', // (3)
      from: self,
      to,
      target: unanswered.target,
      probe: unanswered.number,
      updates: updatesFor(to),
    }));
  };
  // #endregion

  return {
    holds,

    dueMs: () =>
      Math.min(
        nextProbeMs,
        reconnectAtMs,
        suspicions.dueMs(),
        probe && !probe.isAnswered && !probe.hasAskedOthers ? probe.askOthersMs : nextProbeMs,
      ),

    tick: (nowMs) => {
      const messages: Message[] = [];
      for (const member of suspicions.expired(nowMs)) bury(member, nowMs);
      if (probe && !probe.isAnswered && !probe.hasAskedOthers && nowMs >= probe.askOthersMs)
        messages.push(...askOthers(probe));
      if (nowMs >= nextProbeMs) {
        if (probe) endProbe(probe, nowMs);
        messages.push(...startProbe(nowMs));
      }
      if (nowMs >= reconnectAtMs) {
        reconnectAtMs = nowMs + reconnectMs;
        const [gone] = pick(1, withStatus('dead'), uniform);
        if (gone !== undefined) messages.push(ping(gone, self, 0));
      }
      return messages;
    },

    receive: (message, nowMs) => {
      for (const update of message.updates) learn(update, nowMs);
      const { from } = message;
      switch (message.kind) {
        case 'heartbeat':
          return [];
        case 'ping': {
          const { prober, probe: number } = message;
          const updates = updatesFor(from);
          return [{ kind: 'ack', from: self, to: from, prober, probe: number, updates }];
        }
        case 'ping-req':
          return [ping(message.target, from, message.probe)];
        case 'ack': {
          const { prober, probe: number } = message;
          if (prober !== self)
            return [
              {
                kind: 'ack',
                from: self,
                to: prober,
                prober,
                probe: number,
                updates: updatesFor(prober),
              },
            ];
          if (probe?.number === number) probe.isAnswered = true;
          return [];
        }
        default:
          return message satisfies never;
      }
    },
  };
}
