import { before } from './models/before';
import { keyset } from './models/keyset';
import { offset } from './models/offset';
import { pageNumber } from './models/page-number';
import { since } from './models/since';
import { snapshot } from './models/snapshot';

/** The ways of paging that race, in the order in which a figure lists them. */
export const variants = {
  offset: { title: 'Offset', describe: 'Skips as many rows as were shown.', model: offset },
  'page-number': {
    title: 'Page number',
    describe: 'Skips as many rows as the pages before it hold, and counts all rows.',
    model: pageNumber,
  },
  before: {
    title: 'Time, exclusive',
    describe: 'Goes on past the time of the last row.',
    model: before,
  },
  since: {
    title: 'Time, inclusive',
    describe: 'Goes on at the time of the last row.',
    model: since,
  },
  keyset: {
    title: 'Keyset cursor',
    describe: 'Goes on after the last row, by time and id.',
    model: keyset,
  },
  snapshot: {
    title: 'Snapshot cursor',
    describe: 'Like the keyset, in the list as it was at the first page.',
    model: snapshot,
  },
};

export type VariantId = keyof typeof variants;
