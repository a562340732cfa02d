import { choice, count, duration, quantity } from '../../../simulation/parameters';

/** Simulated time that a figure shows and measures, ms. */
export const SHOWN_MS = 20_000;

/** Most clients; as many cores are as good as any number. */
export const CLIENTS_MAX = 128;

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  clients: count({
    label: 'Clients',
    describe: 'Clients that run one transaction after another; as many are open at once.',
    unit: 'clients',
    min: 1,
    max: CLIENTS_MAX,
    step: 1,
    default: 48,
  }),
  cores: count({
    label: 'Cores',
    describe:
      'Cores of the database: as many statements are worked on at once; others wait for one.',
    unit: 'cores',
    min: 1,
    max: CLIENTS_MAX,
    step: 1,
    default: 8,
  }),
  statements: count({
    label: 'Statements',
    describe: 'Rows that a transaction reads or writes, one with each statement.',
    unit: 'rows',
    min: 1,
    max: 24,
    step: 1,
    default: 8,
  }),
  statementMs: duration({
    label: 'Statement',
    describe: 'How long a core works on one statement on average, exponentially distributed.',
    min: 5,
    max: 100,
    step: 5,
    default: 20,
  }),
  roundTripMs: duration({
    label: 'Between statements',
    describe:
      'How long the client takes until its next statement, on average; the transaction stays open and needs no core.',
    min: 0,
    max: 200,
    step: 5,
    default: 0,
    live: true,
  }),
  rows: count({
    label: 'Rows',
    describe: 'Rows of the table; those that are not hot are equally likely.',
    unit: 'rows',
    min: 100,
    max: 10_000,
    step: 100,
    default: 1000,
  }),
  hotRows: count({
    label: 'Hot rows',
    describe: 'Rows that get a share of all accesses to themselves.',
    unit: 'rows',
    min: 1,
    max: 50,
    step: 1,
    default: 10,
  }),
  hotPercent: quantity({
    label: 'Hot accesses',
    describe:
      'Share of all accesses that go to the hot rows; fewer do where these are few, since a transaction takes each row once.',
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    default: 10,
    live: true,
  }),
  writePercent: quantity({
    label: 'Writes',
    describe: 'Share of the accesses that write their row; others only read.',
    unit: '%',
    min: 0,
    max: 100,
    step: 5,
    default: 25,
    live: true,
  }),
  order: choice({
    label: 'Order of rows',
    describe: 'In which order a transaction takes its rows; hot rows have the lowest numbers.',
    options: {
      'as-it-comes': { label: 'As it comes', describe: 'In no order, as code is written.' },
      'by-number': { label: 'By number', describe: 'The lowest first: hot rows first.' },
      'hot-last': { label: 'Hot rows last', describe: 'By number too, but hot rows at the end.' },
    },
    default: 'as-it-comes',
  }),
  backoffMs: duration({
    label: 'Pause before a retry',
    describe:
      'The most that a transaction pauses before its first retry, uniform from 0; doubles with each retry, up to 32 times.',
    min: 10,
    max: 500,
    step: 10,
    default: 20,
    live: true,
  }),
};
