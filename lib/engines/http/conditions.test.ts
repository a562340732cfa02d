import { describe, expect, test } from 'vitest';
import { type Conditions, evaluateConditions, type Validators } from './conditions';
import { httpDate, readHttpDate } from './http-date';

const MODIFIED_MS = Date.UTC(2026, 10, 21, 12);
const BEFORE = httpDate(MODIFIED_MS - 1000);
const AT = httpDate(MODIFIED_MS);
const AFTER = httpDate(MODIFIED_MS + 1000);

const STRONG: Validators = { etag: '"a"', lastModifiedMs: MODIFIED_MS + 400 };
const WEAK: Validators = { ...STRONG, etag: 'W/"a"' };
const DATELESS: Validators = { etag: '"a"' };

type Case = readonly [
  rule: string,
  method: string,
  conditions: Conditions,
  current: Validators | null,
  outcome: 'proceed' | 'not modified' | 'failed',
];

const CASES: readonly Case[] = [
  ['no condition', 'PUT', {}, STRONG, 'proceed'],
  ['no condition, nothing there', 'PUT', {}, null, 'proceed'],

  ['If-Match with the tag', 'PUT', { ifMatch: '"a"' }, STRONG, 'proceed'],
  ['If-Match with one of several tags', 'PUT', { ifMatch: '"x", "a"' }, STRONG, 'proceed'],
  ['If-Match with another tag', 'PUT', { ifMatch: '"x"' }, STRONG, 'failed'],
  ['If-Match with another tag, for GET too', 'GET', { ifMatch: '"x"' }, STRONG, 'failed'],
  [
    'If-Match compares strongly: weak in the request',
    'PUT',
    { ifMatch: 'W/"a"' },
    STRONG,
    'failed',
  ],
  ['If-Match compares strongly: weak on both sides', 'PUT', { ifMatch: 'W/"a"' }, WEAK, 'failed'],
  ['If-Match with * and something there', 'PUT', { ifMatch: '*' }, STRONG, 'proceed'],
  ['If-Match with * and nothing there', 'PUT', { ifMatch: '*' }, null, 'failed'],
  ['If-Match with a tag and nothing there', 'DELETE', { ifMatch: '"a"' }, null, 'failed'],
  ['a comma within a tag does not end it', 'PUT', { ifMatch: '"a,b"' }, { etag: '"b"' }, 'failed'],
  ['a tag without quotes matches nothing', 'PUT', { ifMatch: 'a' }, STRONG, 'failed'],

  [
    'If-Unmodified-Since the second of the change',
    'PUT',
    { ifUnmodifiedSince: AT },
    STRONG,
    'proceed',
  ],
  ['If-Unmodified-Since before the change', 'PUT', { ifUnmodifiedSince: BEFORE }, STRONG, 'failed'],
  ['If-Unmodified-Since that is no date', 'PUT', { ifUnmodifiedSince: 'soon' }, STRONG, 'proceed'],
  [
    'If-Unmodified-Since without a date here',
    'PUT',
    { ifUnmodifiedSince: BEFORE },
    DATELESS,
    'proceed',
  ],
  [
    'If-Unmodified-Since counts for nothing beside If-Match',
    'PUT',
    { ifMatch: '"a"', ifUnmodifiedSince: BEFORE },
    STRONG,
    'proceed',
  ],

  ['If-None-Match with the tag', 'GET', { ifNoneMatch: '"a"' }, STRONG, 'not modified'],
  ['If-None-Match with the tag, HEAD', 'HEAD', { ifNoneMatch: '"a"' }, STRONG, 'not modified'],
  ['If-None-Match with the tag, a change', 'PUT', { ifNoneMatch: '"a"' }, STRONG, 'failed'],
  ['If-None-Match with another tag', 'GET', { ifNoneMatch: '"x", "y"' }, STRONG, 'proceed'],
  ['If-None-Match compares weakly', 'GET', { ifNoneMatch: 'W/"a"' }, STRONG, 'not modified'],
  ['If-None-Match with * creates only', 'PUT', { ifNoneMatch: '*' }, STRONG, 'failed'],
  ['If-None-Match with * and nothing there', 'PUT', { ifNoneMatch: '*' }, null, 'proceed'],

  [
    'If-Modified-Since the second of the change',
    'GET',
    { ifModifiedSince: AT },
    STRONG,
    'not modified',
  ],
  ['If-Modified-Since after the change', 'GET', { ifModifiedSince: AFTER }, STRONG, 'not modified'],
  ['If-Modified-Since before the change', 'GET', { ifModifiedSince: BEFORE }, STRONG, 'proceed'],
  ['If-Modified-Since is for reading only', 'PUT', { ifModifiedSince: AT }, STRONG, 'proceed'],
  ['If-Modified-Since that is no date', 'GET', { ifModifiedSince: 'x' }, STRONG, 'proceed'],
  [
    'If-Modified-Since counts for nothing beside If-None-Match',
    'GET',
    { ifNoneMatch: '"x"', ifModifiedSince: AFTER },
    STRONG,
    'proceed',
  ],

  [
    'If-Match holds, then If-None-Match is asked',
    'GET',
    { ifMatch: '"a"', ifNoneMatch: '"a"' },
    STRONG,
    'not modified',
  ],
  [
    'If-Match fails, and If-None-Match is not asked',
    'GET',
    { ifMatch: '"x"', ifNoneMatch: '"a"' },
    STRONG,
    'failed',
  ],
];

describe('conditions take precedence as RFC 9110 section 13.2.2 orders them', () => {
  test.each(CASES)('[HC1] %s', (_, method, conditions, current, outcome) => {
    expect(evaluateConditions(method, conditions, current).outcome).toBe(outcome);
  });
});

describe('dates', () => {
  test.each([
    // The three of RFC 9110 section 5.6.7 are one moment.
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784111777000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 784111777000],
    ['Sun Nov  6 08:49:37 1994', 784111777000],
    // Fifty years ahead of the clock of the services, and a year more, which has been.
    ['Friday, 06-Nov-76 08:49:37 GMT', Date.UTC(2076, 10, 6, 8, 49, 37)],
    ['Sunday, 06-Nov-77 08:49:37 GMT', Date.UTC(1977, 10, 6, 8, 49, 37)],
    ['2026-11-21T12:00:00Z', null],
    ['Sun, 31 Jun 2026 08:49:37 GMT', null],
    ['Sun, 06 Non 1994 08:49:37 GMT', null],
    ['', null],
  ])('[HC2] "%s" is read as %s', (text, ms) => {
    expect(readHttpDate(text)).toBe(ms);
  });

  test('[HC3] what is written is read as the same second', () => {
    expect(readHttpDate(httpDate(784111777000))).toBe(784111777000);
  });
});
