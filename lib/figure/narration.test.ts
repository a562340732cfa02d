import { expect, it } from 'vitest';
import { createNarrator, type Timer } from './narration';

/** A timer that the test moves. */
function setUp() {
  let now = 0;
  let due: { at: number; call: () => void } | undefined;
  const timer: Timer = {
    nowMs: () => now,
    after: (ms, call) => {
      const entry = { at: now + ms, call };
      due = entry;
      return () => {
        if (due === entry) due = undefined;
      };
    },
  };
  const said: string[] = [];
  const saidAt: number[] = [];
  let text = 'one';
  const narrator = createNarrator({
    timer,
    read: () => text,
    say: (words) => {
      said.push(words);
      saidAt.push(now);
    },
  });
  return {
    narrator,
    said,
    saidAt,
    become: (words: string) => {
      text = words;
      narrator.changed();
    },
    pass: (ms: number) => {
      now += ms;
      if (due && due.at <= now) {
        const { call } = due;
        due = undefined;
        call();
      }
    },
  };
}

it('says the first thing at once and the latest of many after two seconds', () => {
  const { said, become, pass } = setUp();
  become('one');
  become('two');
  pass(1000);
  become('three');
  expect(said).toEqual(['one']);
  pass(1000);
  expect(said).toEqual(['one', 'three']);
});

it('never speaks twice within two seconds', () => {
  const { saidAt, become, pass } = setUp();
  for (let ms = 0; ms < 10_000; ms += 50) {
    become(`at ${ms}`);
    pass(50);
  }
  const gaps = saidAt.slice(1).map((at, i) => at - (saidAt[i] ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(4);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
});

it('does not repeat itself', () => {
  const { said, become, pass } = setUp();
  become('one');
  pass(3000);
  become('one');
  expect(said).toEqual(['one']);
});

it('is silent once stopped', () => {
  const { narrator, said, become, pass } = setUp();
  become('one');
  become('two');
  narrator.stop();
  pass(5000);
  expect(said).toEqual(['one']);
});
