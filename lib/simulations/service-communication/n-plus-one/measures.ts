import { counter, distribution, level, maximum, rate, share } from '../../../simulation/measures';

export const measures = {
  queries: distribution({
    label: 'Queries per request',
    describe: 'Queries to the database that an answered request has made.',
    unit: 'queries',
    quantiles: [0.5],
    better: 'lower',
  }),
  rows: distribution({
    label: 'Rows per request',
    describe: 'Rows that the queries of an answered request have returned.',
    unit: 'rows',
    quantiles: [0.5],
    better: 'lower',
  }),
  keys: distribution({
    label: 'Keys per query',
    describe: 'Keys that a query below the list asks for.',
    unit: 'keys',
    quantiles: [0.5],
    better: 'higher',
  }),
  latency: distribution({
    label: 'Time per request',
    describe: 'From the arrival of a request to its answer, for requests that were answered.',
    unit: 'ms',
    quantiles: [0.5, 0.95],
    better: 'lower',
  }),
  inTime: share({
    label: 'Answered in time',
    describe:
      'Share of the requests that are answered within the time asked for, of all whose time is over.',
    better: 'higher',
  }),
  answered: rate({
    label: 'Answered',
    describe: 'Requests answered per second, in time or not.',
    unit: 'requests/s',
    better: 'higher',
  }),
  wait: distribution({
    label: 'Wait for a connection',
    describe: 'How long a query waits until a connection is free, for queries that have got one.',
    unit: 'ms',
    quantiles: [0.5, 0.95],
    better: 'lower',
  }),
  busy: level({
    label: 'Connections in use',
    describe: 'Queries under way in the database, mean over time.',
    unit: 'connections',
    better: 'lower',
  }),
  waitingMost: maximum({
    label: 'Most waiting',
    describe: 'The most queries that waited for a connection at the same time.',
    unit: 'queries',
    better: 'lower',
  }),
  done: rate({
    label: 'Queries',
    describe: 'Queries that the database answers per second.',
    unit: 'queries/s',
    better: 'lower',
  }),
  mixedUp: counter({
    label: 'Mixed up',
    describe: 'Objects that were given the row of another, or none.',
    unit: '',
    better: 'lower',
  }),
};
export type NPlusOneMeasures = typeof measures;
