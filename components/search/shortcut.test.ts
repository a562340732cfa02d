import { expect, test } from 'vitest';
import { opensSearch, queryOfSelection, typedBefore } from './shortcut';

const key = (
  name: string,
  held: Partial<Record<'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key: name,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('⌘K and Ctrl-K open it, in a field too', () => {
  expect(opensSearch(key('k', { metaKey: true }), true)).toBe(true);
  expect(opensSearch(key('K', { ctrlKey: true }), false)).toBe(true);
});

test('a slash opens it where it is free, on keyboards where it takes Shift as well', () => {
  expect(opensSearch(key('/'), true)).toBe(true);
  expect(opensSearch(key('/', { shiftKey: true }), true)).toBe(true);
  expect(opensSearch(key('/'), false)).toBe(false);
});

test('other chords stay what they are', () => {
  expect(opensSearch(key('k'), true)).toBe(false);
  expect(opensSearch(key('k', { ctrlKey: true, shiftKey: true }), true)).toBe(false);
  expect(opensSearch(key('k', { ctrlKey: true, metaKey: true }), true)).toBe(false);
  expect(opensSearch(key('/', { ctrlKey: true }), true)).toBe(false);
  expect(opensSearch(key('?', { shiftKey: true }), true)).toBe(false);
});

test('what is typed before the field is there is kept, and Escape takes it back', () => {
  const text = ['t', 'o', 'x', 'Backspace', 'K', 'ü'].reduce(
    (typed, name) => typedBefore(typed, key(name)) ?? '',
    '',
  );
  expect(text).toBe('toKü');
  expect(typedBefore('to', key('Escape'))).toBeNull();
  expect(typedBefore('to', key('ArrowDown'))).toBeUndefined();
  expect(typedBefore('to', key('v', { ctrlKey: true }))).toBeUndefined();
});

test('a short selection is a query, a paragraph is none', () => {
  expect(queryOfSelection('  token bucket ')).toBe('token bucket');
  expect(queryOfSelection('one\ntwo')).toBe('');
  expect(queryOfSelection('x'.repeat(81))).toBe('');
});
