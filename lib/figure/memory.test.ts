import { expect, it } from 'vitest';
import { createMemory } from './memory';

const isText = (value: unknown): value is string => typeof value === 'string';

function mapStorage() {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, text: string) => {
      map.set(name, text);
    },
    removeItem: (name: string) => {
      map.delete(name);
    },
  };
}

it('gives back what was written, under a name of the site’s own', () => {
  const storage = mapStorage();
  const memory = createMemory(() => storage);
  memory.write('tasks', 'done');
  expect([...storage.map.keys()]).toEqual(['steady-state:tasks']);
  expect(memory.read('tasks', isText)).toBe('done');
  memory.forget('tasks');
  expect(memory.read('tasks', isText)).toBeUndefined();
});

it('gives nothing for what does not fit or is no JSON', () => {
  const storage = mapStorage();
  const memory = createMemory(() => storage);
  memory.write('tasks', 3);
  expect(memory.read('tasks', isText)).toBeUndefined();
  storage.map.set('steady-state:tasks', '{');
  expect(memory.read('tasks', isText)).toBeUndefined();
});

it('does without where storage is forbidden', () => {
  const memory = createMemory(() => {
    throw new Error('SecurityError');
  });
  memory.write('tasks', 'done');
  memory.forget('tasks');
  expect(memory.read('tasks', isText)).toBeUndefined();
});
