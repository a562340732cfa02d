import { expect, test } from 'vitest';
import { currentHeading } from './contents-spy.client';

const headings = [
  { id: 'a', top: -400 },
  { id: 'b', top: 120 },
  { id: 'c', top: 700 },
];

test('the section being read is the last one above the upper third', () => {
  expect(currentHeading(headings, { height: 900, atEnd: false })).toBe('b');
  expect(currentHeading(headings, { height: 300, atEnd: false })).toBe('a');
});

test('above the first heading none is', () => {
  expect(currentHeading([{ id: 'a', top: 800 }], { height: 900, atEnd: false })).toBeNull();
  expect(currentHeading([], { height: 900, atEnd: true })).toBeNull();
});

test('a last section too short to reach the line is marked at the end of the page', () => {
  expect(currentHeading(headings, { height: 900, atEnd: true })).toBe('c');
});
