import { count, duration, quantity } from '../../../simulation/parameters';

/** Simulated time that a figure shows and measures, ms. */
export const SHOWN_MS = 12_000;
export const NODES_MAX = 100;
export const FANOUT_MAX = 4;

export const parameters = {
  nodes: count({
    label: 'Nodes',
    describe: 'How many nodes there are; each can reach all others.',
    unit: 'servers',
    min: 5,
    max: NODES_MAX,
    step: 1,
    default: 30,
  }),
  roundMs: duration({
    label: 'Round',
    describe: 'How often each node talks to a peer of its choice.',
    min: 200,
    max: 2000,
    step: 100,
    default: 500,
  }),
  fanout: count({
    label: 'Peers per round',
    describe: 'How many peers a node talks to in a round, each chosen at random.',
    unit: '',
    min: 1,
    max: FANOUT_MAX,
    step: 1,
    default: 1,
    live: true,
  }),
  tellings: count({
    label: 'Tellings',
    describe: 'How many times a node tells something, where it then falls silent.',
    unit: '',
    min: 1,
    max: 12,
    step: 1,
    default: 3,
  }),
  latencyMs: duration({
    label: 'Network',
    describe: 'How long a message takes.',
    min: 20,
    max: 200,
    step: 10,
    default: 150,
  }),
  lossPercent: quantity({
    label: 'Loss',
    describe: 'Share of the messages that are lost on the way.',
    unit: '%',
    min: 0,
    max: 80,
    step: 5,
    default: 0,
    live: true,
  }),
  cutAtMs: duration({
    label: 'Cut at',
    describe: 'When the network splits into two halves; at the very end means never.',
    min: 0,
    end: 'never',
    max: SHOWN_MS,
    step: 500,
    default: SHOWN_MS,
  }),
  cutMs: duration({
    label: 'Cut for',
    describe: 'Time after which the halves reach each other again.',
    min: 500,
    max: SHOWN_MS,
    step: 500,
    default: 4000,
  }),
};
