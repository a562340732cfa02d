/** What is measured and recorded of a run, apart from how it runs. */
import type { Tone } from '../../../kernel/recording';
import { RecentCount } from '../../../kernel/statistics';
import type { RunContext } from '../../../simulation/definition';
import type { OverloadMeasures } from './measures';
import type { Priority, QueueFactory } from './models/request-queue';
import type { parameters } from './parameters';
import { POOL } from './views';

/** The series of the charts are taken at every fourth tick: 150 points over what is shown. */
const TICKS_PER_SAMPLE = 4;
/** Rates are counted over this long. */
const RATE_MS = 1000;
/** The service counts as recovered where nine in ten answers were in time for so long. */
const RECOVERED_MS = 3000;
const RECOVERED_SHARE = 0.9;
/** What is still down so long after the trigger has gone sustains itself. */
const OUTLIVED_MS = 10_000;

interface Ended {
  readonly priority: Priority;
  readonly arrivedMs: number;
  readonly attempts: number;
}

export function watch({
  simulator,
  record,
  measure,
  untilMs,
}: RunContext<typeof parameters, OverloadMeasures, QueueFactory>) {
  const recent = {
    demand: new RecentCount(RATE_MS),
    offered: new RecentCount(RATE_MS),
    good: new RecentCount(RATE_MS),
    'good-high': new RecentCount(RATE_MS),
    'good-low': new RecentCount(RATE_MS),
    failed: new RecentCount(RATE_MS),
  };
  const successes = new RecentCount(RECOVERED_MS);
  const endings = new RecentCount(RECOVERED_MS);
  const told = new Set<string>();
  let inHand = 0;
  let refusals = 0;
  let wasTroubled = false;
  let triggerEndMs: number | undefined;
  let recoveredMs: number | undefined;
  /** Of the requests that came long after the trigger, which were answered; another trigger starts anew. */
  const aftermath: boolean[] = [];

  /** Says something once in a run. */
  const tell = (text: string, tone: Tone): void => {
    if (told.has(text)) return;
    told.add(text);
    record.note(text, tone);
  };

  const watchRecovery = (): void => {
    const { now } = simulator;
    if (triggerEndMs === undefined || recoveredMs !== undefined) return;
    // What ended before the trigger did says nothing of the time after it.
    if (now - triggerEndMs < RECOVERED_MS) return;
    const total = endings.at(now);
    if (total > 0 && successes.at(now) >= RECOVERED_SHARE * total) {
      recoveredMs = now - RECOVERED_MS - triggerEndMs;
      record.note('Nine in ten requests are answered in time again.', 'good');
    } else if (now - triggerEndMs >= OUTLIVED_MS) {
      tell('The trigger has been gone for ten seconds, and the outage goes on.', 'bad');
    }
  };

  return {
    tell,
    inHand: (): number => inHand,

    /** A user asks for something. */
    asked(): void {
      measure.requests.add();
      recent.demand.add(simulator.now);
      inHand++;
    },

    /** A request has its answer, or its client has given up for good. */
    ended({ priority, arrivedMs, attempts }: Ended, kind: 'accepted' | 'failed'): void {
      const { now } = simulator;
      const isGood = kind === 'accepted';
      inHand--;
      endings.add(now);
      measure.answered.add(isGood);
      (priority === 'high' ? measure.answeredHigh : measure.answeredLow).add(isGood);
      measure.amplification.add(attempts);
      if (triggerEndMs !== undefined && arrivedMs >= triggerEndMs + OUTLIVED_MS)
        aftermath.push(isGood);
      if (!isGood) {
        recent.failed.add(now);
        return;
      }
      successes.add(now);
      recent.good.add(now);
      recent[`good-${priority}`].add(now);
      measure.goodput.add();
      measure.latency.add(now - arrivedMs);
    },

    /** An attempt has reached the service; in the end it is begun or refused. */
    offered(): void {
      measure.offered.add();
      recent.offered.add(simulator.now);
    },
    begun(): void {
      measure.refused.add(false);
    },
    refused(): void {
      measure.refused.add(true);
      refusals++;
    },

    level(waiting: number, utilisation: number): void {
      measure.waiting.set(waiting);
      measure.waitingMost.add(waiting);
      measure.utilisation.set(100 * utilisation);
    },

    /** Whether a trigger is at work now. */
    troubled(isTroubled: boolean): void {
      if (isTroubled && !wasTroubled) {
        triggerEndMs = undefined;
        recoveredMs = undefined;
        aftermath.length = 0;
        record.note('A trigger: more work comes, or work takes longer.', 'bad');
      }
      if (!isTroubled && wasTroubled) {
        triggerEndMs = simulator.now;
        record.note('The trigger has gone.', 'good');
      }
      wasTroubled = isTroubled;
    },

    tick(index: number, { waiting, ageMs }: { waiting: number; ageMs: number }): void {
      const { now } = simulator;
      record.state(POOL, 'refused', refusals);
      if (index % TICKS_PER_SAMPLE !== 0) return;
      for (const [series, counts] of Object.entries(recent)) record.sample(series, counts.at(now));
      record.sample('waiting', waiting);
      record.sample('age', ageMs);
      watchRecovery();
    },

    finish(): void {
      if (triggerEndMs !== undefined) measure.recovery.add(recoveredMs ?? untilMs - triggerEndMs);
      for (const isGood of aftermath) measure.aftermath.add(isGood);
    },
  };
}
