import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recorder } from '../kernel/recorder';
import { indexRecording } from './recording-index';
import { type CriticalSegment, criticalPath, type SpanNode, tracesOf } from './trace';

const span = (
  row: number,
  start: number,
  end: number,
  children: readonly SpanNode[] = [],
): SpanNode => ({ row, start, end, children });
const told = (path: readonly CriticalSegment[]): string =>
  path.map(({ row, from, to }) => `${row}: ${from}–${to}`).join(', ');

describe('the critical path', () => {
  it('is a span itself where it has no parts', () => {
    expect(told(criticalPath(span(0, 10, 30)))).toBe('0: 10–30');
  });

  it('goes through parts that follow each other, and the span itself in between', () => {
    const root = span(0, 0, 100, [span(1, 10, 30), span(2, 40, 90)]);
    expect(told(criticalPath(root))).toBe('0: 0–10, 1: 10–30, 0: 30–40, 2: 40–90, 0: 90–100');
  });

  it('waits for the last of those that run beside each other', () => {
    const root = span(0, 0, 100, [span(1, 10, 90), span(2, 10, 50), span(3, 12, 95)]);
    expect(told(criticalPath(root))).toBe('0: 0–12, 3: 12–95, 0: 95–100');
  });

  it('goes down into the parts of parts', () => {
    const root = span(0, 0, 100, [span(1, 0, 100, [span(2, 20, 80, [span(3, 30, 80)])])]);
    expect(told(criticalPath(root))).toBe('1: 0–20, 2: 20–30, 3: 30–80, 1: 80–100');
  });

  it('cuts off what outlives the span that it is a part of', () => {
    const root = span(0, 0, 50, [span(1, 10, 80, [span(2, 40, 70)])]);
    expect(told(criticalPath(root))).toBe('0: 0–10, 1: 10–40, 2: 40–50');
  });

  it('is empty for a span of no length', () => {
    expect(criticalPath(span(0, 5, 5, [span(1, 5, 5)]))).toEqual([]);
  });

  /** Trees whose parts begin within what they are a part of or after it, and may outlive it. */
  const trees = fc
    .array(
      fc.record({
        parent: fc.nat(),
        offset: fc.integer({ min: 0, max: 40 }),
        length: fc.integer({ min: 0, max: 60 }),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((shapes): SpanNode => {
      const grow = (row: number, parentStart: number): SpanNode => {
        const { offset = 0, length = 0 } = shapes[row] ?? {};
        const start = parentStart + offset;
        const parts = shapes.flatMap(({ parent }, i) =>
          i > 0 && parent % i === row ? [grow(i, start)] : [],
        );
        return span(
          row,
          start,
          start + length,
          parts.sort((x, y) => x.start - y.start),
        );
      };
      return grow(0, 0);
    });
  function all(root: SpanNode): readonly SpanNode[] {
    return [root, ...root.children.flatMap(all)];
  }

  it('has no gap and no overlap, as long as the root, each stretch within its span', () => {
    fc.assert(
      fc.property(trees, (root) => {
        const path = criticalPath(root);
        const spans = new Map(all(root).map((each) => [each.row, each]));
        let at = root.start;
        for (const { row, from, to } of path) {
          expect(from).toBe(at);
          expect(to).toBeGreaterThan(from);
          expect(from).toBeGreaterThanOrEqual(spans.get(row)?.start ?? Number.NaN);
          expect(to).toBeLessThanOrEqual(spans.get(row)?.end ?? Number.NaN);
          at = to;
        }
        expect(at).toBe(root.end);
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is without the parts that are not on it', () => {
    fc.assert(
      fc.property(trees, (root) => {
        const onPath = new Set(criticalPath(root).map(({ row }) => row));
        const pruned = (each: SpanNode): SpanNode => ({
          ...each,
          children: each.children
            .filter((part) => all(part).some(({ row }) => onPath.has(row)))
            .map(pruned),
        });
        expect(told(criticalPath(pruned(root)))).toBe(told(criticalPath(root)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the traces of a recording', () => {
  const recorder = new Recorder({ shownMs: 100 });
  const first = recorder.begin(0, { lane: 'a', kind: 'request' });
  const part = recorder.begin(10, { lane: 'b', kind: 'call', parent: first });
  const beside = recorder.begin(20, { lane: 'a', kind: 'request' });
  recorder.end(30, part, 'accepted');
  recorder.end(40, first, 'accepted');
  recorder.end(45, beside, 'accepted');
  const third = recorder.begin(50, { lane: 'a', kind: 'request' });
  recorder.end(95, third, 'failed');
  const traces = tracesOf(indexRecording(recorder.finish()));

  it('are the spans that are no part of another', () => {
    expect(traces.roots).toEqual([first, beside, third]);
    expect(traces.partsOf(first)).toEqual([part]);
  });

  it('stay with the one under way until it has ended and another begins', () => {
    expect([0, 25, 42, 49, 50, 100].map((t) => traces.rootAt('present', t))).toEqual([
      first,
      first,
      first,
      first,
      third,
      third,
    ]);
  });

  it('know the slowest that has ended, and take the one under way for it before', () => {
    expect([-1, 0, 39, 40, 60, 94, 95].map((t) => traces.rootAt('slowest', t))).toEqual([
      undefined,
      first,
      first,
      first,
      first,
      first,
      third,
    ]);
  });

  it('end where one looks while they are open', () => {
    expect(traces.treeAt(first, 5)).toEqual(span(first, 0, 5));
    expect(traces.treeAt(first, 20)).toEqual(span(first, 0, 20, [span(part, 10, 20)]));
    expect(traces.treeAt(first, 100)).toEqual(span(first, 0, 40, [span(part, 10, 30)]));
  });

  it('have the times of other clocks, and know of each part when it has really begun', () => {
    const aheadOf = (row: number): number => (row === first ? 15 : 0);
    expect(traces.treeAt(first, 5, aheadOf)).toEqual(span(first, 15, 20));
    expect(traces.treeAt(first, 20, aheadOf)).toEqual(span(first, 15, 35, [span(part, 10, 20)]));
  });
});
