import { expect, test } from 'vitest';
import type { TableResult } from '@/lib/simulation/measures';
import { delimitedFields } from './fields';
import { tablesAsCsv } from './table-csv';

const table: TableResult = {
  ...{ id: 'clients', label: 'By client', describe: 'For the test.', key: 'Client' },
  rows: ['anna, of "here"', '=HYPERLINK("x")', '-7'],
  columns: [
    {
      id: 'n',
      label: 'Requests',
      kind: 'count',
      unit: 'requests',
      values: Float64Array.of(3, 2, 1),
    },
    { id: 's', label: 'Share', kind: 'share', unit: '%', values: Float64Array.of(100 / 3, 0, 0) },
    {
      id: 'f',
      label: 'First',
      kind: 'moment',
      unit: 'ms',
      values: Float64Array.of(1500, Number.NaN, 2),
    },
  ],
  total: [6, 100 / 6, 2],
  omitted: 0,
};

test('a table as RFC 4180 has it: every digit, moments in the log’s own time', () => {
  const csv = tablesAsCsv([{ variant: 'GCRA', table }], Date.UTC(2026, 10, 21));
  const lines = csv.split('\r\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => delimitedFields(line, ','))).toEqual([
    ['Variant', 'Client', 'Requests', 'Share (%)', 'First'],
    ['GCRA', 'anna, of "here"', '3', String(100 / 3), '2026-11-21T00:00:01.500Z'],
    ['GCRA', `'=HYPERLINK("x")`, '2', '0', ''],
    ['GCRA', '-7', '1', '0', '2026-11-21T00:00:00.002Z'],
  ]);
});

test('without times in the log, moments are those of the run', () => {
  expect(tablesAsCsv([{ variant: 'GCRA', table }], null)).toContain(',1500\r\n');
});
