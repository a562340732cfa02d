import { choice, duration, toggle } from '../../../simulation/parameters';
import type { ScriptId } from './scripts';
import { TITLES } from './titles';

const scriptOptions = Object.fromEntries(
  Object.entries(TITLES).map(([id, label]) => [id, { label }]),
) as Record<ScriptId, { readonly label: string }>;

export const parameters = {
  script: choice<ScriptId>({
    label: 'What the sessions do',
    describe: 'The statements of each session.',
    options: scriptOptions,
    default: 'deposits',
  }),
  interleaving: choice({
    label: 'Order of the steps',
    describe: 'How the sessions take turns; a turn of a session that waits is taken later.',
    options: {
      written: { label: 'As written', describe: 'The order in which it goes wrong.' },
      'one-by-one': { label: 'One by one', describe: 'A ends before B begins.' },
      shuffled: { label: 'Shuffled', describe: 'By the seed; all orders are equally likely.' },
    },
    default: 'written',
  }),
  remedy: choice({
    label: 'Guard in the program',
    describe: 'How a program guards what it has read until it writes.',
    options: {
      none: { label: 'None' },
      'for-update': { label: 'SELECT FOR UPDATE', describe: 'Locks what is read against others.' },
      compare: {
        label: 'Compare and set',
        describe: 'An update names the value that was read, and counts its rows.',
      },
      relative: {
        label: 'In one statement',
        describe: 'The database adds; the program sends no value that it has read.',
      },
    },
    default: 'none',
  }),
  retry: toggle({
    label: 'Retry the transaction',
    describe:
      'After errors 40001 and 40P01 the program rolls back and begins again, reads included.',
    default: false,
    live: true,
  }),
  stepMs: duration({
    label: 'Time between steps',
    describe: 'How long after one step the next is taken.',
    min: 100,
    max: 2000,
    step: 100,
    default: 500,
  }),
  deadlockTimeoutMs: duration({
    label: 'Deadlock timeout',
    describe: 'How long a session waits before it looks for a cycle, once.',
    min: 100,
    max: 5000,
    step: 100,
    default: 1000,
  }),
};
