/** A rumour goes round: each node talks to a peer chosen by chance, again and again. */
import { defineSimulation } from '../../../simulation/definition';
import { counter, distribution, level } from '../../../simulation/measures';
import { workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import type { Digest } from './models/protocol';
import { pull } from './models/pull';
import { push } from './models/push';
import { pushPull } from './models/push-pull';
import { NODES_MAX, parameters, SHOWN_MS } from './parameters';

const NODES = Array.from({ length: NODES_MAX }, (_, i) => ({
  id: `node-${i + 1}`,
  label: `Node ${i + 1}`,
}));

export const simulation = defineSimulation({
  title: 'A rumour goes round',
  describe: 'Nodes tell each other what is new, each one peer at a time, by push, pull or both.',
  version: 1,
  link: { version: 1, migrations: {} },
  parameters,

  timing: () => ({ shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 }),
  // Nobody asks for anything: the nodes talk among themselves.
  workload: () => workloadOf([]),

  variants: {
    push: { title: 'Push', describe: 'Who knows something tells it.', model: push },
    pull: { title: 'Pull', describe: 'Everybody asks; who knows more answers.', model: pull },
    'push-pull': {
      title: 'Push and pull',
      describe: 'Everybody says what it knows, and hears what the other knows better.',
      model: pushPull,
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
    informed: level({
      label: 'Informed',
      describe: 'Share of the nodes that know the newest, mean over time.',
      unit: '%',
      better: 'higher',
    }),
    messages: counter({
      label: 'Messages',
      describe: 'Messages sent by all nodes.',
      unit: 'messages',
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
      y: { label: 'Nodes that know', unit: '%', min: 0, max: 100 },
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
      describe: 'The two halves do not reach each other until it is healed.',
    },
    heal: { label: 'Heal the network', describe: 'All reach all again.' },
  },

  run: ({ simulator, parameters, model, random, keyedUniform, record, measure }) => {
    const { nodes: count, roundMs, fanout, latencyMs, lossPercent } = parameters;
    const nodes = NODES.slice(0, count).map(({ id }, place) => ({
      id,
      place,
      knows: 0,
      isDead: false,
    }));
    type Node = (typeof nodes)[number];
    let newest = 0;
    let toldAtMs = 0;
    let isCut = false;
    let sent = 0;
    const sideOf = (node: Node): string => (isCut && node.place >= count / 2 ? 'b' : 'a');

    const showNode = (node: Node): void =>
      record.state(
        node.id,
        'knows',
        node.isDead ? 'dead' : node.knows === newest ? 'informed' : 'unaware',
      );
    const showShare = (): void => {
      const share = (100 * nodes.filter(({ knows }) => knows === newest).length) / count;
      record.sample('informed', share);
      measure.informed.set(share);
    };

    const hear = (node: Node, heard: Digest): void => {
      const before = node.knows;
      node.knows = model.learn(before, heard);
      if (node.knows === before || node.knows < newest) return;
      measure.heard.add(simulator.now - toldAtMs);
      showNode(node);
      showShare();
      if (nodes.every(({ knows, isDead }) => isDead || knows === newest))
        record.note('All have heard it.', 'good');
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
      const isLost = 100 * keyedUniform('loss', sent++, 0) < lossPercent;
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
      for (let i = 0; i < fanout; i++) {
        const draw = keyedUniform('peers', from.place, roundNumber * fanout + i);
        const chosen = Math.floor(draw * (count - 1));
        const to = nodes[chosen < from.place ? chosen : chosen + 1];
        const said = to && model.open(from.knows);
        if (!said) continue;
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
      first.knows = newest;
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
      },
      cut: () => setCut(true),
      heal: () => setCut(false),
    };
  },

  scenarios: {
    spread: {
      title: 'One node knows something',
      question: 'How long until all have heard it?',
      story: 'Twice a second each of thirty nodes that know tells one other, chosen by chance.',
      watch: 'It doubles, and then the last few take as long as all others.',
      variants: ['push'],
      views: ['cluster', 'informed', 'events'],
      controls: ['nodes', 'fanout', 'roundMs', 'lossPercent'],
      measures: ['heard.p50', 'heard.p90', 'informed', 'messages'],
      seed: 1,
      stillAtMs: 2000,
      speed: 1,
    },
    race: {
      title: 'To tell, to ask, or both',
      question: 'Who is quicker: those who tell or those who ask?',
      story: 'The same nodes choose the same peers, and tell them, ask them, or do both.',
      watch: 'Telling is quick at first and slow at the end; asking is the other way round.',
      parameters: { nodes: 40 },
      variants: ['push', 'pull', 'push-pull'],
      views: ['cluster', 'informed'],
      controls: ['nodes', 'fanout', 'roundMs', 'lossPercent'],
      measures: ['heard.p50', 'heard.p90', 'informed', 'messages'],
      seed: 1,
      stillAtMs: 2000,
      speed: 1,
    },
    partition: {
      title: 'A network in two halves',
      question: 'What becomes of those on the other side?',
      story:
        'A hundred nodes fall into two halves half a second after the telling, for four seconds.',
      watch: 'What crosses the cut is lost; when it is healed, the other half soon knows.',
      parameters: { nodes: 100, cutAtMs: 500, cutMs: 4000 },
      variants: ['push-pull'],
      views: ['cluster', 'informed', 'events'],
      controls: ['cutAtMs', 'cutMs', 'nodes', 'lossPercent'],
      measures: ['heard.p50', 'heard.p90', 'informed', 'messages'],
      seed: 1,
      stillAtMs: 3500,
      speed: 1,
    },
  },

  tasks: {
    'through-the-loss': {
      title: 'Through the loss',
      goal: 'With half of the messages lost, let nine in ten nodes know within two and a half seconds, in rounds of half a second.',
      hint: 'A round may hold more than one message.',
      scenario: 'spread',
      judge: (race) => {
        const ms = race.value('push', 'heard.p90');
        const isHalfLost =
          race.parameter('lossPercent') === 50 && race.parameter('roundMs') === 500;
        return {
          reached: isHalfLost && ms < 2500,
          reading: `Nine in ten know after ${(ms / 1000).toFixed(2)} s${isHalfLost ? '' : ', but half of the messages are not lost or the round is another'}.`,
        };
      },
      solution: { lossPercent: 50, fanout: 4 },
    },
  },

  predictions: {
    'tell-or-ask': {
      question:
        'The same nodes choose the same peers. Which is quicker to reach nine in ten: telling or asking?',
      scenario: 'race',
      options: { push: 'Telling (push)', pull: 'Asking (pull)' },
      answer: (race) =>
        race.value('push', 'heard.p90') < race.value('pull', 'heard.p90') ? 'push' : 'pull',
      explain:
        'While few know, an asker rarely meets one of them, and a teller nearly always meets somebody new. It turns round at the end: then nearly every asker meets one who knows.',
    },
  },

  plantedBugs: {
    forgetful: {
      title: 'The last word counts',
      variant: 'push-pull',
      file: 'protocol',
      find: 'Math.max(known, heard.version)',
      replace: 'heard.version',
      effect: 'Who hears from somebody that knows less forgets what it knew.',
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
        'Real nodes know some of the others, and what is known within a clique spreads slowly beyond.',
    },
    {
      what: 'There is one thing to know, and it fits into one message.',
      effect:
        'Real nodes exchange summaries first; comparing them costs bytes that are not counted here.',
    },
  ],

  checks,

  claims: {
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
