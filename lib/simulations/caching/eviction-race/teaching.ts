/** What the reader is asked, what may be said in prose, and what can be broken on purpose. */
import type { RaceReader } from '../../../simulation/definition';
import { fifo } from './models/fifo';
import { BELADY } from './requests';

const percent = (value: number): string => `${value.toFixed(2)} %`;
const titleOf = (race: RaceReader, ids: readonly string[]): string => {
  const [best = ''] = [...ids].sort(
    (a, b) => race.value(b, 'hitShare') - race.value(a, 'hitShare'),
  );
  return best;
};

/** Misses of FIFO with so many places on Belady’s string. */
const missesOnString = (capacity: number): number => {
  const cache = fifo({ capacity, nextUse: () => Number.POSITIVE_INFINITY });
  return BELADY.filter((key) => !cache.access(key).hit).length;
};

export const tasks = {
  'halve-the-misses': {
    title: 'Halve the misses',
    goal: 'Have LRU miss on at most one read in four, with a cache of at most 400 keys, and leave popularity as it is.',
    hint: 'Hits grow with the logarithm of the size, roughly. How often must you double it?',
    scenario: 'popularity',
    held: ['skew', 'keys'],
    judge: (race: RaceReader) => {
      const misses = race.value('lru', 'missShare');
      const capacity = Number(race.parameter('capacity'));
      return {
        reached: misses <= 25 && capacity <= 400,
        reading: `LRU misses ${percent(misses)} with ${capacity} keys.`,
      };
    },
    solution: { capacity: 400 },
  },
  'fit-the-loop': {
    title: 'One more key',
    goal: 'Have LRU hit on at least nine reads in ten of the loop, and leave the loop as it is.',
    hint: 'What has just been evicted when a key comes up again?',
    scenario: 'loop',
    held: ['keys'],
    judge: (race: RaceReader) => {
      const hits = race.value('lru', 'hitShare');
      return { reached: hits >= 90, reading: `LRU hits ${percent(hits)}.` };
    },
    solution: { capacity: 120 },
  },
  'fresh-enough': {
    title: 'Fresh enough',
    goal: 'With writes that leave the cache alone, serve at most two stale reads in a hundred, and still hit on two in five.',
    hint: 'A value is stale from the write to the end of its time. Only one of the controls bounds that.',
    scenario: 'stale',
    held: ['onWrite', 'writePercent'],
    judge: (race: RaceReader) => {
      const stale = race.value('lru', 'staleShare');
      const hits = race.value('lru', 'hitShare');
      return {
        reached: stale <= 2 && hits >= 40,
        reading: `${percent(stale)} of the reads are stale, ${percent(hits)} are hits.`,
      };
    },
    solution: { ttlMs: 1000 },
  },
  'worth-its-while': {
    title: 'A cache that costs more than it saves',
    goal: 'Make the mean latency with the cache worse than without one, and leave the database as fast as it is.',
    hint: 'Every read pays for the look. How few of them does it keep from the database?',
    scenario: 'hurts',
    held: ['databaseMs'],
    judge: (race: RaceReader) => {
      const withCache = race.value('lru', 'latency.mean');
      const without = race.value('no-cache', 'latency.mean');
      return {
        reached: withCache > without,
        reading: `${withCache.toFixed(2)} ms with the cache, ${without.toFixed(2)} ms without.`,
      };
    },
    solution: { skew: 0 },
  },
} as const;

export const predictions = {
  'loop-lru': {
    question:
      'A job asks for 120 keys in turn, again and again, through a cache of 100. What part of its reads does LRU answer?',
    scenario: 'loop',
    options: {
      most: 'About five in six, since 100 of the 120 fit',
      half: 'About half',
      none: 'None at all',
    },
    answer: (race: RaceReader) => {
      const hits = race.value('lru', 'hitShare');
      if (hits === 0) return 'none';
      return hits < 70 ? 'half' : 'most';
    },
    explain:
      'LRU drops the key that has waited longest, and in a loop that is the one that comes next. By the time it comes, it has just gone. OPT keeps most of the loop and lets the rest pass through one place.',
  },
  belady: {
    question: 'Three places give FIFO nine misses on these twelve requests. How many with four?',
    scenario: 'four-places',
    options: { fewer: 'Eight or fewer', same: 'Nine again', more: 'Ten' },
    answer: (race: RaceReader) => {
      const misses = race.value('fifo', 'misses');
      if (misses < 9) return 'fewer';
      return misses === 9 ? 'same' : 'more';
    },
    explain:
      'What FIFO keeps with four places does not contain what it keeps with three. LRU and OPT keep a superset with every place that is added, and cannot get worse.',
  },
  'who-wins': {
    question:
      'Which of these does best on the mix: some keys asked for once, scans, and popularity that changes?',
    scenario: 'race',
    options: {
      lru: 'LRU',
      lfu: 'LFU',
      modern: 'One of SIEVE, S3-FIFO, W-TinyLFU and ARC',
    },
    answer: (race: RaceReader) => {
      const best = titleOf(
        race,
        race.race.runs.map(({ variant }) => variant).filter((id) => !['fifo', 'opt'].includes(id)),
      );
      return best === 'lru' || best === 'lfu' ? best : 'modern';
    },
    explain:
      'LRU gives every newcomer a whole life in the cache; LFU never lets go of what was popular once. The others try newcomers for a short while and move with the times.',
  },
} as const;

export const plantedBugs = {
  'lru-forgets-hits': {
    title: 'A hit that leaves no trace',
    variant: 'lru',
    find: '        queue.makeNewest(place); // (1)\n',
    replace: '',
    effect:
      'What is asked for all the time goes as soon as what is asked for once: LRU has become FIFO.',
    caughtBy: ['EV1', 'EV3', 'EV8'],
  },
  'sieve-starts-over': {
    title: 'A hand that starts over',
    variant: 'sieve',
    find: 'hand = place.newer; // (2)',
    replace: 'hand = undefined; // (2)',
    effect:
      'The oldest keys are looked at again and again, and newcomers that nobody wants stay long.',
    caughtBy: ['EV3'],
  },
  'ghosts-ignored': {
    title: 'A ghost nobody asks',
    variant: 's3-fifo',
    find: 'const wasHere = ghost.delete(key);',
    replace: 'const wasHere = ghost.delete(key) && false;',
    effect:
      'Keys that come back a little too late are on probation again each time, and never get in.',
    caughtBy: ['EV3'],
  },
  'never-forgets': {
    title: 'A sketch that never forgets',
    variant: 'w-tiny-lfu',
    file: 'frequency-sketch',
    find: 'if (++added >= sample) {',
    replace: 'if (++added >= sample * 1e9) {',
    effect:
      'After a while every counter is full, and what was popular last month keeps out what is popular now.',
    caughtBy: ['EV4'],
  },
} as const;

export const omissions = [
  {
    what: 'All values have the same size and cost the same to fetch.',
    effect: 'Where sizes differ, a policy that ignores them hits less often per byte than here.',
  },
  {
    what: 'A miss is filled at once: requests for the same key that come before the database has answered are hits.',
    effect:
      'In reality each of them would miss too, and go to the database unless they are coalesced: misses of popular keys are understated, most of all right after a restart.',
  },
  {
    what: 'The database takes the same time for every read, however many there are.',
    effect:
      'A real one slows down under the misses that a scan or a restart sends, so latency is understated.',
  },
  {
    what: 'Requests are independent but for scans, loops and changes of popularity.',
    effect:
      'Real requests come in clusters: what was asked for just now is likelier to be asked for again. LRU does better on such traffic than here.',
  },
  {
    what: 'What a policy itself costs, in memory, locks and processor time, is not counted.',
    effect:
      'LRU moves a key on every hit, under a lock; CLOCK, SIEVE and S3-FIFO set a bit or two, and FIFO nothing. With many threads LRU is slower than here.',
  },
  {
    what: 'OPT is told of the next request for a key when it is asked for, and not of writes, expiries, or what you do during a run.',
    effect:
      'It is a bound where values are only read and left alone; with writes and a time to live it can be beaten.',
  },
  {
    what: 'Reading and writing take no time, so that no write comes between another’s read and its fill.',
    effect:
      'Stale values that such races leave behind for ever are missing here; only those left to their time to live are counted.',
  },
];

export const claims = {
  'scan-hurts-lru': {
    statement: 'Under scans, S3-FIFO hits more often than LRU.',
    scenario: 'scan',
    kind: 'beats',
    result: 'hitShare',
    better: 's3-fifo',
    worse: 'lru',
    seeds: 10,
  },
  'lru-beats-fifo': {
    statement: 'On requests of fixed popularity, LRU hits more often than FIFO.',
    scenario: 'popularity',
    kind: 'beats',
    result: 'hitShare',
    better: 'lru',
    worse: 'fifo',
    seeds: 10,
  },
  'lfu-beats-lru-when-fixed': {
    statement: 'On requests of fixed popularity, LFU hits more often than LRU.',
    scenario: 'popularity',
    kind: 'beats',
    result: 'hitShare',
    better: 'lfu',
    worse: 'lru',
    seeds: 10,
  },
  'lru-beats-lfu-when-changing': {
    statement: 'Where popularity changes, LRU hits more often than LFU.',
    scenario: 'shift',
    kind: 'beats',
    result: 'hitShare',
    better: 'lru',
    worse: 'lfu',
    seeds: 10,
  },
  'sieve-beats-lru-once': {
    statement: 'Where many keys are asked for once, SIEVE hits more often than LRU.',
    scenario: 'once',
    kind: 'beats',
    result: 'hitShare',
    better: 'sieve',
    worse: 'lru',
    seeds: 10,
  },
  'loop-defeats-lru': {
    statement: 'LRU does not hit once in a loop that is longer than the cache.',
    scenario: 'loop',
    kind: 'holds',
    holds: (race: RaceReader) => race.value('lru', 'hitShare') === 0,
  },
  anomaly: {
    statement: 'With four places FIFO misses more often than with three.',
    scenario: 'four-places',
    kind: 'holds',
    holds: (race: RaceReader) => race.value('fifo', 'misses') > missesOnString(3),
  },
  'loop-defeats-three': {
    statement:
      'LRU, LFU and ARC do not hit once in the loop; S3-FIFO hits on more than half of it.',
    scenario: 'loop',
    kind: 'holds',
    holds: (race: RaceReader) =>
      ['lru', 'lfu', 'arc'].every((variant) => race.value(variant, 'hitShare') === 0) &&
      race.value('s3-fifo', 'hitShare') > 50,
  },
  'mean-falls': {
    statement: 'With the cache, the mean latency is lower than without.',
    scenario: 'hurts',
    kind: 'beats',
    result: 'latency.mean',
    better: 'lru',
    worse: 'no-cache',
    seeds: 10,
  },
  'tail-rises': {
    statement: 'The slowest hundredth of the reads is slower with the cache than without.',
    scenario: 'hurts',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('lru', 'latency.p99') > race.value('no-cache', 'latency.p99'),
  },
  'four-ahead': {
    statement: 'ARC, W-TinyLFU, S3-FIFO and SIEVE each hit more often than FIFO, LRU and LFU.',
    scenario: 'race',
    kind: 'holds',
    holds: (race: RaceReader) => {
      const hits = (id: string) => race.value(id, 'hitShare');
      const worst = Math.min(...['arc', 'w-tiny-lfu', 's3-fifo', 'sieve'].map(hits));
      return ['fifo', 'lru', 'lfu'].every((id) => hits(id) < worst);
    },
  },
  'three-alike': {
    statement:
      'On the mix, the hits of ARC, W-TinyLFU and S3-FIFO differ by less than two percentage points.',
    scenario: 'race',
    kind: 'holds',
    holds: (race: RaceReader) => {
      const hits = ['arc', 'w-tiny-lfu', 's3-fifo'].map((id) => race.value(id, 'hitShare'));
      return Math.max(...hits) - Math.min(...hits) < 2;
    },
  },
} as const;
