/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type { Claim, Omission, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { Scheme } from './variants';

type ScenarioId = keyof typeof scenarios;
type PlacementTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'fair-shares': {
    title: 'Fair shares',
    goal: 'Six caches with room for 175 keys each, and keys of equal popularity: have the caches answer 98 requests in 100.',
    hint: 'There is room for all keys together. Whose share does not fit?',
    scenario: 'even',
    held: ['nodes', 'capacity', 'skew'],
    judge: (race) => {
      const hits = race.value('ring', 'hitShare');
      return { reached: hits >= 98, reading: `The caches answer ${hits.toFixed(2)} %.` };
    },
    solution: { positions: 151 },
  },
  'lose-one': {
    title: 'Lose one, and nobody notices',
    goal: 'Have no request fail when a cache is lost, with four caches, the same database and four seconds until it is noticed.',
    hint: 'Until then there must be somebody else to ask.',
    scenario: 'lost',
    held: ['noticeMs', 'nodes', 'databasePerSecond'],
    judge: (race) => {
      const failed = race.value('ring', 'failed');
      return { reached: failed === 0, reading: `${failed.toFixed(2)} % of the requests fail.` };
    },
    solution: { copies: 2 },
  },
  'one-hot-key': {
    title: 'Cool a hot key',
    goal: 'Half of all requests are for one key. Have none fail on the plain ring, with one copy of each key and no answer older than 100 ms.',
    hint: 'Ten services together ask two hundred times a second for the same thing.',
    scenario: 'hot',
    held: ['hotPercent', 'copies', 'services'],
    judge: (race) => {
      const failed = race.value('ring', 'failed');
      const isFresh = Number(race.parameter('nearMs')) <= 100;
      return {
        reached: isFresh && failed === 0,
        reading: `${failed.toFixed(2)} % of the requests fail${isFresh ? '' : ', with answers older than 100 ms'}.`,
      };
    },
    solution: { nearMs: 100 },
  },
} satisfies Readonly<Record<string, PlacementTask>>;

export const predictions = {
  'one-more': {
    question: 'Four caches share keys by modulo. A fifth joins. How many keys move?',
    scenario: 'grow',
    options: {
      fifth: 'About a fifth: what the new one takes',
      half: 'About half',
      most: 'About four fifths',
    },
    answer: (race) => {
      const moved = race.value('modulo', 'moved');
      return moved > 65 ? 'most' : moved > 35 ? 'half' : 'fifth';
    },
    explain:
      'A key stays only if its hash leaves the same remainder when divided by four and by five, which one in five does. The new cache gets its fifth; the rest moves for nothing.',
  },
  'one-position': {
    question:
      'Six caches share a thousand keys on a ring, each at one random position. How many keys fall to the cache that gets most?',
    scenario: 'even',
    options: {
      fair: 'About a sixth, and less than a quarter',
      double: 'Between a quarter and a half',
      all: 'More than half',
    },
    answer: (race) => {
      const most = race.value('ring', 'most');
      // Against the mean, which is a sixth.
      return most > 3 ? 'all' : most >= 1.5 ? 'double' : 'fair';
    },
    explain:
      'Random points cut a circle into very unequal pieces: with one point each, the spread of the shares is almost as large as their mean. Many points for each cache make its share a sum of many pieces, and sums even out.',
  },
  'more-caches': {
    question:
      'Five caches share the keys evenly. Then every second request asks for one single key. How much is its cache asked in the worst second, against the mean of all five before?',
    scenario: 'hot',
    options: {
      same: 'About the same: the hash spreads requests evenly',
      half: 'One and a half times as much',
      triple: 'Three times as much, or more',
    },
    answer: (race) => {
      const before = race.race.arrivals / (race.race.measuredMs / 1000);
      const times = (race.value('ring', 'cachePeak') * Number(race.parameter('nodes'))) / before;
      return times > 2.2 ? 'triple' : times > 1.25 ? 'half' : 'same';
    },
    explain:
      'A hash spreads keys and not requests. The cache gets half of everything for the hot key, and still its fifth of the other half: three times its share, and more when chance adds to it. More caches take away some of that fifth, and nothing of the half.',
  },
} satisfies Readonly<Record<string, Prediction<ScenarioId>>>;

export const plantedBugs = {
  'no-way-round': {
    title: 'No way round',
    variant: 'ring',
    find: '(first + i) % points.length',
    replace: 'first + i',
    effect: 'Keys behind the last position belong to nobody, and every request for them is a miss.',
    caughtBy: ['CH1', 'CH6'],
  },
  'two-on-one': {
    title: 'Two copies on one machine',
    variant: 'ring',
    find: 'point && !owners.includes(point.node)',
    replace: 'point',
    effect:
      'Neighbouring positions often belong to one cache: it keeps both copies of a key, and both are lost with it.',
    caughtBy: ['CH6', 'CH12'],
  },
  'weights-apart': {
    title: 'Hashed apart',
    variant: 'rendezvous',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of the model.
    find: 'hash(`${node}/${key}`)',
    replace: 'hash(node) ^ hash(key)',
    effect:
      'The names of the caches decide how much each of them gets: some keep twice their share.',
    caughtBy: ['CH10'],
  },
  'closes-the-gap': {
    title: 'Closes the gap',
    variant: 'jump',
    find: 'nodes[place] = last; // (3)\n      nodes.pop();',
    replace: 'nodes.splice(place, 1);',
    effect:
      'Every cache behind the lost one gets another number, and nearly all of their keys move.',
    caughtBy: ['CH9'],
  },
  'no-tags': {
    title: 'Tags overlooked',
    variant: 'slots',
    find: 'close > open + 1 ? key.slice(open + 1, close) : key',
    replace: 'key',
    effect: 'Keys that were tagged to lie together do not, and commands that need both fail.',
    caughtBy: ['CH7'],
  },
  'bound-rounded-down': {
    title: 'A bound rounded down',
    variant: 'bounded-ring',
    find: 'Math.ceil(',
    replace: 'Math.floor(',
    effect:
      'While there is little load, nobody has room, so the owner of a hot key is given all of it.',
    caughtBy: ['CH8'],
  },
} satisfies Readonly<Record<string, PlantedBug<Scheme>>>;

export const omissions: readonly Omission[] = [
  {
    what: 'A thousand keys stand for millions.',
    effect:
      'A real cache is cold for minutes or hours after a change, and its database under load for as long.',
  },
  {
    what: 'Answers take no time, so that nobody asks for a key while it is on its way.',
    effect:
      'In reality all who miss a popular key at once ask the database (a stampede): the true peak is higher.',
  },
  {
    what: 'The database refuses what is too much and stays as fast as it was; nobody tries again.',
    effect:
      'Real databases slow down, and retries add to the load, so that it may not recover by itself.',
  },
  {
    what: 'All who ask hear of a change at the same moment.',
    effect:
      'Real clients learn of it one after another, and for a while two caches keep and serve one key.',
  },
  {
    what: 'Nothing is written, so that no copy is ever out of date.',
    effect:
      'Copies, near caches and caches that come back with what they had serve old values: all of them look better here than they are.',
  },
  {
    what: 'Keys are of equal size and caches of equal strength.',
    effect: 'Large values are a hot spot of their own, of memory and of bandwidth.',
  },
];

export const claims = {
  'modulo-moves-most': {
    statement: 'Modulo moves more than three times as many keys as a ring.',
    scenario: 'grow',
    kind: 'holds',
    holds: (race) => race.value('modulo', 'moved') > 3 * race.value('ring', 'moved'),
  },
  'ring-never-needlessly': {
    statement: 'A ring moves no key between two caches that stay.',
    scenario: 'moved',
    kind: 'holds',
    holds: (race) => race.value('ring', 'needless') === 0,
  },
  'bounded-is-cooler': {
    statement: 'A bounded ring asks its busiest cache for less than a ring does.',
    scenario: 'hot',
    kind: 'beats',
    result: 'cachePeak',
    better: 'bounded-ring',
    worse: 'ring',
    seeds: 5,
  },
  'bounded-fails-none': {
    statement: 'With a bounded ring no request fails; with a plain one some do.',
    scenario: 'hot',
    kind: 'holds',
    holds: (race) => race.value('bounded-ring', 'failed') === 0 && race.value('ring', 'failed') > 1,
  },
  'jump-moves-needlessly': {
    statement: 'Jump hash moves keys between caches that stay when one in the middle is lost.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) => race.value('jump', 'needless') > 0,
  },
  'three-never-needlessly': {
    statement: 'Ring, rendezvous and slots move no key between caches that stay.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) =>
      ['ring', 'rendezvous', 'slots'].every((scheme) => race.value(scheme, 'needless') === 0),
  },
  'rendezvous-is-evener': {
    statement: 'Rendezvous shares keys more evenly than a ring of fifty positions.',
    scenario: 'race',
    kind: 'beats',
    result: 'spread',
    better: 'rendezvous',
    worse: 'ring',
    seeds: 8,
  },
} satisfies Readonly<Record<string, Claim<ScenarioId, Scheme>>>;
