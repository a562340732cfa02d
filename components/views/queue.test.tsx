import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import { indexRecording } from '@/lib/simulation/recording-index';
import { viewMisfits } from '@/lib/simulation/view-misfits';
import type { QueueView } from '@/lib/simulation/views';
import { deadlineQueue, deadlineRecording } from './fixtures';
import { counted, draw, keepsPromises, propsOf, runOf } from './promises';
import { fitRows, readQueue, type Waiting } from './queue-items';
import { describeView, tableView } from './view';

const plain: QueueView = { kind: 'queue', title: 'Line', lane: 'line', item: 'customer' };

keepsPromises('queue', deadlineQueue, [runOf(deadlineRecording())]);
keepsPromises('queue of a race', deadlineQueue, [
  runOf(deadlineRecording(), 'One'),
  runOf(deadlineRecording(9000), 'Other'),
]);

/** Three come at 100, 200 and 300 ms; the second is served at 400, the first gives up at 500. */
function threeRecorder(): Recorder {
  const recorder = new Recorder({ shownMs: 1000 });
  const [a, b] = ['a', 'b', 'c'].map((label, i) => {
    const at = 100 * (i + 1);
    const span = recorder.begin(at, { lane: 'line', kind: 'wait', label });
    recorder.state(at, label, 'until', at + 350);
    return span;
  });
  recorder.state(300, 'line', 'next', 'b');
  recorder.end(400, b ?? -1, 'accepted');
  recorder.state(400, 'line', 'next', 'a');
  recorder.state(500, 'a', 'why', 'left in anger');
  recorder.end(500, a ?? -1, 'expired');
  recorder.state(500, 'line', 'next', 'c');
  return recorder;
}
const three = threeRecorder().finish();
const near: QueueView = {
  ...plain,
  next: { node: 'line', field: 'next' },
  deadline: 'until',
  reason: 'why',
};

describe('a queue up close', () => {
  const told = (t: number): string => describeView(propsOf(near, [runOf(three)], t));

  it('tells who waits, since when, who is next, and who left unserved and why', () => {
    expect(told(50)).toBe('Line, at 0.050\u202fs. 0 waiting.');
    expect(told(350)).toContain('3 waiting, the oldest a for 250\u202fms, next b.');
    expect(told(450)).toContain('2 waiting, the oldest a for 350\u202fms, next a.');
    expect(told(600)).toContain(
      '1 waiting, the oldest c for 300\u202fms, next c, 1 left unserved, the last a, expired after 400\u202fms: left in anger.',
    );
  });

  it('draws bars as long as the waits, on one scale', () => {
    const widths = (t: number): number[] =>
      [
        ...draw(propsOf(near, [runOf(three)], t)).matchAll(/class="v-wait[^>]* width="([\d.]+)%"/g),
      ].map(([, width]) => Number(width));
    const [first = 0, second = 0, third = 0] = widths(350);
    expect(first / second).toBeCloseTo(250 / 150, 1);
    expect(second / third).toBeCloseTo(150 / 50, 1);
    expect(widths(450)[0]).toBeGreaterThan(first);
  });

  it('points at who is next, and marks who has waited for too long', () => {
    const html = draw(propsOf(near, [runOf(three)], 350));
    expect(counted(html, 'v-next')).toBe(1);
    expect(html).toMatch(/class="v-next" d="M0 41l7 4l-7 4z"/);
    expect(counted(html, 'mark-expired')).toBe(0);
    // The first may wait until 450 ms.
    expect(counted(draw(propsOf(near, [runOf(three)], 460)), 'mark-expired')).toBe(1);
  });

  it('has a row in its table for each who waits', () => {
    expect(tableView(propsOf(near, [runOf(three)], 460))).toMatchObject({
      columns: ['Customer', 'Waits for', 'Turn', 'Time left'],
      rows: [
        ['a', '360\u202fms', 'next', 'none'],
        ['c', '160\u202fms', '–', '190\u202fms'],
      ],
    });
    expect(tableView(propsOf(plain, [runOf(three)], 0)).rows).toEqual([['nobody', '–']]);
  });

  it('counts all that left unserved and shows the last three of them', () => {
    const recorder = new Recorder({ shownMs: 1000 });
    for (let i = 0; i < 5; i++) {
      const span = recorder.begin(i * 10, { lane: 'line', kind: 'wait', label: `#${i}` });
      recorder.end(i * 10, span, 'rejected');
    }
    const html = draw(propsOf(plain, [runOf(recorder.finish())], 500));
    expect(html).toContain('>5 left unserved<');
    expect(counted(html, 'mark-rejected')).toBe(3);
    expect(html).toContain('rejected at once');
    expect(html).not.toContain('>#1<');
  });

  it('is told from the past alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11_900 }), (t) => {
        const whole = propsOf(deadlineQueue, [runOf(deadlineRecording())], t, 12_000);
        const past = propsOf(
          deadlineQueue,
          [runOf(prefix(deadlineRecording(), t + 0.5))],
          t,
          12_000,
        );
        expect(describeView(past)).toBe(describeView(whole));
        expect(tableView(past)).toEqual(tableView(whole));
      }),
      { numRuns: 30 },
    );
  });
});

describe('the rows of a queue', () => {
  it('show the oldest, the newest and who is next, and tell of all others by their number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.nat(59),
        fc.integer({ min: 3, max: 12 }),
        (length, next, rows) => {
          const waiting = Array.from(
            { length },
            (_, row): Waiting => ({
              row,
              name: `#${row}`,
              since: row,
              deadline: undefined,
              classPlace: undefined,
              isNext: row === next,
            }),
          );
          const { shown, before, hidden } = fitRows(waiting, rows);
          expect(shown.length + hidden).toBe(length);
          expect(new Set(shown).size).toBe(shown.length);
          expect(shown.length + (hidden > 0 ? 1 : 0)).toBeLessThanOrEqual(rows);
          expect(before).toBeLessThanOrEqual(shown.length);
          if (next < length) expect(shown.some(({ isNext }) => isNext)).toBe(true);
          expect(shown.map(({ row }) => row)).toEqual(
            shown.map(({ row }) => row).sort((a, b) => a - b),
          );
        },
      ),
    );
  });

  it('are those of the queue alone', () => {
    const recorder = threeRecorder();
    recorder.begin(600, { lane: 'other line', kind: 'wait', label: 'd' });
    const { waiting } = readQueue(near, indexRecording(recorder.finish()), 700, 3);
    expect(waiting.map(({ name }) => name)).toEqual(['c']);
  });
});

describe('a queue that does not fit its recording', () => {
  const misfits = (view: QueueView, write: (to: Recorder) => void): string[] => {
    const recorder = new Recorder({ shownMs: 1000 });
    write(recorder);
    return viewMisfits(view, { index: indexRecording(recorder.finish()), parameters: {} });
  };
  const wait = { lane: 'line', kind: 'wait', label: 'a' };

  it('is told of, with what to do', () => {
    const kind = { field: 'class', values: { paid: 'Paid' } };
    expect([
      ...misfits(plain, (to) => to.begin(5, { lane: 'line', kind: 'wait' })),
      ...misfits(plain, (to) => {
        to.begin(5, wait);
        to.begin(6, wait);
      }),
      ...misfits(near, (to) => to.state(5, 'line', 'next', '#7')),
      ...misfits({ ...plain, class: kind }, (to) => {
        to.begin(5, wait);
        to.state(5, 'a', 'class', 'free');
      }),
    ]).toMatchInlineSnapshot(`
      [
        "Expected every span on "line" to name who waits, got one without a label at 5 ms. Give it a label.",
        "Expected one span on "line" for each who waits, got two of "a" at 6 ms. End the first, or name them apart.",
        "Expected "next" of "line" to be the label of a span on "line" or empty, got "#7". Record the same name.",
        "Expected "class" of "a" to be one of paid, got "free". Name it in values.",
      ]
    `);
  });

  it('is none of those that are drawn here', () => {
    expect(
      viewMisfits(deadlineQueue, { index: indexRecording(deadlineRecording()), parameters: {} }),
    ).toEqual([]);
  });
});
