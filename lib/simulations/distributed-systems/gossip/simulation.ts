/** A rumour goes round: each node talks to a peer chosen by chance, again and again. */
import { defineSimulation, type RaceReader } from '../../../simulation/definition';
import { formatValue } from '../../../simulation/format';
import { counter, distribution, level, maximum, share } from '../../../simulation/measures';
import { workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { backedUp } from './models/backed-up';
import { mongering } from './models/mongering';
import type { Digest } from './models/protocol';
import { pull } from './models/pull';
import { push } from './models/push';
import { pushPull } from './models/push-pull';
import { FANOUT_MAX, NODES_MAX, parameters, SHOWN_MS } from './parameters';
import { scenarios } from './scenarios';

const NODES = Array.from({ length: NODES_MAX }, (_, i) => ({
  id: `node-${i + 1}`,
  label: `Node ${i + 1}`,
}));

/** Time from the telling until nine in ten nodes know it, ms; Infinity if they never do. */
function nineInTenMs(race: RaceReader, variant: string): number {
  const { samples, strings } = race.run(variant).recording;
  for (let i = 0; i < samples.length; i++)
    if (strings[samples.series[i] ?? 0] === 'informed' && (samples.value[i] ?? 0) >= 90)
      return samples.at[i] ?? Number.NaN;
  return Number.POSITIVE_INFINITY;
}

export const simulation = defineSimulation({
  title: 'A rumour goes round',
  describe:
    'Nodes tell each other what is new, each one peer at a time, by push, pull or both, for ever or a few times.',
  version: 4,
  link: { version: 1, migrations: {} },
  parameters,

  timing: () => ({ shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 }),
  // Nobody asks for anything: the nodes talk among themselves.
  workload: () => workloadOf([]),

  variants: {
    push: { title: 'Push', describe: 'Those who know something tell it.', model: push },
    pull: { title: 'Pull', describe: 'Everybody asks; those who know more answer.', model: pull },
    'push-pull': {
      title: 'Push and pull',
      describe: 'Everybody says what it knows, and hears what the other knows better.',
      model: pushPull,
    },
    mongering: {
      title: 'Tell and fall silent',
      describe: 'Those who know something tell it a few times.',
      model: mongering,
    },
    'backed-up': {
      title: 'Tell, and compare now and then',
      describe: 'Tells it a few times, and in one round of ten compares notes with a peer.',
      model: backedUp,
    },
  },

  measures: {
    heard: distribution({
      label: 'Heard after',
      describe: 'Time from the telling until a node knows, over all nodes that came to know.',
      unit: 'ms',
      quantiles: [0.5, 0.9],
      better: 'lower',
    }),
    rest: maximum({
      label: 'From half to all',
      describe: 'Time from when half of the live nodes know until all of them do.',
      unit: 'ms',
      better: 'lower',
    }),
    informed: level({
      label: 'Informed',
      describe: 'Share of the live nodes that know the newest, mean over time.',
      unit: '%',
      better: 'higher',
    }),
    unaware: counter({
      label: 'Unaware at the end',
      describe: 'Live nodes that do not know the newest when the time is up.',
      unit: 'servers',
      better: 'lower',
    }),
    messages: counter({
      label: 'Messages',
      describe: 'Messages sent by all nodes.',
      unit: 'messages',
      better: 'lower',
    }),
    idle: share({
      label: 'Told nothing new',
      describe: 'Messages that told their receiver nothing, of those that arrived.',
      better: 'lower',
    }),
  },

  views: {
    cluster: {
      kind: 'cluster',
      title: 'Who has heard it',
      nodes: NODES,
      state: {
        field: 'knows',
        values: {
          unaware: { label: 'unaware', mark: 'sent' },
          informed: { label: 'informed', mark: 'accepted' },
          dead: { label: 'dead', mark: 'failed' },
        },
      },
      side: 'side',
    },
    informed: {
      kind: 'chart',
      title: 'How many have heard it',
      y: { label: 'Live nodes that know', unit: '%', min: 0, max: 100 },
      marks: [{ type: 'step', series: 'informed', label: 'informed' }],
      race: 'overlaid',
    },
    events: { kind: 'events', title: 'What happened' },
  },

  interventions: {
    tell: {
      label: 'Tell something new',
      describe: 'The first node that is alive knows it; all others have to hear it.',
    },
    crash: {
      label: 'Crash a fifth of the nodes',
      describe: 'Every fifth node falls silent for good.',
    },
    cut: {
      label: 'Cut the network',
      describe: 'The two halves cannot reach each other until it is healed.',
    },
    heal: { label: 'Heal the network', describe: 'All can reach all again.' },
  },

  run: ({ simulator, parameters, model, random, keyedUniform, record, measure }) => {
    const { nodes: count, roundMs, tellings, latencyMs } = parameters;
    const nodes = NODES.slice(0, count).map(({ id }, place) => ({
      id,
      place,
      knows: 0,
      told: 0,
      isDead: false,
    }));
    type Node = (typeof nodes)[number];
    let newest = 0;
    let toldAtMs = 0;
    let halfAtMs: number | undefined;
    let isCut = false;
    let sent = 0;
    let unaware = 0;
    const sideOf = (node: Node): string => (isCut && node.place >= count / 2 ? 'b' : 'a');

    const showNode = (node: Node): void =>
      record.state(
        node.id,
        'knows',
        node.isDead ? 'dead' : node.knows === newest ? 'informed' : 'unaware',
      );
    const showShare = (): void => {
      const live = nodes.filter(({ isDead }) => !isDead);
      const left = live.filter(({ knows }) => knows !== newest).length;
      const share = (100 * (live.length - left)) / live.length;
      record.sample('informed', share);
      measure.informed.set(share);
      measure.unaware.add(left - unaware);
      unaware = left;
    };

    /** Shows how far it has got, once fewer are unaware: they have heard it, or they have crashed. */
    const spread = (): void => {
      const before = unaware;
      showShare();
      const live = nodes.filter(({ isDead }) => !isDead).length;
      if (2 * unaware <= live) halfAtMs ??= simulator.now;
      if (unaware > 0 || before === 0) return;
      measure.rest.add(simulator.now - (halfAtMs ?? simulator.now));
      const isEveryone = live === nodes.length;
      record.note(isEveryone ? 'All have heard it.' : 'All who are up have heard it.', 'good');
    };

    const hear = (node: Node, heard: Digest): void => {
      const before = node.knows;
      node.knows = model.learn(before, heard);
      measure.idle.add(node.knows === before);
      if (node.knows === before) return;
      node.told = 0;
      if (node.knows < newest) return;
      measure.heard.add(simulator.now - toldAtMs);
      showNode(node);
      spread();
    };

    const say = (from: Node, to: Node, said: Digest, then: () => void): void => {
      const id = record.message({
        from: from.id,
        to: to.id,
        kind: said.version === newest ? 'accepted' : 'sent',
        arrivesAt: simulator.now + latencyMs,
      });
      measure.messages.add();
      // By the number of the message: what one variant says changes no draw of another's.
      const isLost = 100 * keyedUniform('loss', sent++, 0) < parameters.lossPercent;
      simulator.after(latencyMs / 2, () => {
        if (isLost || sideOf(from) !== sideOf(to)) record.lose(id);
        else
          simulator.after(latencyMs / 2, () => {
            if (!to.isDead) then();
          });
      });
    };

    const talk = (from: Node, roundNumber: number): void => {
      simulator.after(roundMs, () => talk(from, roundNumber + 1));
      if (from.isDead) return;
      for (let i = 0; i < parameters.fanout; i++) {
        const draw = keyedUniform('peers', from.place, roundNumber * FANOUT_MAX + i);
        const chosen = Math.floor(draw * (count - 1));
        const to = nodes[chosen < from.place ? chosen : chosen + 1];
        const said =
          to &&
          model.open(from.knows, { told: from.told, tellings, round: roundNumber + from.place });
        if (!said) continue;
        if (said.version > 0) from.told++;
        say(from, to, said, () => {
          const reply = model.answer(to.knows, said);
          hear(to, said);
          if (reply) say(to, from, reply, () => hear(from, reply));
        });
      }
    };

    const tell = (): void => {
      const first = nodes.find(({ isDead }) => !isDead);
      if (!first) return;
      newest++;
      toldAtMs = simulator.now;
      halfAtMs = undefined;
      first.knows = newest;
      first.told = 0;
      for (const node of nodes) showNode(node);
      showShare();
      record.note(`${NODES[first.place]?.label} knows something new.`);
    };
    const setCut = (next: boolean): void => {
      const isChange = isCut !== next;
      isCut = next;
      for (const node of nodes) record.state(node.id, 'side', sideOf(node));
      const what = next ? 'cut into two halves' : 'whole';
      record.note(`The network is ${what}${isChange ? '' : ' already'}.`, next ? 'bad' : 'good');
    };

    for (const node of nodes) record.state(node.id, 'side', 'a');
    tell();
    const phases = random('phases');
    for (const node of nodes) simulator.after(phases.next() * roundMs, () => talk(node, 0));
    if (parameters.cutAtMs < SHOWN_MS) {
      simulator.at(parameters.cutAtMs, () => setCut(true));
      simulator.after(parameters.cutAtMs + parameters.cutMs, () => setCut(false));
    }

    return {
      tell,
      crash: () => {
        const struck = nodes.filter(({ place, isDead }) => place % 5 === 4 && !isDead);
        for (const node of struck) {
          node.isDead = true;
          showNode(node);
        }
        record.note(`${struck.length} nodes crash.`, 'bad');
        spread();
      },
      cut: () => setCut(true),
      heal: () => setCut(false),
    };
  },

  scenarios,

  tasks: {
    'nobody-left-out': {
      title: 'Nobody left out',
      goal: 'Have all of a hundred nodes hear of it, with no more than seven hundred messages.',
      hint: 'A node that has heard it three times is no use to one that has not. Each further telling divides those left out by about three.',
      scenario: 'left-out',
      held: ['nodes'],
      judge: (race) => {
        const left = race.value('mongering', 'unaware');
        const messages = race.value('mongering', 'messages');
        return {
          reached: left === 0 && messages <= 700,
          reading: `${left} never hear of it; ${messages} messages.`,
        };
      },
      solution: { tellings: 6 },
    },
    'as-few-as-it-takes': {
      title: 'As few as it takes',
      goal: 'Leave nobody out of a hundred with at most four hundred messages, using the variant that compares notes now and then.',
      hint: 'What the rumour misses, the comparison finds. How much rumour does it need?',
      scenario: 'repaired',
      held: ['nodes'],
      judge: (race) => {
        const left = race.value('backed-up', 'unaware');
        const messages = race.value('backed-up', 'messages');
        return {
          reached: left === 0 && messages <= 400,
          reading: `${left} are left out; ${messages} messages.`,
        };
      },
      solution: { tellings: 1 },
    },
    'through-the-loss': {
      title: 'Through the loss',
      goal: 'With at least half of the messages lost, have nine in ten nodes know within two and a half seconds, in rounds of half a second.',
      hint: 'A round may hold more than one message.',
      scenario: 'spread',
      held: ['nodes', 'roundMs'],
      judge: (race) => {
        const ms = nineInTenMs(race, 'push');
        const isHalfLost = Number(race.parameter('lossPercent')) >= 50;
        const known = Number.isFinite(ms)
          ? `Nine in ten know after ${formatValue(ms, 'ms', 4)}`
          : 'Nine in ten never know';
        return {
          reached: isHalfLost && ms <= 2500,
          reading: `${known}${isHalfLost ? '' : ', but fewer than half of the messages are lost'}.`,
        };
      },
      solution: { lossPercent: 50, fanout: 4 },
    },
  },

  predictions: {
    'left-out': {
      question:
        'A hundred nodes; each that hears of it tells it three times, to nodes chosen at random, which makes three hundred messages at most. How many nodes never hear of it?',
      scenario: 'left-out',
      options: { none: 'None', one: 'One to three', some: 'Four to ten', many: 'More than ten' },
      answer: (race) => {
        const left = race.value('mongering', 'unaware');
        return left === 0 ? 'none' : left < 4 ? 'one' : left <= 10 ? 'some' : 'many';
      },
      explain:
        'Messages go to nodes at random, like balls into boxes: with three per box on average, about one box in twenty stays empty.',
    },
    'tell-or-ask': {
      question:
        'The same nodes choose the same peers. Once half of them know, who needs longer for the other half?',
      scenario: 'race',
      options: {
        push: 'Those who tell (push)',
        pull: 'Those who ask (pull)',
        same: 'About the same',
      },
      answer: (race) => {
        const [push, pull] = [race.value('push', 'rest'), race.value('pull', 'rest')];
        return push > 1.25 * pull ? 'push' : pull > 1.25 * push ? 'pull' : 'same';
      },
      explain:
        'Near the end nearly every teller meets somebody who knows already, while nearly every asker meets somebody who can tell. At first it is the other way round.',
    },
  },

  plantedBugs: {
    'once-too-few': {
      title: 'Falls silent one telling early',
      variant: 'mongering',
      find: 'told < tellings',
      replace: 'told + 1 < tellings',
      effect:
        'Three times as many nodes are left out, and every test with three nodes still passes.',
      caughtBy: ['GO5', 'GO8'],
    },
    forgetful: {
      title: 'The last word counts',
      variant: 'push-pull',
      file: 'protocol',
      find: 'Math.max(known, heard.version)',
      replace: 'heard.version',
      effect: 'A node that hears from one that knows less forgets what it knew.',
      caughtBy: ['GO3'],
    },
    'answers-nobody': {
      title: 'Answers those who know',
      variant: 'pull',
      find: 'asks && known > 0',
      replace: '!asks && known > 0',
      effect: 'No question is ever answered, and the rumour stays where it began.',
      caughtBy: ['GO2', 'GO3'],
    },
  },

  omissions: [
    {
      what: 'Every node knows all others and chooses among them evenly.',
      effect:
        'Real nodes know some of the others, and what is known within a clique spreads slowly beyond it.',
    },
    {
      what: 'There is one thing to know, and it fits into one message.',
      effect:
        'Real nodes exchange summaries first; comparing them costs bytes that are not counted here.',
    },
  ],

  checks,

  claims: {
    'some-are-left-out': {
      statement: 'Three tellings leave somebody out.',
      scenario: 'left-out',
      kind: 'holds',
      isOfThisRun: true,
      holds: (race) => race.value('mongering', 'unaware') > 0,
    },
    'repair-leaves-nobody': {
      statement: 'With a comparison now and then, nobody is left out.',
      scenario: 'repaired',
      kind: 'holds',
      holds: (race) => race.value('backed-up', 'unaware') === 0,
    },
    'repair-is-cheap': {
      statement:
        'A comparison now and then costs less than a third of the messages of an exchange in each round.',
      scenario: 'repaired',
      kind: 'holds',
      holds: (race) =>
        race.value('backed-up', 'messages') < race.value('push-pull', 'messages') / 3,
    },
    'asking-ends-sooner': {
      statement: 'Once half know, asking reaches the others sooner than telling.',
      scenario: 'race',
      kind: 'beats',
      result: 'rest',
      better: 'pull',
      worse: 'push',
      seeds: 20,
    },
    'both-is-quickest': {
      statement: 'Push and pull together are quicker than push alone.',
      scenario: 'race',
      kind: 'beats',
      result: 'informed',
      better: 'push-pull',
      worse: 'push',
      seeds: 20,
    },
  },
});
