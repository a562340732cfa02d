/** What is measured and recorded of a run, apart from how it runs. */
import type { Tone } from '../../../kernel/recording';
import { RecentCount } from '../../../kernel/statistics';
import type { RunContext } from '../../../simulation/definition';
import type { StampedeMeasures } from './measures';
import type { GuardFactory } from './models/guard';
import type { parameters } from './parameters';
import { ORIGIN, SERVICE } from './views';

/** Rates are counted over this long. */
const RATE_MS = 1000;
/** What is counted as the aftermath: the end of the run. */
const AFTERMATH_MS = 20_000;

export function watch({
  simulator,
  record,
  measure,
  untilMs,
}: RunContext<typeof parameters, StampedeMeasures, GuardFactory>) {
  const recent = {
    asked: new RecentCount(RATE_MS),
    good: new RecentCount(RATE_MS),
    failed: new RecentCount(RATE_MS),
    fetches: new RecentCount(RATE_MS),
  };
  const lookUps = new RecentCount(RATE_MS);
  const hits = new RecentCount(RATE_MS);
  const told = new Set<string>();
  let inHand = 0;
  let refusals = 0;
  let late = 0;

  /** Says something once in a run. */
  const tell = (text: string, tone: Tone): void => {
    if (told.has(text)) return;
    told.add(text);
    record.note(text, tone);
  };

  return {
    /** A user asks for something. */
    asked(): void {
      measure.requests.add();
      recent.asked.add(simulator.now);
    },

    /** An instance has looked into the cache. */
    looked(isHit: boolean, isExpired: boolean): void {
      lookUps.add(simulator.now);
      if (isHit) hits.add(simulator.now);
      measure.fromCache.add(isHit);
      measure.stale.add(isHit && isExpired);
    },

    /** A request is given up. */
    gaveUp(): void {
      tell('Requests are given up before they have an answer.', 'bad');
    },

    /** So many more requests wait for a fetch. */
    waits(more: 1 | -1): void {
      inHand += more;
    },

    /** A request has its answer, is given up, or was turned away. */
    ended(arrivedMs: number, isAnswer: boolean, ownMs = 0): void {
      const { now } = simulator;
      measure.answered.add(isAnswer);
      measure.endings.add();
      if (now >= untilMs - AFTERMATH_MS) measure.aftermath.add(isAnswer);
      if (!isAnswer) {
        recent.failed.add(now);
        return;
      }
      recent.good.add(now);
      measure.latency.add(now - arrivedMs + ownMs);
    },

    fetched(): void {
      measure.fetches.add();
      recent.fetches.add(simulator.now);
    },

    refused(): void {
      refusals++;
      tell('The queue at the origin is full: fetches are refused.', 'warning');
    },

    served({ isLate, isNeedless }: { isLate: boolean; isNeedless: boolean }): void {
      measure.needless.add(isNeedless);
      if (!isLate) return;
      late++;
      tell('The origin answers fetches that were given up.', 'warning');
    },

    /** @param alike fetches of the key that was just asked for */
    level(waiting: number, alike: number): void {
      measure.waitingMost.add(waiting);
      measure.alikeMost.add(alike);
    },

    tick({ waiting, alike }: { waiting: number; alike: number }): void {
      const { now } = simulator;
      for (const [series, counts] of Object.entries(recent)) record.sample(series, counts.at(now));
      const asked = lookUps.at(now);
      if (asked > 0) record.sample('from-cache', (100 * hits.at(now)) / asked);
      record.sample('waiting', waiting);
      record.sample('alike', alike);
      record.state(SERVICE, 'in-hand', inHand);
      record.state(ORIGIN, 'refused', refusals);
      record.state(ORIGIN, 'late', late);
    },
  };
}
