import { describe, expect, test } from 'vitest';
import { Clock } from './clock';

describe('the clock of a lab', () => {
  test('moves only when somebody waits, to the moment of who is next', async () => {
    const clock = new Clock();
    const seen: string[] = [];
    const worker = async (name: string, ms: number) => {
      await clock.sleep(ms);
      seen.push(`${name} at ${clock.now}`);
    };
    await clock.run(() =>
      Promise.all([worker('slow', 30), worker('quick', 10), worker('too', 10)]),
    );
    expect(seen).toEqual(['quick at 10', 'too at 10', 'slow at 30']);
    expect(clock.now).toBe(30);
  });

  test('runs what is to come after a turn when all promise jobs of it have run, before time moves', async () => {
    const clock = new Clock();
    const seen: string[] = [];
    await clock.run(async () => {
      clock.afterTurn(() => seen.push(`after the turn, at ${clock.now}`));
      const later = clock.sleep(5).then(() => seen.push('time has moved'));
      for (let i = 0; i < 50; i++) await Promise.resolve();
      seen.push('fifty promises later');
      await later;
    });
    expect(seen).toEqual(['fifty promises later', 'after the turn, at 0', 'time has moved']);
  });

  test('wakes each sleeper in a turn of its own', async () => {
    const clock = new Clock();
    const turns: number[][] = [[]];
    const worker = async (name: number) => {
      await clock.sleep(10);
      turns.at(-1)?.push(name);
      clock.afterTurn(() => turns.push([]));
    };
    await clock.run(() => Promise.all([worker(1), worker(2)]));
    expect(turns.filter(({ length }) => length > 0)).toEqual([[1], [2]]);
  });

  test('says so if work waits for something that never comes, and passes on what it throws', async () => {
    await expect(new Clock().run(() => new Promise(() => undefined))).rejects.toThrow(
      'goes on waiting when nobody is left to wake it',
    );
    await expect(new Clock().run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
