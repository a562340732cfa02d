import { adaptiveLifo } from './models/adaptive-lifo';
import { bounded } from './models/bounded';
import { codel } from './models/codel';
import { deadline } from './models/deadline';
import { fifo } from './models/fifo';
import { lifo } from './models/lifo';

/** The queue policies that race, in the order in which a figure lists them. */
export const variants = {
  fifo: {
    title: 'FIFO, no bound',
    describe: 'The first to come is served first, however long the queue.',
    model: fifo,
  },
  bounded: {
    title: 'Bounded',
    describe: 'First in, first out while there is room; the rest are refused at once.',
    model: bounded,
  },
  deadline: {
    title: 'Deadline-aware',
    describe: 'First in, first out; what can no longer be answered in time is dropped unserved.',
    model: deadline,
  },
  lifo: {
    title: 'LIFO',
    describe: 'The last to come is served first.',
    model: lifo,
  },
  codel: {
    title: 'CoDel',
    describe:
      'Drops from the front, ever more often, while all waits are above a target (RFC 8289).',
    model: codel,
  },
  'adaptive-lifo': {
    title: 'Adaptive LIFO',
    describe:
      'While a queue stands, the newest goes first, and what has waited longer than the target is dropped.',
    model: adaptiveLifo,
  },
};

export type VariantId = keyof typeof variants;

export const ALL = ['fifo', 'bounded', 'deadline', 'lifo', 'codel', 'adaptive-lifo'] as const;
/** Those that do not work for clients who have gone. */
export const PROTECTED = ['bounded', 'deadline', 'lifo', 'adaptive-lifo'] as const;
