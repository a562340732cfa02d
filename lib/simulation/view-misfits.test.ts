import { describe, expect, it } from 'vitest';
import { Recorder } from '../kernel/recorder';
import { indexRecording } from './recording-index';
import { viewMisfits } from './view-misfits';
import type { ClusterView, MachineView, RingView, TimelineView, View } from './views';

function misfits(view: View, write: (to: Recorder) => void): string[] {
  const recorder = new Recorder({ shownMs: 100 });
  write(recorder);
  return viewMisfits(view, { index: indexRecording(recorder.finish()), parameters: {} });
}

describe('a machine', () => {
  const machine: MachineView = {
    kind: 'machine',
    title: 'Breaker',
    nodes: [{ id: 'service', label: 'Service' }],
    field: 'state',
    states: [
      { id: 'closed', label: 'closed' },
      { id: 'open', label: 'open' },
    ],
    transitions: [{ from: 'closed', to: 'open', label: 'too many failures' }],
  };

  it('fits states and transitions that it declares', () => {
    expect(
      misfits(machine, (to) => {
        to.state(0, 'service', 'state', 'closed');
        to.state(1, 'service', 'state', 'closed');
        to.state(2, 'service', 'state', 'open');
      }),
    ).toEqual([]);
  });

  it('misses a state and a transition that are recorded and not declared', () => {
    const found = misfits(machine, (to) => {
      to.state(0, 'service', 'state', 'open');
      to.state(1, 'service', 'state', 'closed');
      to.state(2, 'service', 'state', 'half');
    });
    expect(found).toEqual([
      'Expected "state" of "service" to be one of closed, open, got "half". Declare the state.',
      'Expected "service" to take declared transitions (closed → open), got open → closed. Declare it with its cause.',
      'Expected "service" to take declared transitions (closed → open), got closed → half. Declare it with its cause.',
    ]);
  });

  it('has no transition to where it is, or to nowhere', () => {
    const view = {
      ...machine,
      transitions: [
        { from: 'open', to: 'open', label: 'again' },
        { from: 'open', to: 'gone', label: 'away' },
      ],
    };
    expect(misfits(view, () => undefined)).toHaveLength(2);
  });
});

describe('a ring', () => {
  const ring: RingView = {
    kind: 'ring',
    title: 'Owners',
    nodes: [{ id: 'a', label: 'A' }],
    positions: 'positions',
    keys: { position: 'position', owner: 'owner', label: 'keys' },
  };

  it('fits places in [0, 1) and owners that it declares', () => {
    expect(
      misfits(ring, (to) => {
        to.state(0, 'a', 'positions', '0 0.5 0.999');
        to.state(0, 'key-1', 'position', 0.25);
        to.state(0, 'key-1', 'owner', 'a');
        to.state(5, 'a', 'positions', '');
        to.state(5, 'key-1', 'owner', '');
      }),
    ).toEqual([]);
  });

  it('misses places outside, keys without a place and owners that are not declared', () => {
    const found = misfits(ring, (to) => {
      to.state(0, 'a', 'positions', '0.5 4294967296');
      to.state(0, 'key-1', 'position', 1);
      to.state(0, 'key-1', 'owner', 'b');
      to.state(0, 'key-2', 'owner', 'a');
    });
    expect(found).toEqual([
      'Expected "positions" of "a" to be numbers in [0, 1) with spaces between them, got "4294967296". Divide by the size of the ring.',
      'Expected "position" of "key-1" to be a number in [0, 1), got "1". Record it with the first owner.',
      'Expected "owner" of "key-1" to be one of a, got "b". Declare the node.',
      'Expected "position" of "key-2" to be a number in [0, 1), got none. Record it with the first owner.',
    ]);
  });
});

describe('a cluster', () => {
  const cluster: ClusterView = {
    kind: 'cluster',
    title: 'Rumour',
    nodes: [
      { id: 'a', label: 'A' },
      { id: 'b', label: 'B' },
    ],
    state: { field: 'knows', values: { informed: { label: 'informed', mark: 'accepted' } } },
  };

  it('misses states that have no mark, links to nowhere, and places of some nodes alone', () => {
    const view: ClusterView = {
      ...cluster,
      nodes: [{ id: 'a', label: 'A', column: 0, row: 0 }, ...cluster.nodes.slice(1)],
      links: [{ from: 'a', to: 'c' }],
    };
    expect(misfits(view, (to) => to.state(0, 'b', 'knows', 'asleep'))).toEqual([
      'Expected a column and a row of all nodes or of none, got them of 1 of 2. Give the others places, or leave all to the circle.',
      'Expected links between declared nodes, got one of "c". Declare the node.',
      'Expected "knows" of "b" to be one of informed, got "asleep". Name it in values, with a mark.',
    ]);
    expect(misfits(cluster, (to) => to.state(0, 'b', 'knows', 'informed'))).toEqual([]);
  });
});

describe('a timeline', () => {
  const lanes: TimelineView = {
    kind: 'timeline',
    title: 'Locks',
    rows: 'lanes',
    lanes: [{ id: 'a', label: 'A' }],
  };
  const elsewhere = (to: Recorder): void => {
    to.begin(0, { lane: 'a', kind: 'locked' });
    to.begin(1, { lane: 'b', kind: 'down' });
  };

  it('misses lanes whose spans would never be seen', () => {
    expect(misfits(lanes, elsewhere)).toEqual([
      'Expected spans on the lanes a alone, got some on "b", which are not drawn. Declare the lane, or name the kinds that are meant.',
    ]);
    expect(misfits({ ...lanes, kinds: ['locked'] }, elsewhere)).toEqual([]);
    expect(misfits({ ...lanes, rows: 'trace' }, elsewhere)).toEqual([]);
  });
});
