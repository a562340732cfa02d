import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnScale,
  formatError,
  formatLabelled,
  formatMoment,
  formatNumber,
  formatParameter,
  formatResult,
  formatSpan,
  formatSpeed,
  formatValue,
} from './format';
import type { Result } from './measures';
import { choice, count, duration, quantity, schedule, toggle } from './parameters';

/** Narrow no-break spaces written as plain ones, to keep the expectations readable. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('formatNumber', () => {
  it.each([
    [1.9666, '1.97'],
    [41.66, '41.7'],
    [0.04166, '0.0417'],
    [1234.5, '1,235'],
    [999.96, '1,000'],
    [99.96, '100'],
    [9.996, '10'],
    [12_345_678, '12,345,678'],
    [0.5, '0.5'],
    [2, '2'],
    [0, '0'],
    [-0, '0'],
    [-2.71, '−2.71'],
    [1e-9, '0.000000001'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [2.5e21, '2.50e+21'],
  ])('%d reads %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('is never further from the value than half a unit of its last significant digit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }).filter((v) => Math.abs(v) > 1e-6),
        (value) => {
          const read = Number(formatNumber(value, 4).replaceAll(',', '').replace('−', '-'));
          expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 5.01e-4 + 1e-20);
        },
      ),
    );
  });
});

describe('formatValue', () => {
  it.each([
    [1.97, '×', '1.97 ×'],
    [12, 'requests/s', '12 requests/s'],
    [1, 'requests', '1 request'],
    [1, 'requests/s', '1 request/s'],
    [1, 'queries', '1 query'],
    [1, 'clients', '1 client'],
    [1, 'cores', '1 core'],
    [1, 'spans/s', '1 span/s'],
    [1, 'ms', '1 ms'],
    [340, 'ms', '340 ms'],
    [999.4, 'ms', '999 ms'],
    [1200, 'ms', '1.2 s'],
    [90_000, 'ms', '90 s'],
    [180_000, 'ms', '3 min'],
    [86_400_000, 'ms', '24 h'],
    [0.25, 'ms', '0.25 ms'],
    [41.66, '%', '41.7 %'],
    [2_500_000, 'bytes', '2.5 MB'],
    [512, 'bytes', '512 bytes'],
    [7, '', '7'],
  ] as const)('%d in "%s" reads %s', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });

  it('holds number and unit together on one line', () => {
    expect(formatValue(340, 'ms')).toBe('340\u202fms');
    expect(formatValue(130_000, 'ms')).toBe('2.17\u202fmin');
    expect(formatValue(12, 'requests/s')).toBe('12\u00a0requests/s');
    expect(formatValue(1, 'bytes')).toBe('1\u00a0byte');
    expect(formatValue(20_000, 'bytes')).toBe('20\u202fkB');
  });
});

describe('formatParameter', () => {
  const base = { label: 'l', describe: 'd' };
  it('keeps every digit that the reader set', () => {
    const parameter = quantity({ ...base, unit: '%', min: 0, max: 100, step: 0.001, default: 1 });
    expect(plain(formatParameter(parameter, 12.345))).toBe('12.345 %');
  });
  it('names options, switches, counts and durations as the controls do', () => {
    const options = choice({ ...base, options: { fifo: { label: 'in turn' } }, default: 'fifo' });
    expect(formatParameter(options, 'fifo')).toBe('in turn');
    expect(formatParameter(toggle({ ...base, default: true }), false)).toBe('off');
    const servers = count({ ...base, unit: 'servers', min: 1, max: 9, step: 1, default: 2 });
    expect(plain(formatParameter(servers, 1))).toBe('1 server');
    const timeout = duration({ ...base, min: 0, max: 9000, step: 100, default: 500 });
    expect(plain(formatParameter(timeout, 1500))).toBe('1.5 s');
    const crash = duration({ ...base, min: 0, zero: 'never', max: 9000, step: 100, default: 0 });
    expect([0, 100].map((at) => plain(formatParameter(crash, at)))).toEqual(['never', '100 ms']);
    const cut = duration({ ...base, min: 0, max: 9000, end: 'never', step: 100, default: 0 });
    expect([0, 8900, 9000].map((at) => plain(formatParameter(cut, at)))).toEqual([
      '0 ms',
      '8.9 s',
      'never',
    ]);
  });
  it('takes the largest unit in which the digits are few', () => {
    const hold = duration({ ...base, min: 0, max: 600_000, step: 1, default: 0 });
    const text = (value: number): string => plain(formatParameter(hold, value));
    expect([150_000, 244_000, 244_567, 1234.5678].map(text)).toEqual([
      '2.5 min',
      '244 s',
      '244.567 s',
      '1,234.5678 ms',
    ]);
  });
  it('tells the steps of a schedule in order', () => {
    const rate = schedule({
      ...base,
      unit: 'requests/s',
      min: 0,
      max: 50,
      step: 1,
      untilMs: 10_000,
      stepsMax: 4,
      default: [{ atMs: 0, value: 5 }],
    });
    expect(
      plain(
        formatParameter(rate, [
          { atMs: 0, value: 5 },
          { atMs: 2000, value: 20 },
        ]),
      ),
    ).toBe('5 requests/s; from 2 s 20 requests/s');
  });
});

describe('formatLabelled', () => {
  const base = { describe: 'd', min: 0, max: 9000, step: 1, default: 2 };
  it('says the unit once', () => {
    const workers = count({ ...base, label: 'Workers', unit: 'workers' });
    expect(formatLabelled(workers, 4)).toBe('Workers (4)');
    const rate = quantity({ ...base, label: 'Requests per second', unit: 'requests/s' });
    expect(formatLabelled(rate, 1200)).toBe('Requests per second (1,200)');
    const timeout = duration({ ...base, label: 'Timeout', zero: 'never' });
    expect(plain(formatLabelled(timeout, 2000))).toBe('Timeout (2 s)');
    expect(formatLabelled(timeout, 0)).toBe('Timeout (never)');
    expect(formatLabelled(toggle({ label: 'Retries', describe: 'd', default: true }), true)).toBe(
      'Retries (on)',
    );
  });
});

describe('formatResult', () => {
  const result: Result = {
    id: 'x',
    label: 'x',
    unit: '%',
    better: 'neither',
    value: 41.66,
    n: 1000,
    halfWidth: 1.23,
  };
  it('gives the error in the unit of the value', () => {
    expect(plain(formatResult(result))).toBe('41.7 % ± 1.2');
    expect(plain(formatResult({ ...result, unit: 'ms', value: 1200, halfWidth: 34 }))).toBe(
      '1.2 s ± 0.034',
    );
  });
  it('leaves off an error that one run does not give', () => {
    expect(plain(formatResult({ ...result, halfWidth: null }))).toBe('41.7 %');
  });
  it('can stand apart from its error', () => {
    expect(formatError(result)).toBe('±\u202f1.2');
    expect(formatError({ ...result, halfWidth: null })).toBeNull();
    expect(formatError({ ...result, halfWidth: Number.POSITIVE_INFINITY })).toBeNull();
  });
  it('shows a dash for a refused value', () => {
    expect(formatResult({ ...result, value: null, refused: 'n is 40' })).toBe('–');
  });
});

describe('columnScale', () => {
  const wait = (value: number | null): Result => ({
    id: 'wait',
    label: 'Wait',
    unit: 'ms',
    better: 'lower',
    value,
    n: 10,
    halfWidth: null,
  });
  it('is that of the largest value', () => {
    expect(columnScale([wait(5), wait(1200), wait(null)])).toMatchObject({
      unit: 's',
      divisor: 1000,
    });
    expect(columnScale([wait(5), wait(null)])).toEqual({ unit: 'ms', divisor: 1 });
    expect(columnScale([])).toEqual({ unit: '', divisor: 1 });
  });
});

describe('formatSpeed', () => {
  it('says how much faster or slower than real time', () => {
    expect(formatSpeed(12)).toBe('12×');
    expect(formatSpeed(1)).toBe('1×');
    expect(formatSpeed(0.05)).toBe('1/20×');
    expect(formatSpeed(0.75)).toBe('0.75×');
    expect(formatSpeed(Math.SQRT1_2)).toBe('0.71×');
  });
});

describe('formatMoment', () => {
  it('keeps unit and decimals of the whole span', () => {
    expect(plain(formatMoment(0, 60_000))).toBe('0.00 s');
    expect(plain(formatMoment(1234.5, 60_000))).toBe('1.23 s');
    expect(plain(formatMoment(1234.5, 119_000))).toBe('1.2 s');
    expect(plain(formatMoment(12.3456, 500))).toBe('12.3 ms');
    expect(plain(formatMoment(12.3456, 50))).toBe('12.35 ms');
  });

  it('counts minutes and seconds where lengths are told in minutes', () => {
    expect(plain(formatMoment(0, 120_000))).toBe('0 min 00.0 s');
    expect(plain(formatMoment(9_960, 300_000))).toBe('0 min 10.0 s');
    expect(plain(formatMoment(59_960, 300_000))).toBe('1 min 00.0 s');
    expect(plain(formatMoment(1_203_400, 3_600_000))).toBe('20 min 03 s');
    expect(plain(formatMoment(3_600_000, 3_600_000))).toBe('60 min 00 s');
    expect(plain(formatMoment(86_400_000, 86_400_000))).toBe('24 h 00 min 00 s');
    expect(plain(formatMoment(3_903_000, 86_400_000))).toBe('1 h 05 min 03 s');
  });
});

describe('formatSpan', () => {
  it('says what of the start the results leave out', () => {
    expect(plain(formatSpan({ measuredMs: 40_000, warmUpMs: 0 }))).toBe('the whole run of 40 s');
    expect(plain(formatSpan({ measuredMs: 80_000, warmUpMs: 20_000 }))).toBe(
      'a run of 80 s without its first 20 s',
    );
  });
});
