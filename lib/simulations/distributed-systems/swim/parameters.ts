import { choice, count, duration, quantity } from '../../../simulation/parameters';

/** Simulated time that a figure shows and measures, ms. */
export const SHOWN_MS = 24_000;
export const MEMBERS_MAX = 32;

export const parameters = {
  members: count({
    label: 'Members',
    describe: 'How many nodes there are; each knows all others.',
    unit: 'servers',
    min: 5,
    max: MEMBERS_MAX,
    step: 1,
    default: 24,
  }),
  periodMs: duration({
    label: 'Period',
    describe: 'How often each member probes another; with heartbeats, how often each sends them.',
    min: 500,
    max: 3000,
    step: 100,
    // memberlist, config.go, DefaultLANConfig: ProbeInterval.
    default: 1000,
  }),
  timeoutMs: duration({
    label: 'Timeout',
    describe:
      'Time without an answer after which a member asks others to try; their answer takes four trips of the network, and counts if it is back before the period ends.',
    min: 100,
    max: 500,
    step: 50,
    // memberlist, config.go, DefaultLANConfig: ProbeTimeout.
    default: 500,
  }),
  helpers: count({
    label: 'Helpers',
    describe: 'How many others a member asks to try in its place.',
    unit: '',
    min: 0,
    max: 5,
    step: 1,
    // memberlist, config.go, DefaultLANConfig: IndirectChecks.
    default: 3,
  }),
  suspicionMult: count({
    label: 'Suspicion',
    describe: 'Periods in which a suspect may speak up, times log₁₀ of the members.',
    unit: '×',
    min: 1,
    max: 8,
    step: 1,
    // memberlist, config.go, DefaultLANConfig: SuspicionMult.
    default: 4,
  }),
  order: choice({
    label: 'Whom to probe',
    describe: 'How a member chooses whom it probes next.',
    options: {
      'in-turn': { label: 'Each in turn' },
      random: { label: 'At random' },
    },
    default: 'in-turn',
  }),
  latencyMs: duration({
    label: 'Network',
    describe: 'How long a message takes.',
    min: 10,
    max: 100,
    step: 10,
    default: 40,
  }),
  lossPercent: quantity({
    label: 'Loss',
    describe: 'Share of the messages that are lost on the way.',
    unit: '%',
    min: 0,
    max: 50,
    step: 5,
    default: 0,
    live: true,
  }),
  crashes: count({
    label: 'Crashes',
    describe: 'How many members fall silent at the time of the crash.',
    unit: 'servers',
    min: 0,
    max: 4,
    step: 1,
    default: 0,
  }),
  crashAtMs: duration({
    label: 'Crash at',
    describe: 'When they fall silent.',
    min: 0,
    max: 12_000,
    step: 500,
    default: 3000,
  }),
  slowMembers: count({
    label: 'Slow members',
    describe: 'How many members take their time over every message they get.',
    unit: 'servers',
    min: 0,
    max: 4,
    step: 1,
    default: 0,
  }),
  slowMs: duration({
    label: 'Slow by',
    describe: 'How long a slow member leaves a message lying before it looks at it.',
    min: 0,
    max: 6000,
    step: 200,
    default: 2000,
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
    default: 10_000,
  }),
  reconnectMs: duration({
    label: 'Reconnect',
    describe:
      'How often each member asks one that it believes dead whether it is back; 0 is never.',
    min: 0,
    zero: 'never',
    max: 6000,
    step: 500,
    default: 0,
  }),
};
