/** What the reader is asked, what may be said in prose, and what can be broken on purpose. */
import type { RaceReader } from '../../../simulation/definition';

const faults = (race: RaceReader, variant: string): number =>
  race.value(variant, 'skipped') + race.value(variant, 'repeated');

export const tasks = {
  'outrun-the-drift': {
    title: 'Outrun the drift',
    goal: 'Have the offset skip and repeat nothing, with pages of at most eight rows.',
    hint: 'Drift is a rate times a time. The rate is not yours.',
    scenario: 'drift',
    held: ['insertsPerSecond', 'deletesPerSecond'],
    judge: (race: RaceReader) => {
      const pageSize = Number(race.parameter('pageSize'));
      return {
        reached: pageSize <= 8 && faults(race, 'offset') === 0,
        reading: `With pages of ${pageSize}: ${race.value('offset', 'skipped')} skipped, ${race.value('offset', 'repeated')} repeated.`,
      };
    },
    solution: { thinkMs: 100 },
  },
  'read-what-moves': {
    title: 'Read what moves',
    goal: 'Have the keyset cursor skip nothing of a list that is sorted by the last update.',
    hint: 'To which end of the list does an updated row move, and when does the client get there?',
    scenario: 'moving',
    held: ['sortBy', 'updatesPerSecond'],
    judge: (race: RaceReader) => {
      const skipped = race.value('keyset', 'skipped');
      const hasFinished = race.value('keyset', 'finished') === 100;
      return {
        reached: hasFinished && skipped === 0,
        reading: `${skipped} skipped${hasFinished ? '' : ', and the walk is not over'}.`,
      };
    },
    solution: { order: 'oldest-first' },
  },
  'get-unstuck': {
    title: 'A page that leads to itself',
    goal: 'With three rows in four sharing the time of the row before, have the inclusive time come to the end of the list.',
    hint: 'A page must hold more rows than any time has.',
    scenario: 'ties',
    judge: (race: RaceReader) => {
      const isSame = race.parameter('equalPercent') === 75;
      const hasFinished = race.value('since', 'finished') === 100;
      return {
        reached: isSame && hasFinished,
        reading: isSame
          ? `The walk has ${hasFinished ? '' : 'not '}come to the end.`
          : `Set equal times to 75 %; they are at ${race.parameter('equalPercent')} %.`,
      };
    },
    solution: { equalPercent: 75, pageSize: 20 },
  },
  'cheaper-by-offset': {
    title: 'A cheaper walk',
    goal: 'Have the offset read at most 30,000 rows for all five thousand, with pages of at most 500.',
    hint: 'Twice the page size is half as many pages, each of which skips as much.',
    scenario: 'depth',
    held: ['rows'],
    judge: (race: RaceReader) => {
      const read = race.value('offset', 'rowsRead');
      return { reached: read <= 30_000, reading: `${read} rows read.` };
    },
    solution: { pageSize: 500 },
  },
} as const;

export const predictions = {
  'insert-at-head': {
    question:
      'A client reads newest first, by offset, while rows come in at the head. What does it find on the next pages?',
    scenario: 'inserts',
    options: {
      repeats: 'Rows that it has had already',
      skips: 'Gaps, where rows are missing',
      nothing: 'What it would have found anyway',
    },
    answer: (race: RaceReader) => {
      const [skipped, repeated] = [
        race.value('offset', 'skipped'),
        race.value('offset', 'repeated'),
      ];
      if (repeated > skipped) return 'repeats';
      return skipped > 0 ? 'skips' : 'nothing';
    },
    explain:
      'Each row at the head moves all others one place back, and the last of a page to where the next begins. Deletions do the reverse: rows move forward, to where the client has already been.',
  },
  'depth-factor': {
    question:
      'A list of 5,000 rows is read to its end, 50 at a time. How many rows does the database read in all by offset, for each that it reads by cursor?',
    scenario: 'depth',
    options: { same: 'About as many', ten: 'About ten times as many', fifty: 'About fifty times' },
    answer: (race: RaceReader) => {
      const factor = race.value('offset', 'rowsRead') / race.value('keyset', 'rowsRead');
      if (factor < 3) return 'same';
      return factor < 25 ? 'ten' : 'fifty';
    },
    explain:
      'Page k reads k pages. A hundred pages read 1 + 2 + … + 100 pages, some five thousand; the cursor reads a hundred. The factor is half the number of pages, and it grows with the list.',
  },
  'moving-row': {
    question:
      'The list is sorted by the last update, newest first, and read by a cursor with time and id. What happens to a row that is updated before the client reaches it?',
    scenario: 'moving',
    options: {
      shown: 'It is shown, where it stood',
      skipped: 'It is never shown',
      twice: 'It is shown twice',
    },
    answer: (race: RaceReader) => {
      if (race.value('keyset', 'repeated') > 0) return 'twice';
      return race.value('keyset', 'skipped') > 0 ? 'skipped' : 'shown';
    },
    explain:
      'It moves to the head, where the client has been and will not be again. A cursor is a place in an order; it protects only rows that keep theirs.',
  },
} as const;

export const plantedBugs = {
  'tie-forgotten': {
    title: 'The id left out of the comparison',
    variant: 'keyset',
    find: 'list.scan(past && { past })',
    replace: 'list.scan(past && { pastTime: past.atMs })',
    effect: 'Rows that share their time with the last of a page are never shown.',
    caughtBy: ['PG1', 'PG7', 'PG9'],
  },
  'row-too-many': {
    title: 'The extra row’s cursor',
    variant: 'keyset',
    find: 'const last = rows.at(-1); // (2)',
    replace: 'const last = read.at(-1);',
    effect: 'The row that was only read to see whether there is more is lost, one for each page.',
    caughtBy: ['PG1', 'PG9'],
  },
  'any-order': {
    title: 'A cursor for any order',
    variant: 'keyset',
    file: 'cursor',
    find: 'if (madeFor !== order)',
    replace: "if (typeof madeFor !== 'string')",
    effect:
      'A client that turns the order round midway gets the part of the list it has seen, and no error.',
    caughtBy: ['PG10'],
  },
  'snapshot-of-each-page': {
    title: 'A new snapshot for each page',
    variant: 'snapshot',
    find: 'cursor ? asOfIn(cursor.asOf) : list.takeSnapshot()',
    replace: 'list.takeSnapshot()',
    effect:
      'Pages are of different moments, and the snapshots of all but the last are never released.',
    caughtBy: ['PG2'],
  },
} as const;

export const omissions = [
  {
    what: 'A page takes no time, and all of it is read at one moment.',
    effect:
      'In reality deep offsets take longer, and meanwhile the list drifts on: more is skipped and repeated than here.',
  },
  {
    what: 'Cost is the number of rows read, along an index that has them in order.',
    effect:
      'Without such an index each page sorts the whole list, by cursor too; with one, a row that is fetched from the table costs more than an entry that is skipped in the index alone.',
  },
  {
    what: 'No filter lies between the index and the page.',
    effect:
      'A filter that the index does not know makes offset and cursor alike read more rows than they show.',
  },
  {
    what: 'Rows appear in the order of their times: a transaction commits the moment it takes its time.',
    effect:
      'Real ones commit later and out of order, so that a row may appear behind a cursor that follows the newest: more is missed at the end of the list than here, unless old dates are switched on.',
  },
  {
    what: 'An update that leaves a row in its place leaves no old version behind.',
    effect:
      'PostgreSQL keeps one for as long as a snapshot may need it, whatever the list is sorted by: more is kept there than here.',
  },
  {
    what: 'A snapshot lasts for as long as the walk.',
    effect: 'Real ones run out, and a client that is too slow has to begin again.',
  },
  {
    what: 'Every row is equally likely to be deleted or updated.',
    effect:
      'Where new rows are changed most, as they are in most lists, more of it happens in front of the client: an offset drifts more than here.',
  },
];

export const claims = {
  drifts: {
    statement: 'Two orders are missing and four are there twice.',
    scenario: 'drift',
    kind: 'holds',
    isOfThisRun: true,
    holds: (race: RaceReader) =>
      race.value('offset', 'skipped') === 2 && race.value('offset', 'repeated') === 4,
  },
  'inserts-only-repeat': {
    statement: 'Inserts at the head repeat rows and skip none.',
    scenario: 'inserts',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('offset', 'skipped') === 0 && race.value('offset', 'repeated') > 0,
  },
  'cursor-shows-all': {
    statement: 'On the same changes the cursor skips and repeats nothing.',
    scenario: 'cursor',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('keyset', 'finished') === 100 &&
      faults(race, 'keyset') === 0 &&
      faults(race, 'offset') > 0,
  },
  'ties-are-lost': {
    statement: 'By time alone, rows are lost or repeated though nothing changes.',
    scenario: 'ties',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('before', 'skipped') > 0 &&
      race.value('since', 'repeated') > 0 &&
      faults(race, 'keyset') === 0,
  },
  'since-sticks': {
    statement: 'The inclusive time does not come to the end.',
    scenario: 'ties',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('since', 'finished') === 0 && race.value('keyset', 'finished') === 100,
  },
  'cursor-reads-less': {
    statement: 'By cursor the database reads fewer rows than by offset.',
    scenario: 'race',
    kind: 'beats',
    result: 'rowsRead',
    better: 'keyset',
    worse: 'offset',
    seeds: 10,
  },
  'cursor-skips-less': {
    statement: 'The cursor skips fewer rows than the offset.',
    scenario: 'race',
    kind: 'beats',
    result: 'skipped',
    better: 'keyset',
    worse: 'offset',
    seeds: 10,
  },
  'moving-loses': {
    statement: 'With the list sorted by the last update, the cursor loses rows, the snapshot none.',
    scenario: 'moving',
    kind: 'holds',
    isOfThisRun: true,
    holds: (race: RaceReader) =>
      race.value('keyset', 'skipped') > 0 && race.value('snapshot', 'skipped') === 0,
  },
  'late-are-missed': {
    statement: 'Rows that come in behind the cursor are never shown, and none is skipped.',
    scenario: 'late',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('keyset', 'newMissed') > 0 && race.value('keyset', 'skipped') === 0,
  },
  'two-of-six': {
    statement:
      'Of the six, only the keyset cursor and the snapshot cursor skip and repeat nothing.',
    scenario: 'race',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.race.runs.every(
        ({ variant }) => (faults(race, variant) === 0) === ['keyset', 'snapshot'].includes(variant),
      ),
  },
  'snapshot-shows-the-dead': {
    statement: 'The snapshot shows rows that are already deleted.',
    scenario: 'race',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('snapshot', 'outdated') > 0 && race.value('keyset', 'outdated') === 0,
  },
} as const;
