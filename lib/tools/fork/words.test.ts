import { describe, expect, it } from 'vitest';
import { FIXTURE } from '@/lib/figure/fixture';
import type { View } from '@/lib/simulation/views';
import { divergenceInWords, factInWords, namesOf } from './words';

const views: Readonly<Record<string, View>> = {
  scene: {
    kind: 'flow',
    title: 'Scene',
    nodes: [
      {
        id: 'server',
        label: 'Server',
        role: 'server',
        column: 1,
        row: 0,
        badges: [{ field: 'done', label: 'served' }],
      },
      { id: 'door', label: 'Door', role: 'source', column: 0, row: 0 },
    ],
    edges: [{ from: 'door', to: 'server' }],
  },
  table: {
    kind: 'states',
    title: 'Table',
    nodes: [{ id: 'server', label: 'Another name' }],
    fields: [{ id: 'health', label: 'Health' }],
  },
  log: { kind: 'events', title: 'Log', names: { exit: 'Exit' } },
  chart: {
    kind: 'chart',
    title: 'Chart',
    y: { label: 'Waiting', unit: 'customers' },
    marks: [{ type: 'step', series: 'waiting', label: 'in the line' }],
  },
};
const names = namesOf({ views });

describe('names', () => {
  it('are those of any view, the first that gives one', () => {
    expect(['server', 'door', 'exit', 'elsewhere'].map(names.node)).toEqual([
      'Server',
      'Door',
      'Exit',
      'elsewhere',
    ]);
    expect(['done', 'health', 'mood'].map(names.field)).toEqual(['served', 'Health', 'mood']);
    expect(names.series('waiting')).toBe('in the line');
    expect(namesOf(FIXTURE).series('admitted')).toBe('admitted');
  });
});

describe('a divergence in words', () => {
  it('says what only the fork has', () => {
    expect(
      divergenceInWords(
        { atMs: 1250, first: null, second: { kind: 'note', text: 'It crashes.', tone: 'bad' } },
        names,
        20_000,
      ),
    ).toBe('First difference at 1.25\u202fs: in the fork “It crashes”, and not in the original.');
  });

  it('says what either has in its place', () => {
    expect(
      divergenceInWords(
        {
          atMs: 10,
          first: { kind: 'state', node: 'server', field: 'done', value: 3 },
          second: { kind: 'state', node: 'server', field: 'done', value: 'nothing' },
        },
        names,
        900,
      ),
    ).toBe(
      'First difference at 10.0\u202fms: in the fork Server, served: nothing; in the original Server, served: 3.',
    );
  });

  it('says that there is none', () => {
    expect(divergenceInWords(null, names, 1000)).toBe(
      'Nothing that is recorded differs from the original.',
    );
  });

  it('has a sentence for every kind of fact', () => {
    const message = { from: 'door', to: 'server', label: 'customer 7', outcome: 'failed' } as const;
    expect(factInWords({ kind: 'message', ...message }, names)).toBe(
      '“customer 7, failed” from Door to Server is sent',
    );
    expect(factInWords({ kind: 'loss', ...message, label: '' }, names)).toBe(
      '“failed” from Door to Server is lost on its way',
    );
    const span = { lane: 'server', label: 'service' } as const;
    expect(factInWords({ kind: 'begin', ...span, outcome: '' }, names)).toBe(
      '“service” begins at Server',
    );
    expect(factInWords({ kind: 'end', ...span, outcome: 'accepted' }, names)).toBe(
      '“service” ends at Server: accepted',
    );
    expect(factInWords({ kind: 'sample', series: 'waiting', value: 4 }, names)).toBe(
      'in the line: 4',
    );
  });
});
