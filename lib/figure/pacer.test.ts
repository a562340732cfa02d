import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from './clock';
import { BUDGET_MS, createPacer, type Extent, type Pacer } from './pacer';

/** A page on which each drawing takes some time, counted by the test. */
let clock: FakeClock;
let nowMs: number;
let costMs: number;
let extent: Extent;
let frameMs: number;
let painted: ((frameMs: number) => void)[];
let pacer: Pacer;
/** Names of what was drawn, frame by frame. */
let frames: string[][];
let drawings: Map<string, () => void>;

beforeEach(() => {
  clock = createFakeClock();
  nowMs = 0;
  costMs = 1;
  extent = 'all';
  frameMs = 0;
  painted = [];
  frames = [];
  drawings = new Map();
  pacer = createPacer({
    clock,
    nowMs: () => nowMs,
    afterPaint: (call) => painted.push(call),
  });
});

function want(...names: string[]): void {
  for (const name of names) {
    const draw =
      drawings.get(name) ??
      (() => {
        nowMs += costMs;
        frames.at(-1)?.push(name);
      });
    drawings.set(name, draw);
    pacer.want(draw, extent);
  }
}

function nextFrame(): readonly string[] {
  const drawn: string[] = [];
  frames.push(drawn);
  clock.advance(16, 16);
  for (const call of painted.splice(0)) call(frameMs);
  return drawn;
}

describe('a pacer', () => {
  it('draws all that waits at once, after some frames, where drawing is cheap', () => {
    for (let i = 0; i < 5; i++) {
      want('a', 'b', 'c');
      nextFrame();
    }
    want('a', 'b', 'c');
    expect(nextFrame()).toEqual(['a', 'b', 'c']);
  });

  it('counts what the frame itself takes, which lays out and paints what was drawn', () => {
    frameMs = BUDGET_MS;
    want('a', 'b', 'c');
    for (let i = 0; i < 6; i++) {
      expect(nextFrame()).toHaveLength(1);
      want('a', 'b', 'c');
    }
  });

  it('draws one in each frame where one is all that a frame has time for', () => {
    costMs = BUDGET_MS + 1;
    want('a', 'b', 'c');
    for (let i = 0; i < 12; i++) {
      expect(nextFrame()).toHaveLength(1);
      want('a', 'b', 'c');
    }
  });

  it('lets everyone have a turn, however often others ask', () => {
    costMs = BUDGET_MS + 1;
    want('a', 'b', 'c');
    for (let i = 0; i < 6; i++) {
      nextFrame();
      want('a');
      want('b', 'c');
    }
    for (const name of ['a', 'b', 'c'])
      expect(frames.flat().filter((each) => each === name)).toHaveLength(2);
  });

  it('draws fewer as soon as a drawing took long, and more again when it no longer does', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const drawAll = (): number[] => {
      want(...names);
      const lengths: number[] = [];
      for (let left = names.length; left > 0; left -= lengths.at(-1) ?? left)
        lengths.push(nextFrame().length);
      return lengths;
    };
    drawAll();
    expect(drawAll()).toEqual([6]);
    costMs = BUDGET_MS;
    expect(drawAll()).toEqual([1, 1, 1, 1, 1, 1]);
    costMs = 1;
    for (let i = 0; i < 40; i++) drawAll();
    expect(drawAll()).toEqual([6]);
  });

  it('draws what takes long apart from what does not', () => {
    const dear = (): void => {
      nowMs += BUDGET_MS - 1;
      frames.at(-1)?.push('dear');
    };
    const drawAll = (): (readonly string[])[] => {
      want('a');
      pacer.want(dear, 'all');
      want('b', 'c');
      const drawn: (readonly string[])[] = [];
      while (clock.pending() > 0) drawn.push(nextFrame());
      return drawn;
    };
    drawAll();
    expect(drawAll()).toEqual([
      ['a', 'dear'],
      ['b', 'c'],
    ]);
    costMs = 2;
    drawAll();
    expect(drawAll()).toEqual([['a'], ['dear'], ['b', 'c']]);
  });

  it('gives a frame to what has not been drawn to that extent, however cheap it was to another', () => {
    extent = 'moment';
    for (let i = 0; i < 5; i++) {
      want('a', 'b', 'c');
      nextFrame();
    }
    want('a', 'b', 'c');
    expect(nextFrame()).toHaveLength(3);
    want('a', 'b', 'c');
    extent = 'all';
    want('a', 'b', 'c');
    expect([nextFrame(), nextFrame(), nextFrame()]).toEqual([['a'], ['b'], ['c']]);
  });

  it('draws once what was asked for many times', () => {
    want('a', 'a', 'a');
    expect(nextFrame()).toEqual(['a']);
    expect(nextFrame()).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('does not draw what was taken back', () => {
    want('a', 'b');
    const draw = drawings.get('a');
    if (draw) pacer.forget(draw);
    expect(nextFrame()).toEqual(['b']);
  });

  it('goes on after a drawing that failed', () => {
    pacer.want(() => {
      throw new Error('cannot be drawn');
    }, 'all');
    want('a');
    expect(nextFrame).toThrow('cannot be drawn');
    expect(nextFrame()).toEqual(['a']);
  });

  it('draws everything now when there is no next frame', () => {
    costMs = BUDGET_MS + 1;
    want('a', 'b', 'c');
    frames.push([]);
    pacer.flush();
    expect(frames.at(-1)).toEqual(['a', 'b', 'c']);
    expect(nextFrame()).toEqual([]);
  });

  it('draws the parts, too, that are made to wait by what is drawn now', () => {
    frames.push([]);
    pacer.want(() => want('part'), 'all');
    pacer.flush();
    expect(frames.at(-1)).toEqual(['part']);
  });
});
