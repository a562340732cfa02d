import { boundedRing } from './models/bounded-ring';
import { jump } from './models/jump';
import { modulo } from './models/modulo';
import { rendezvous } from './models/rendezvous';
import { ring } from './models/ring';
import { slots } from './models/slots';

export const variants = {
  modulo: {
    title: 'Modulo',
    describe: 'The remainder of the hash divided by the number of caches.',
    model: modulo,
  },
  ring: {
    title: 'Ring',
    describe: 'The first position of a cache at or after the hash, round a circle.',
    model: ring,
  },
  'bounded-ring': {
    title: 'Bounded ring',
    describe: 'A ring that passes over caches which are asked much more than the others.',
    model: boundedRing,
  },
  jump: {
    title: 'Jump hash',
    describe: 'Numbered buckets; a key jumps to a new one with just the chance that it needs.',
    model: jump,
  },
  rendezvous: {
    title: 'Rendezvous',
    describe: 'The cache whose hash together with the key is the greatest.',
    model: rendezvous,
  },
  slots: {
    title: 'Slots',
    describe: 'A fixed number of slots, given to caches by a table, as in Redis Cluster.',
    model: slots,
  },
};

export type Scheme = keyof typeof variants;
