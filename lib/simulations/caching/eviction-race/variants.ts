import { arc } from './models/arc';
import { clock } from './models/clock';
import { fifo } from './models/fifo';
import { lfu } from './models/lfu';
import { lru } from './models/lru';
import { noCache } from './models/no-cache';
import { opt } from './models/opt';
import { s3Fifo } from './models/s3-fifo';
import { sieve } from './models/sieve';
import { wTinyLfu } from './models/w-tiny-lfu';

/** The policies that race, in the order in which a figure lists them. */
export const variants = {
  fifo: { title: 'FIFO', describe: 'What came first goes first.', model: fifo },
  clock: {
    title: 'CLOCK',
    describe: 'As FIFO, but what was used gets another round.',
    model: clock,
  },
  lru: {
    title: 'LRU',
    describe: 'What has gone longest without being asked for goes first.',
    model: lru,
  },
  lfu: {
    title: 'LFU',
    describe: 'What has been asked for least often since it came in goes first.',
    model: lfu,
  },
  arc: {
    title: 'ARC',
    describe: 'Divides itself between recent and frequent keys, and learns from what it dropped.',
    model: arc,
  },
  'w-tiny-lfu': {
    title: 'W-TinyLFU',
    describe: 'A new key must be more popular than the one it would push out.',
    model: wTinyLfu,
  },
  's3-fifo': {
    title: 'S3-FIFO',
    describe: 'A small queue for probation, and a main one for what was used there.',
    model: s3Fifo,
  },
  sieve: {
    title: 'SIEVE',
    describe: 'A hand takes out the first key not used since it last came by.',
    model: sieve,
  },
  opt: {
    title: 'OPT',
    describe: 'Knows the future: what will be asked for again last goes first.',
    model: opt,
  },
  'no-cache': {
    title: 'No cache',
    describe: 'Every request goes to the database.',
    model: noCache,
    // There is nothing to look into.
    parameters: { lookupMs: 0 },
  },
};

export type VariantId = keyof typeof variants;

/** Policies that a service can run: they know the past alone. */
export const ONLINE = [
  'fifo',
  'clock',
  'lru',
  'lfu',
  'arc',
  'w-tiny-lfu',
  's3-fifo',
  'sieve',
] as const;
export const ALL = [...ONLINE, 'opt'] as const;
