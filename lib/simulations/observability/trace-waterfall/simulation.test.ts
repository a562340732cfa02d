/**
 * What the contract test cannot know: what the waterfall shows of a request, and how the collector
 * keeps its books. The declared checks TW1 to TW15 run there.
 */
import { describe, expect, test } from 'vitest';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { indexRecording } from '../../../simulation/recording-index';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import { criticalPath, type SpanNode, tracesOf } from '../../../simulation/trace';
import { collector, type Span } from './collector';
import type { ArrivedTrace } from './models/tracer';
import { MEASURED_MS } from './parameters';
import { CHECKOUT, spansOf } from './routes';
import { simulation } from './simulation';
import { durationOf } from './theory';
import { views } from './views';

const entry = {
  id: 'trace-waterfall',
  category: 'observability',
  definition: simulation as unknown as AnyDefinition,
};

function raceOf(
  scenario: string,
  options: {
    readonly parameters?: Readonly<Record<string, ParameterValue>>;
    readonly interventions?: readonly InterventionEvent[];
    readonly variants?: readonly string[];
  } = {},
) {
  const race = runRace(entry, scenarioRequest(entry.definition, scenario, options));
  const [run] = race.runs;
  if (!run) throw new Error('A scenario has at least one variant.');
  return { race: reader(race), index: indexRecording(run.recording) };
}

/** The first trace of a run, whole, and the lanes of its critical path in order. */
function firstTrace(scenario: string, parameters: Readonly<Record<string, ParameterValue>> = {}) {
  const { index } = raceOf(scenario, { parameters });
  const traces = tracesOf(index);
  const [root] = traces.roots;
  if (root === undefined) throw new Error('The run has no trace.');
  const tree = traces.treeAt(root, index.shownMs);
  const path = criticalPath(tree).map((segment) => ({
    lane: index.span(segment.row).lane,
    ms: segment.to - segment.from,
  }));
  return { index, traces, tree, path };
}

const sizeOf = ({ children }: SpanNode): number =>
  children.reduce((sum, child) => sum + sizeOf(child), 1);

describe('the waterfall of a checkout', () => {
  test('has a span of each of its operations', () => {
    const { tree } = firstTrace('anatomy');
    expect(sizeOf(tree)).toBe(spansOf(CHECKOUT));
  });

  test('has every service on its critical path while orders calls one after another', () => {
    const { path } = firstTrace('anatomy');
    expect(new Set(path.map(({ lane }) => lane))).toEqual(
      new Set(['gateway', 'auth', 'orders', 'stock', 'prices', 'payments', 'bank']),
    );
  });

  test('leaves the quick calls off its critical path when they are made at once', () => {
    const { path, tree } = firstTrace('anatomy', { calls: 'parallel', spreadPercent: 0 });
    const lanes = new Set(path.map(({ lane }) => lane));
    expect(lanes.has('stock')).toBe(false);
    expect(lanes.has('prices')).toBe(false);
    const wholeMs = durationOf(CHECKOUT, { networkMs: 2, isParallel: true });
    expect(tree.end - tree.start).toBeCloseTo(wholeMs, 9);
    expect(path.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(wholeMs, 9);
  });

  test('ends at the service that drops the header, whose callee begins a trace of its own', () => {
    const { tree, traces, index } = firstTrace('lost', { errorPercent: 0 });
    expect(sizeOf(tree)).toBe(spansOf(CHECKOUT) - 1);
    const strangers = traces.roots.filter((row) => index.span(row).lane === 'bank');
    const gateways = traces.roots.filter((row) => index.span(row).lane === 'gateway');
    expect(strangers.length + gateways.length).toBe(traces.roots.length);
    expect(strangers.length).toBeGreaterThanOrEqual(gateways.length - 1);
  });
});

describe('a clock that is ahead', () => {
  test('puts the span of payments after the call that it made', () => {
    const { index, traces, tree } = firstTrace('skew');
    const aheadOf = (row: number) => {
      const ms = index.stateAt(index.span(row).lane, views.waterfall.clock, index.span(row).start);
      return typeof ms === 'number' ? ms : 0;
    };
    const startOf = (lane: string, { row, start, children }: SpanNode): number =>
      index.span(row).lane === lane
        ? start
        : Math.min(...children.map((child) => startOf(lane, child)));
    const told = traces.treeAt(tree.row, index.shownMs, aheadOf);
    expect(startOf('payments', tree)).toBeLessThan(startOf('bank', tree));
    expect(startOf('payments', told)).toBeCloseTo(startOf('payments', tree) + 60, 9);
    expect(startOf('payments', told)).toBeGreaterThan(startOf('bank', told));
  });
});

describe('what happens during a run', () => {
  test('a service that starts to drop the header cuts the traces from then on', () => {
    const at = 6000;
    const { index } = raceOf('anatomy', {
      interventions: [{ at, kind: 'set', parameter: 'lossyService', value: 'payments' }],
    });
    const strangers = tracesOf(index).roots.map((row) => index.span(row));
    const banks = strangers.filter(({ lane }) => lane === 'bank');
    expect(banks.length).toBeGreaterThan(0);
    for (const { start } of banks) expect(start).toBeGreaterThan(at);
  });

  test('a burst reaches adaptive sampling within its own second', () => {
    const of = (interventions: readonly InterventionEvent[]): number =>
      raceOf('race', { variants: ['adaptive'], interventions }).race.value('adaptive', 'stored');
    const measuredS = MEASURED_MS / 1000;
    const extraSpans = measuredS * (of([{ at: 5500, kind: 'act', id: 'burst' }]) - of([]));
    // Forty whole checkouts would be 280 spans.
    expect(extraSpans).toBeLessThan(100);
  });

  test('memory that is too small pushes traces out and explains fewer failures', () => {
    const parameters = { tracesMax: 20, errorPercent: 10, decisionWaitMs: 2000 };
    const { race } = raceOf('hurry', { parameters });
    expect(race.value('tail', 'heldMax')).toBe(20);
    expect(race.value('tail', 'evicted')).toBeGreaterThan(300);
    expect(race.value('tail', 'explained')).toBeLessThan(50);
  });
});

describe('the collector', () => {
  const span = (traceId: string, startMs: number, endMs: number, failed = false): Span => ({
    traceId,
    request: 1,
    isRoot: false,
    startMs,
    endMs,
    failed,
    isCause: failed,
  });

  function collectorOf(keeps: (trace: ArrivedTrace) => boolean, tracesMax = 10) {
    const waiting: (() => void)[] = [];
    const stored: Span[] = [];
    let evicted = 0;
    const collect = collector({
      sampler: { starts: () => true, keeps },
      waitMs: 100,
      tracesMax,
      after: (_, then) => waiting.push(then),
      store: (spans) => stored.push(...spans),
      onHeld: () => undefined,
      onEvicted: () => evicted++,
    });
    return {
      collect,
      stored,
      evicted: () => evicted,
      decideAll: () => {
        for (const then of waiting.splice(0)) then();
      },
    };
  }

  test('judges a trace by its earliest start, its latest end, and any error', () => {
    const judged: ArrivedTrace[] = [];
    const { collect, decideAll } = collectorOf((trace) => judged.push(trace) > 0);
    collect(span('a', 20, 30));
    collect(span('a', 5, 25, true));
    collect(span('b', 7, 9));
    decideAll();
    expect(judged).toEqual([
      { traceId: 'a', failed: true, durationMs: 25 },
      { traceId: 'b', failed: false, durationMs: 2 },
    ]);
  });

  test('stores what comes after the decision if the trace was kept, and drops it otherwise', () => {
    const { collect, decideAll, stored } = collectorOf(({ traceId }) => traceId === 'a');
    collect(span('a', 0, 1));
    collect(span('b', 0, 1));
    decideAll();
    collect(span('a', 0, 500));
    collect(span('b', 0, 500, true));
    expect(stored.map(({ traceId, endMs }) => [traceId, endMs])).toEqual([
      ['a', 1],
      ['a', 500],
    ]);
  });

  test('pushes out the oldest trace when it is full, and never stores that one', () => {
    const { collect, decideAll, stored, evicted } = collectorOf(() => true, 2);
    for (const id of ['a', 'b', 'c']) collect(span(id, 0, 1));
    decideAll();
    expect(evicted()).toBe(1);
    expect(stored.map(({ traceId }) => traceId)).toEqual(['b', 'c']);
  });
});
