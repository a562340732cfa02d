import { expect, it } from 'vitest';
import { createLatest } from './latest';

function setUp() {
  const started: { input: number; resolve: (n: number) => void; reject: (e: Error) => void }[] = [];
  const told: string[] = [];
  const latest = createLatest<number, number>({
    work: (input) =>
      new Promise((resolve, reject) => {
        started.push({ input, resolve, reject });
      }),
    done: (output) => told.push(`done ${output}`),
    failed: (error) => told.push(`failed ${(error as Error).message}`),
  });
  const settle = async (action: () => void): Promise<void> => {
    action();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { started, told, latest, settle };
}

it('keeps one under way and only the newest waiting', async () => {
  const { started, told, latest, settle } = setUp();
  for (const input of [1, 2, 3, 4]) latest.request(input);
  expect(started.map(({ input }) => input)).toEqual([1]);
  await settle(() => started[0]?.resolve(10));
  expect(started.map(({ input }) => input)).toEqual([1, 4]);
  expect(told).toEqual(['done 10']);
  await settle(() => started[1]?.resolve(40));
  expect(told).toEqual(['done 10', 'done 40']);
  expect(latest.busy()).toBe(false);
});

it('tries what waits after a failure', async () => {
  const { started, told, latest, settle } = setUp();
  latest.request(1);
  latest.request(2);
  await settle(() => started[0]?.reject(new Error('no')));
  expect(told).toEqual(['failed no']);
  await settle(() => started[1]?.resolve(20));
  expect(told).toEqual(['failed no', 'done 20']);
});

it('tells nothing of what was dropped, and goes on afterwards', async () => {
  const { started, told, latest, settle } = setUp();
  latest.request(1);
  latest.request(2);
  latest.drop();
  await settle(() => started[0]?.resolve(10));
  expect(told).toEqual([]);
  expect(started).toHaveLength(1);
  latest.request(3);
  await settle(() => started[1]?.resolve(30));
  expect(told).toEqual(['done 30']);
});
