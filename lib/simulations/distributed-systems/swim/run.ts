/** A cluster of members over a network that delays, loses and cuts; what each holds of the others. */
import { log } from '../../../kernel/math';
import type { RunContext } from '../../../simulation/definition';
import type { measures } from './measures';
import type { Member, MemberFactory, Message, Status } from './models/membership';
import { MEMBERS_MAX, type parameters, SHOWN_MS } from './parameters';

export const NODES = Array.from({ length: MEMBERS_MAX }, (_, i) => ({
  id: `member-${i + 1}`,
  label: `Member ${i + 1}`,
}));

/** An update is sent this many times log₁₀ n (memberlist, config.go, DefaultLANConfig). */
export const RETRANSMIT_MULT = 4;

export const log10 = (x: number): number => log(x) / Math.LN10;

interface Node {
  readonly place: number;
  readonly id: string;
  member: Member;
  isDown: boolean;
  downAtMs: number;
  /** The time for which its next tick is booked. */
  bookedMs: number;
  /** What it was last seen to hold of each. */
  readonly held: Status[];
  shown: string;
}

type Context = RunContext<typeof parameters, typeof measures, MemberFactory>;

const KIND = { heartbeat: 'sent', ping: 'sent', ack: 'accepted', 'ping-req': 'retried' } as const;

export function run({
  simulator,
  parameters,
  model,
  random,
  keyedUniform,
  record,
  measure,
}: Context) {
  const count = parameters.members;
  const start = (place: number): Member => {
    const draws = random(`member ${place}`);
    return model({
      self: place,
      members: count,
      periodMs: parameters.periodMs,
      timeoutMs: parameters.timeoutMs,
      helpers: parameters.helpers,
      suspicionMult: parameters.suspicionMult,
      retransmitMult: RETRANSMIT_MULT,
      order: parameters.order,
      reconnectMs: parameters.reconnectMs,
      uniform: () => draws.next(),
      log10,
    });
  };
  const nodes = NODES.slice(0, count).map(
    ({ id }, place): Node => ({
      place,
      id,
      member: start(place),
      isDown: false,
      downAtMs: 0,
      bookedMs: Number.POSITIVE_INFINITY,
      held: Array.from({ length: count }, () => 'alive'),
      shown: '',
    }),
  );
  const nameOf = ({ place }: Node): string => NODES[place]?.label ?? '';
  /** Spread over the circle, so that those who crash or are slow do not stand side by side. */
  const spread = (how: number, offset: number): Node[] =>
    Array.from(
      { length: how },
      (_, i) => nodes[(offset + i * Math.floor(count / how)) % count],
    ).filter((node) => node !== undefined);
  const slow = new Set(spread(Math.min(parameters.slowMembers, count), 1));
  let isCut = false;
  let sent = 0;
  const sideOf = ({ place }: Node): string => (isCut && place >= count / 2 ? 'b' : 'a');

  /** How many live members hold each member suspect, and how many dead. */
  const suspectedBy = new Array<number>(count).fill(0);
  const buriedBy = new Array<number>(count).fill(0);

  const shownOf = ({ place, isDown }: Node): string => {
    const suspected = (suspectedBy[place] ?? 0) > 0;
    const buried = (buriedBy[place] ?? 0) > 0;
    if (isDown) return buried ? 'gone' : suspected ? 'missed' : 'silent';
    return buried ? 'buried' : suspected ? 'suspected' : 'trusted';
  };
  const show = (): void => {
    const down = nodes.filter(({ isDown }) => isDown);
    const alive = count - down.length;
    const sum = (of: readonly Node[], by: readonly number[]): number =>
      of.reduce((total, { place }) => total + (by[place] ?? 0), 0);
    const live = nodes.filter(({ isDown }) => !isDown);
    const pairs = down.length * alive;
    const known = pairs === 0 ? 0 : (100 * sum(down, buriedBy)) / pairs;
    const missing = pairs === 0 ? 0 : (100 * sum(down, suspectedBy)) / pairs;
    measure.missed.set(pairs === 0 ? 0 : 100 - known);
    measure.wronged.set(alive < 2 ? 0 : (100 * sum(live, buriedBy)) / (alive * (alive - 1)));
    record.sample('known', known);
    record.sample('missing', missing);
    record.sample('wrongly-suspected', live.filter(({ place }) => suspectedBy[place]).length);
    record.sample('wrongly-buried', live.filter(({ place }) => buriedBy[place]).length);
    for (const node of nodes) {
      const next = shownOf(node);
      if (next === node.shown) continue;
      node.shown = next;
      record.state(node.id, 'standing', next);
    }
  };

  /** What an observer has come to hold of others since it was last looked at. */
  const look = (observer: Node): void => {
    let isNews = false;
    for (const subject of nodes) {
      const { place } = subject;
      const before = observer.held[place];
      const after = observer.isDown ? 'alive' : observer.member.holds(place);
      if (before === after || subject === observer) continue;
      observer.held[place] = after;
      isNews = true;
      if (before === 'suspect') suspectedBy[place] = (suspectedBy[place] ?? 0) - 1;
      if (before === 'dead') buriedBy[place] = (buriedBy[place] ?? 0) - 1;
      if (after === 'suspect') {
        if (!subject.isDown && suspectedBy[place] === 0 && buriedBy[place] === 0) {
          measure.falseSuspicions.add();
          record.note(
            `${nameOf(observer)} suspects ${nameOf(subject)}, which is alive.`,
            'warning',
          );
        } else if (subject.isDown && suspectedBy[place] === 0 && buriedBy[place] === 0)
          record.note(`${nameOf(observer)} suspects ${nameOf(subject)}.`);
        suspectedBy[place] = (suspectedBy[place] ?? 0) + 1;
      }
      if (after === 'dead') {
        if (buriedBy[place] === 0) {
          const isWrong = !subject.isDown;
          if (isWrong) measure.falseDeaths.add();
          else measure.noticed.add(simulator.now - subject.downAtMs);
          record.note(
            `${nameOf(observer)} believes ${nameOf(subject)} dead${isWrong ? ', which is alive' : ''}.`,
            isWrong ? 'bad' : 'good',
          );
        }
        if (subject.isDown) measure.learned.add(simulator.now - subject.downAtMs);
        buriedBy[place] = (buriedBy[place] ?? 0) + 1;
      }
    }
    if (isNews) show();
  };

  const send = (message: Message): void => {
    const from = nodes[message.from];
    const to = nodes[message.to];
    if (!from || !to) return;
    const { latencyMs } = parameters;
    const id = record.message({
      from: from.id,
      to: to.id,
      kind: KIND[message.kind],
      arrivesAt: simulator.now + latencyMs,
    });
    measure.load.add(1 / count);
    // By the number of the message, so that what else happens draws nothing away from it.
    const draw = keyedUniform('loss', sent++, 0);
    const isLost = 100 * draw < parameters.lossPercent;
    simulator.after(latencyMs / 2, () => {
      if (isLost || sideOf(from) !== sideOf(to)) record.lose(id);
      else
        simulator.after(latencyMs / 2 + (slow.has(to) ? parameters.slowMs : 0), () => {
          if (to.isDown) return;
          const answers = to.member.receive(message, simulator.now);
          look(to);
          for (const answer of answers) send(answer);
          book(to);
        });
    });
  };

  const book = (node: Node): void => {
    const dueMs = Math.max(simulator.now, node.member.dueMs());
    if (dueMs >= node.bookedMs) return;
    node.bookedMs = dueMs;
    simulator.at(dueMs, () => {
      // An earlier time has been booked since, or it has crashed.
      if (node.bookedMs !== dueMs || node.isDown) return;
      node.bookedMs = Number.POSITIVE_INFINITY;
      const messages = node.member.tick(simulator.now);
      look(node);
      for (const message of messages) send(message);
      book(node);
    });
  };

  const crash = (struck: readonly Node[]): void => {
    for (const node of struck) {
      node.isDown = true;
      node.downAtMs = simulator.now;
      node.bookedMs = Number.POSITIVE_INFINITY;
      look(node);
      record.note(`${nameOf(node)} crashes.`, 'bad');
    }
    if (struck.length === 0) record.note('Nobody is left to crash.');
    show();
  };
  const setCut = (next: boolean): void => {
    const isChange = isCut !== next;
    isCut = next;
    for (const node of nodes) record.state(node.id, 'side', sideOf(node));
    const what = next ? 'cut into two halves' : 'whole';
    record.note(`The network is ${what}${isChange ? '' : ' already'}.`, next ? 'bad' : 'good');
  };

  for (const node of nodes) record.state(node.id, 'side', 'a');
  show();
  for (const node of slow) record.note(`${nameOf(node)} is slow.`, 'warning');
  for (const node of nodes) book(node);
  if (parameters.crashes > 0)
    simulator.at(parameters.crashAtMs, () =>
      crash(spread(Math.min(parameters.crashes, count), 6).filter(({ isDown }) => !isDown)),
    );
  if (parameters.cutAtMs < SHOWN_MS) {
    simulator.at(parameters.cutAtMs, () => setCut(true));
    simulator.after(parameters.cutAtMs + parameters.cutMs, () => setCut(false));
  }

  return {
    crash: () => crash(nodes.filter(({ isDown }) => !isDown).slice(0, 1)),
    restart: () => {
      const back = nodes.filter(({ isDown }) => isDown);
      for (const node of back) {
        node.isDown = false;
        node.member = start(node.place);
        book(node);
      }
      record.note(
        back.length === 0
          ? 'Nobody is down.'
          : `${back.map(nameOf).join(', ')} ${back.length === 1 ? 'starts' : 'start'} again.`,
        back.length === 0 ? 'plain' : 'good',
      );
      show();
    },
    cut: () => setCut(true),
    heal: () => setCut(false),
  };
}
