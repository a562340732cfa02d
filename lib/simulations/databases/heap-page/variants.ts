import { hot } from './models/hot';
import { indexed } from './models/indexed';
import { packed } from './models/packed';

export const variants = {
  hot: {
    title: 'Room, and no index',
    describe: 'Updates change a column that no index holds: they are HOT where the page has room.',
    model: hot,
  },
  indexed: {
    title: 'An index on the column',
    describe: 'The same updates, but a B-tree holds the changed column: every version is indexed.',
    model: indexed,
    parameters: { index: 'btree' },
  },
  packed: {
    title: 'Pages packed full',
    describe: 'The same updates without an index, in pages that inserts have filled to the end.',
    model: packed,
    parameters: { fillfactor: 100 },
  },
} as const;

export type VariantId = keyof typeof variants;
