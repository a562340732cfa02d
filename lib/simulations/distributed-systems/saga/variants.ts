import { callChain } from './models/call-chain';
import { choreographed } from './models/choreographed';
import { orchestrated } from './models/orchestrated';
import { twoPhaseCommit } from './models/two-phase-commit';

export const variants = {
  'call-chain': {
    title: 'Calls in a row',
    describe: 'One service calls the others in turn; a catch block undoes what was done.',
    model: callChain,
  },
  orchestrated: {
    title: 'Orchestrated saga',
    describe: 'One service leads, from a durable record of the step it has reached.',
    model: orchestrated,
  },
  choreographed: {
    title: 'Choreographed saga',
    describe: 'Each service reacts to the events of the others.',
    model: choreographed,
  },
  'two-phase-commit': {
    title: 'Two-phase commit',
    describe: 'All prepare and lock; a coordinator decides; all obey.',
    model: twoPhaseCommit,
  },
};

export type VariantId = keyof typeof variants;

/** The two that promise to end every order, whole or undone, without locks across services. */
export const SAGAS = ['orchestrated', 'choreographed'] as const;
/** All that survive crashes and losses. */
export const SAFE = ['orchestrated', 'choreographed', 'two-phase-commit'] as const;
