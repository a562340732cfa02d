/** What the reader is asked, what may be said in prose, and what can be broken on purpose. */
import type { RaceReader } from '../../../simulation/definition';
import { formatValue } from '../../../simulation/format';

/** The last value of a series within what is shown. */
function lastSample(race: RaceReader, variant: string, series: string): number {
  const { samples, strings } = race.run(variant).recording;
  let value = Number.NaN;
  for (let i = 0; i < samples.length; i++)
    if (strings[samples.series[i] ?? 0] === series) value = samples.value[i] ?? Number.NaN;
  return value;
}

/** Time from the crash until half of the others believe in it, ms; Infinity if they never do. */
function halfKnowMs(race: RaceReader, variant: string): number {
  const { samples, strings } = race.run(variant).recording;
  for (let i = 0; i < samples.length; i++)
    if (strings[samples.series[i] ?? 0] === 'known' && (samples.value[i] ?? 0) >= 50)
      return (samples.at[i] ?? Number.NaN) - Number(race.parameter('crashAtMs'));
  return Number.POSITIVE_INFINITY;
}

/** How many live members were suspected at some time. */
function suspectedIn(race: RaceReader, variant: string): number {
  const { states, strings } = race.run(variant).recording;
  const members = new Set<number | undefined>();
  for (let i = 0; i < states.length; i++)
    if (strings[states.text[i] ?? 0] === 'suspected') members.add(states.node[i]);
  return members.size;
}

export const tasks = {
  'known-sooner': {
    title: 'Known sooner',
    goal: 'With at least one message in ten lost, have half of the others know of the crash within five and a half seconds, with nobody else believed dead and at most six messages per member and second.',
    hint: 'Most of the time goes into the suspicion, not into finding out. What is it counted in?',
    scenario: 'crash',
    held: ['members'],
    judge: (race: RaceReader) => {
      const halfMs = halfKnowMs(race, 'swim');
      const isLossy = Number(race.parameter('lossPercent')) >= 10;
      const wrong = race.value('swim', 'falseDeaths');
      const load = race.value('swim', 'load');
      return {
        reached: isLossy && wrong === 0 && load <= 6 && halfMs <= 5500,
        reading: isLossy
          ? `Half ${Number.isFinite(halfMs) ? `know after ${formatValue(halfMs, 'ms', 4)}` : 'never know'}; ${wrong} false deaths; ${load.toFixed(2)} messages per member and second.`
          : 'Less than one message in ten is lost.',
      };
    },
    solution: { lossPercent: 10, periodMs: 700 },
  },
  'no-false-death': {
    title: 'Nobody buried alive',
    goal: 'With at least one message in seven lost, have SWIM believe no live member dead.',
    hint: 'The accused has to hear of it, and the refutation has to come back. What gives it time?',
    scenario: 'lossy',
    judge: (race: RaceReader) => {
      const wrong = race.value('swim', 'falseDeaths');
      const isLossy = Number(race.parameter('lossPercent')) >= 15;
      return {
        reached: isLossy && wrong === 0,
        reading: isLossy ? `${wrong} false deaths.` : 'Fewer messages are lost; set the loss back.',
      };
    },
    solution: { suspicionMult: 6 },
  },
  'together-again': {
    title: 'Together again',
    goal: 'After a cut of at least fourteen seconds, have nobody believed dead at the end, though some were before.',
    hint: 'Who could be the first to speak to the other side?',
    scenario: 'partition',
    judge: (race: RaceReader) => {
      const wrong = lastSample(race, 'swim', 'wrongly-buried');
      const isSame = Number(race.parameter('cutMs')) >= 14_000;
      const deaths = race.value('swim', 'falseDeaths');
      return {
        reached: isSame && deaths > 0 && wrong === 0,
        reading: isSame
          ? `${wrong} members are believed dead at the end, ${deaths} were at some time.`
          : 'The cut is shorter now; set it back.',
      };
    },
    solution: { reconnectMs: 500 },
  },
} as const;

export const predictions = {
  'who-is-accused': {
    question:
      'One member of twenty-four is slow; all others are well. How many live members come to be suspected?',
    scenario: 'slow',
    options: {
      nobody: 'None, it only answers late',
      one: 'The slow one, and a few others at most',
      many: 'Half of the cluster or more',
    },
    answer: (race: RaceReader) => {
      const suspected = suspectedIn(race, 'swim');
      const isMany = suspected >= Number(race.parameter('members')) / 2;
      return suspected === 0 ? 'nobody' : isMany ? 'many' : 'one';
    },
    explain:
      'A slow member reads the answers to its own pings too late. To it everybody is silent, and it says so; each of the others then has to refute it.',
  },
  'after-the-cut': {
    question:
      'The two halves of a cluster have come to believe each other dead. The network heals. And then?',
    scenario: 'partition',
    options: {
      merge: 'They find each other within a few periods',
      apart: 'They stay apart for good',
    },
    answer: (race: RaceReader) =>
      lastSample(race, 'swim', 'wrongly-buried') > 0 ? 'apart' : 'merge',
    explain:
      'Nobody pings the dead, so no message ever crosses again. Somebody has to ask the dead now and then.',
  },
} as const;

export const plantedBugs = {
  'weak-refutation': {
    title: 'Refutes with the old number',
    variant: 'swim',
    file: 'prober',
    find: 'incarnation: incarnation + 1',
    replace: 'incarnation',
    effect: 'The refutation never beats the accusation, and every suspect dies of it.',
    caughtBy: ['SW5'],
  },
  'last-word': {
    title: 'The last word counts',
    variant: 'swim',
    file: 'rumours',
    find: 'SEVERITY[update.status] > SEVERITY[held.status]',
    replace: 'update.status !== held.status',
    effect: 'An old “alive” that was delayed brings the dead back to life, here and there.',
    caughtBy: ['SW4'],
  },
  'never-silent': {
    title: 'Passes on for ever',
    variant: 'swim',
    file: 'rumours',
    find: 'sent < limit',
    replace: 'sent < limit * 100',
    effect: 'Old news takes up the room of new in every message, and the messages never shrink.',
    caughtBy: ['SW9'],
  },
  'deaf-helper': {
    title: 'The helper keeps the answer',
    variant: 'indirect',
    file: 'prober',
    find: 'if (prober !== self)',
    replace: 'if (prober < 0)',
    effect: 'Helpers ask, hear the answer and tell nobody, so the second way never helps.',
    caughtBy: ['SW3'],
  },
} as const;

export const omissions = [
  {
    what: 'Every member knows all others from the beginning; joining and leaving are left out.',
    effect: 'Real clusters also spread joins and departures, so there is more to tell than here.',
  },
  {
    what: 'News rides only on pings and their answers, as in the SWIM paper.',
    effect:
      'memberlist also gossips five times a second apart from them, and news gets round sooner than here.',
  },
  {
    what: 'The whole state is never exchanged, and there is no second way by TCP.',
    effect:
      'memberlist exchanges it every half minute and pings by TCP as well, so it errs less and recovers from what it missed.',
  },
  {
    what: 'A slow member leaves each message lying for the same time, and its clock runs on.',
    effect:
      'Real stalls come and go, and stop the timers too; what they do depends on which is handled first.',
  },
  {
    what: 'Lifeguard’s negative answers from helpers are left out.',
    effect: 'With them, a slow member would begin to doubt itself a little sooner.',
  },
] as const;

export const claims = {
  'helpers-save': {
    statement: 'Helpers save members whom a ping alone would bury alive.',
    scenario: 'lossy',
    kind: 'beats',
    result: 'falseDeaths',
    better: 'indirect',
    worse: 'direct',
    seeds: 5,
  },
  'suspicion-saves': {
    statement:
      'With suspicion there are three false deaths at most, fewer than with helpers alone.',
    scenario: 'lossy',
    kind: 'holds',
    holds: (race: RaceReader) => {
      const deaths = race.value('swim', 'falseDeaths');
      return deaths <= 3 && deaths < race.value('indirect', 'falseDeaths');
    },
  },
  'lifeguard-accuses-less': {
    statement: 'Lifeguard suspects fewer healthy members than SWIM while one is slow.',
    scenario: 'slow',
    kind: 'beats',
    result: 'falseSuspicions',
    better: 'lifeguard',
    worse: 'swim',
    seeds: 8,
  },
  'lifeguard-buries-less': {
    statement: 'Lifeguard believes fewer live members dead than SWIM while one is slow.',
    scenario: 'slow',
    kind: 'beats',
    result: 'falseDeaths',
    better: 'lifeguard',
    worse: 'swim',
    seeds: 8,
  },
  'probes-cost-less': {
    statement: 'SWIM sends less than a quarter of the messages of heartbeats to all.',
    scenario: 'cost',
    kind: 'holds',
    holds: (race: RaceReader) => race.value('swim', 'load') < race.value('heartbeats', 'load') / 4,
  },
  'halves-stay-apart': {
    statement: 'After the cut is healed, every member is still believed dead by somebody.',
    scenario: 'partition',
    kind: 'holds',
    holds: (race: RaceReader) =>
      lastSample(race, 'swim', 'wrongly-buried') === Number(race.parameter('members')),
  },
} as const;
