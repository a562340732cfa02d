import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochUnitOf, namesZone, type TimeNotation, timeReader } from './times';

const utc: TimeNotation = { kind: 'date', offsetMinutes: 0 };
const read = (text: string, notation: TimeNotation = utc): number => timeReader(notation)(text);

describe('dates', () => {
  test.each([
    // Apache HTTP Server, Log Files: "10/Oct/2000:13:55:36 -0700".
    ['10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36.000Z'],
    // RFC 3339, section 5.8.
    ['1985-04-12T23:20:50.52Z', '1985-04-12T23:20:50.520Z'],
    ['1996-12-19T16:39:57-08:00', '1996-12-20T00:39:57.000Z'],
    ['1937-01-01T12:00:27.87+00:20', '1937-01-01T11:40:27.870Z'],
    // A leap second: the first moment of the next minute.
    ['1990-12-31T23:59:60Z', '1991-01-01T00:00:00.000Z'],
    ['2018-07-02T22:22:48.364000Z', '2018-07-02T22:22:48.364Z'],
    ['2026-11-21 10:00', '2026-11-21T10:00:00.000Z'],
    ['2026/11/21 10:00:01,5', '2026-11-21T10:00:01.500Z'],
    ['2026-11-21T10:00:00+0130', '2026-11-21T08:30:00.000Z'],
    ['2026-11-21T10:00:00 +01', '2026-11-21T09:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(new Date(read(text)).toISOString()).toBe(expected);
  });

  test('where none is named, the zone is the one that is assumed', () => {
    const inTokyo: TimeNotation = { kind: 'date', offsetMinutes: 540 };
    expect(read('2026-11-21T09:00:00', inTokyo)).toBe(Date.UTC(2026, 10, 21));
    expect(read('2026-11-21T09:00:00Z', inTokyo)).toBe(Date.UTC(2026, 10, 21, 9));
    expect(namesZone('2026-11-21T09:00:00')).toBe(false);
    expect(namesZone('2026-11-21T09:00:00Z')).toBe(true);
    expect(namesZone('21/Nov/2026:09:00:00 +0900')).toBe(true);
  });

  test.each([
    '',
    'yesterday',
    '2026-11-21',
    '2026-02-30T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T10:60:00Z',
    '2026-11-21T10:00:61Z',
    '2026-11-21T10:00:00.Z',
    '2026-11-21T10:00:00 CET',
    '2026-11-21T10:00:00+99:00',
    '10/Foo/2000:13:55:36 -0700',
    '10/ctN/2000:13:55:36 -0700',
    '10/Oct/2000 13:55:36 -0700',
  ])('“%s” is none', (text) => {
    expect(read(text)).toBeNaN();
  });

  test('every moment of four centuries, written and read', () => {
    const moment = fc.date({
      min: new Date('1800-01-01T00:00:00Z'),
      max: new Date('2200-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.integer({ min: -840, max: 840 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? '-' : '+'}${`${hours}`.padStart(2, '0')}:${`${minutes}`.padStart(2, '0')}`;
        expect(read(local + zone)).toBe(date.getTime());
        expect(read(local, { kind: 'date', offsetMinutes: offset })).toBe(date.getTime());
      }),
    );
  });
});

describe('numbers since 1970', () => {
  const at = Date.UTC(2026, 10, 21, 10, 0, 0, 125);
  test.each([
    ['s', `${at / 1000}`],
    ['ms', `${at}`],
    ['us', `${at}000`],
    ['ns', `${at}000000`],
  ] as const)('in %s', (unit, text) => {
    expect(read(text, { kind: 'epoch', unit })).toBe(at);
    expect(epochUnitOf(Number(text))).toBe(unit);
  });

  test.each(['', '-', '0x10', '1,5', 'Infinity', '12 '])('“%s” is none', (text) => {
    expect(read(text, { kind: 'epoch', unit: 's' })).toBeNaN();
  });
});
