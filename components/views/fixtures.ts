/**
 * Recordings made by hand for the tests of the views: a limiter, a queue and a protocol with losses.
 * They are small models of nothing in particular; what matters is that every kind of record occurs.
 */
import type { Outcome } from '@/lib/kernel/outcomes';
import { Recorder } from '@/lib/kernel/recorder';
import { NOT_RECORDED, type Recording } from '@/lib/kernel/recording';
import type {
  ChartView,
  EventsView,
  FlowView,
  GridView,
  HeatView,
  QueueView,
  SequenceView,
  StatesView,
} from '@/lib/simulation/views';

/** Numbers in [0, 1) that look random; a linear congruential generator (Knuth, MMIX). */
export function numbers(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return Number(state >> 32n) / 2 ** 32;
  };
}

/** Facts put down in any order and recorded in the order of time. */
class Diary {
  private readonly facts: { readonly at: number; readonly write: (to: Recorder) => void }[] = [];

  at(at: number, write: (to: Recorder) => void): void {
    this.facts.push({ at, write });
  }

  record(shownMs: number, recordsMax = Number.POSITIVE_INFINITY): Recording {
    const recorder = new Recorder({ shownMs, recordsMax });
    for (const { write } of this.facts.sort((a, b) => a.at - b.at)) write(recorder);
    return recorder.finish();
  }
}

interface LimiterOptions {
  readonly seed?: number;
  readonly shownMs?: number;
  readonly ratePerSecond?: number;
  readonly capacity?: number;
  readonly refillPerSecond?: number;
}

/** Clients, a bucket that refuses what it has no token for, and a service behind it. */
export function limiterRecording({
  seed = 1,
  shownMs = 12_000,
  ratePerSecond = 8,
  capacity = 10,
  refillPerSecond = 5,
}: LimiterOptions = {}): Recording {
  const next = numbers(seed);
  const diary = new Diary();
  const latencyMs = 220;
  let tokens = capacity;
  let lastMs = 0;
  let refused = 0;
  const admitted: number[] = [];
  diary.at(0, (to) => to.state(0, 'limiter', 'tokens', capacity));
  for (let at = 0; at < shownMs; ) {
    // Two busy stretches and two calm ones.
    const busy = Math.floor(at / (shownMs / 4)) % 2 === 1;
    at += (-Math.log(1 - next()) * 1000) / (busy ? ratePerSecond * 2 : ratePerSecond / 2);
    const arrived = at + latencyMs;
    tokens = Math.min(capacity, tokens + ((arrived - lastMs) / 1000) * refillPerSecond);
    lastMs = arrived;
    const allowed = tokens >= 1;
    if (allowed) {
      tokens -= 1;
      admitted.push(arrived);
    }
    const held = tokens;
    const sentMs = at;
    const inWindow = admitted.filter((each) => each > arrived - 1000).length;
    diary.at(sentMs, (to) =>
      to.message(sentMs, { from: 'clients', to: 'limiter', kind: 'sent', arrivesAt: arrived }),
    );
    diary.at(arrived, (to) => {
      to.state(arrived, 'limiter', 'tokens', Math.round(held * 10) / 10);
      to.sample(arrived, 'admitted', inWindow);
      to.sample(arrived, 'tokens', held);
      to.message(arrived, {
        from: 'limiter',
        to: allowed ? 'service' : 'clients',
        kind: allowed ? 'accepted' : 'rejected',
        arrivesAt: arrived + latencyMs,
      });
    });
    if (!allowed && refused++ === 0)
      diary.at(arrived, (to) =>
        to.note(arrived, 'The bucket is empty: the first request is refused.', 'warning'),
      );
  }
  return diary.record(shownMs);
}

/** One queue before three servers, of which one is down for a while. */
export function queueRecording(shownMs = 20_000): Recording {
  const next = numbers(7);
  const diary = new Diary();
  const freeAt = [0, 0, 0];
  const changes: { at: number; waiting: number; busy: number }[] = [];
  for (let at = 0; at < shownMs; ) {
    at += -Math.log(1 - next()) * 260;
    const arrivedAt = at + 300;
    const server = freeAt.indexOf(Math.min(...freeAt));
    const startAt = Math.max(arrivedAt, freeAt[server] ?? 0);
    const endAt = startAt - Math.log(1 - next()) * 700;
    freeAt[server] = endAt;
    const sentAt = at;
    diary.at(sentAt, (to) =>
      to.message(sentAt, { from: 'source', to: 'queue', kind: 'sent', arrivesAt: arrivedAt }),
    );
    diary.at(startAt, (to) => {
      to.message(startAt, {
        from: 'queue',
        to: 'server',
        kind: 'queued',
        arrivesAt: startAt + 200,
      });
    });
    diary.at(endAt, (to) => {
      to.message(endAt, { from: 'server', to: 'done', kind: 'accepted', arrivesAt: endAt + 300 });
    });
    changes.push({ at: arrivedAt, waiting: 1, busy: 0 });
    changes.push({ at: startAt, waiting: -1, busy: 1 });
    changes.push({ at: endAt, waiting: 0, busy: -1 });
  }
  let waiting = 0;
  let busy = 0;
  for (const change of changes.sort((a, b) => a.at - b.at)) {
    waiting += change.waiting;
    busy += change.busy;
    const now = { waiting, busy };
    diary.at(change.at, (to) => {
      to.state(change.at, 'queue', 'waiting', now.waiting);
      to.state(change.at, 'server', 'busy', now.busy);
      to.sample(change.at, 'waiting', now.waiting);
      to.sample(change.at, 'busy', now.busy);
    });
  }
  diary.at(0, (to) => to.state(0, 'server', 'health', 'on'));
  diary.at(9000, (to) => {
    to.state(9000, 'server', 'health', 'off');
    to.note(9000, 'A server crashed; its customers go back to the queue.', 'bad');
  });
  diary.at(12_000, (to) => {
    to.state(12_000, 'server', 'health', 'on');
    to.note(12_000, 'The server is back.', 'good');
  });
  return diary.record(shownMs);
}

/** A client that asks a leader, which asks two followers; every sixth message is lost. */
export function protocolRecording(shownMs = 6000): Recording {
  const next = numbers(3);
  const diary = new Diary();
  let number = 0;
  const send = (at: number, from: string, to: string, kind: Outcome, label: string): number => {
    const arrivesAt = at + 60 + next() * 120;
    const isLost = ++number % 6 === 0;
    const message = { id: NOT_RECORDED };
    diary.at(at, (recorder) => {
      message.id = recorder.message(at, { from, to, kind, label, arrivesAt });
    });
    const lostAt = at + (arrivesAt - at) * 0.6;
    if (isLost) diary.at(lostAt, (recorder) => recorder.lose(lostAt, message.id));
    return arrivesAt;
  };
  for (let term = 1, at = 40; at < shownMs - 800; term++, at += 820) {
    const asked = send(at, 'client', 'leader', 'sent', `set x = ${term}`);
    const span = { id: NOT_RECORDED };
    diary.at(asked, (to) => {
      to.state(asked, 'leader', 'log', term);
      span.id = to.begin(asked, { lane: 'leader', kind: 'replicate' });
    });
    const first = send(asked + 10, 'leader', 'a', 'sent', 'append entries');
    const second = send(asked + 14, 'leader', 'b', 'sent', 'append entries');
    const acks = [
      send(first + 15, 'a', 'leader', 'accepted', 'ok'),
      send(second + 15, 'b', 'leader', 'accepted', 'ok'),
    ];
    const done = Math.max(...acks) + 20;
    send(done, 'leader', 'client', 'accepted', 'committed');
    diary.at(done, (to) => to.end(done, span.id, 'accepted'));
    const firstAck = acks[0] ?? done;
    diary.at(firstAck, (to) => to.note(firstAck, `Entry ${term} is on a majority.`, 'good'));
  }
  return diary.record(shownMs);
}

export const limiterScene: FlowView = {
  kind: 'flow',
  title: 'Requests on their way',
  nodes: [
    { id: 'clients', label: 'Clients', role: 'source', column: 0, row: 0 },
    {
      id: 'limiter',
      label: 'Limiter',
      role: 'gate',
      column: 1,
      row: 0,
      level: { field: 'tokens', capacity: { parameter: 'capacity' }, label: 'tokens' },
    },
    { id: 'service', label: 'Service', role: 'sink', column: 2, row: 0 },
  ],
  edges: [
    { from: 'clients', to: 'limiter' },
    { from: 'limiter', to: 'service', label: 'admitted' },
    { from: 'limiter', to: 'clients', label: 'refused' },
  ],
};

export const queueScene: FlowView = {
  kind: 'flow',
  title: 'Customers at the counter',
  nodes: [
    { id: 'source', label: 'Arrivals', role: 'source', column: 0, row: 0 },
    {
      id: 'queue',
      label: 'Queue',
      role: 'queue',
      column: 1,
      row: 0,
      level: { field: 'waiting', capacity: 8, label: 'waiting' },
    },
    {
      id: 'server',
      label: 'Servers at the counter',
      role: 'server',
      column: 2,
      row: 0,
      level: { field: 'busy', capacity: 3, label: 'busy' },
      health: 'health',
    },
    { id: 'done', label: 'Served', role: 'sink', column: 3, row: 0 },
  ],
  edges: [
    { from: 'source', to: 'queue' },
    { from: 'queue', to: 'server' },
    { from: 'server', to: 'done' },
  ],
};

export const limiterChart: ChartView = {
  kind: 'chart',
  title: 'Admitted in the last second',
  y: { label: 'Admitted in the last second', unit: 'requests', min: 0 },
  marks: [
    { type: 'area', series: 'admitted', label: 'Admitted' },
    {
      type: 'outcomes',
      from: 'limiter',
      kinds: ['accepted', 'rejected'],
      label: 'Requests',
    },
  ],
  thresholds: [{ at: { parameter: 'capacity' }, label: 'limit' }],
  rules: { everyMs: 1000, label: 'window' },
};

export const queueChart: ChartView = {
  kind: 'chart',
  title: 'Waiting and served',
  y: { label: 'Customers', unit: 'customers', min: 0 },
  marks: [
    { type: 'area', series: 'waiting', label: 'Waiting' },
    { type: 'step', series: 'busy', label: 'In service' },
  ],
  thresholds: [{ at: 3, label: 'servers' }],
};

export const protocolSequence: SequenceView = {
  kind: 'sequence',
  title: 'An entry is replicated',
  participants: [
    { id: 'client', label: 'Client' },
    { id: 'leader', label: 'Leader' },
    { id: 'a', label: 'Follower A' },
    { id: 'b', label: 'Follower B' },
  ],
  states: [{ node: 'leader', field: 'log', label: 'log' }],
};

export const limiterStates: StatesView = {
  kind: 'states',
  title: 'What is kept',
  nodes: [{ id: 'limiter', label: 'Limiter' }],
  fields: [
    { id: 'tokens', label: 'Tokens', unit: 'tokens' },
    { id: 'refilled', label: 'Last refill', unit: 'ms' },
  ],
};

export const protocolEvents: EventsView = {
  kind: 'events',
  title: 'What happened',
  messages: ['accepted', 'lost'],
  names: { client: 'Client', leader: 'Leader', a: 'Follower A', b: 'Follower B' },
};

/** A cache of eight slots with the CLOCK policy: a hand takes the visited bits away and then a key. */
export function clockRecording(slots = 8, shownMs = 4000): Recording {
  const next = numbers(11);
  const recorder = new Recorder({ shownMs });
  const keys: (string | undefined)[] = Array.from({ length: slots });
  const isVisited = keys.map(() => false);
  let hand = 0;
  recorder.state(0, 'cache', 'hand', 'slot-0');
  for (let at = 20; at < shownMs; at += 20 + Math.floor(next() * 120)) {
    const key = `k${1 + Math.floor(next() * next() * slots * 3)}`;
    const hit = keys.indexOf(key);
    if (hit >= 0) {
      isVisited[hit] = true;
      recorder.state(at, `slot-${hit}`, 'visited', 1);
      continue;
    }
    while (isVisited[hand]) {
      isVisited[hand] = false;
      recorder.state(at, `slot-${hand}`, 'visited', 0);
      hand = (hand + 1) % slots;
    }
    keys[hand] = key;
    recorder.state(at, `slot-${hand}`, 'key', key);
    recorder.state(at, `slot-${hand}`, 'visited', 0);
    hand = (hand + 1) % slots;
    recorder.state(at, 'cache', 'hand', `slot-${hand}`);
  }
  return recorder.finish();
}

export const clockGrid: GridView = {
  kind: 'grid',
  title: 'What the cache holds',
  groups: [
    {
      label: '',
      node: 'slot',
      cell: 'slot',
      count: 8,
      fields: [
        { id: 'key', label: 'key', as: 'content' },
        { id: 'visited', label: 'visited', as: 'bit' },
      ],
    },
  ],
  hands: [{ node: 'cache', field: 'hand', label: 'hand' }],
  words: { written: 'admitted', touched: 'hit' },
};

/** A page of a heap: a row is changed twice within the page, and its first version then pruned. */
export function heapRecording(): Recording {
  const recorder = new Recorder({ shownMs: 1000 });
  const tuple = (at: number, number: number, row: string, xmin: number): void => {
    recorder.state(at, `tuple-${number}`, 'row', row);
    recorder.state(at, `tuple-${number}`, 'xmin', xmin);
    recorder.state(at, `tuple-${number}`, 'xmax', 0);
    recorder.state(at, `tuple-${number}`, 'status', 'live');
  };
  const supersede = (at: number, number: number, by: number, xmax: number): void => {
    recorder.state(at, `tuple-${number}`, 'xmax', xmax);
    recorder.state(at, `tuple-${number}`, 'status', 'dead');
    recorder.state(at, `tuple-${number}`, 'ctid', `tuple-${by}`);
  };
  for (const number of [1, 2]) {
    recorder.state(0, `line-${number}`, 'to', `tuple-${number}`);
    tuple(0, number, number === 1 ? 'ada' : 'bob', 100);
  }
  tuple(200, 3, 'ada 2', 101);
  supersede(200, 1, 3, 101);
  tuple(400, 4, 'ada 3', 102);
  supersede(400, 3, 4, 102);
  recorder.state(800, 'tuple-1', 'row', '');
  recorder.state(800, 'line-1', 'to', 'tuple-4');
  return recorder.finish();
}

export const heapGrid: GridView = {
  kind: 'grid',
  title: 'A page of the heap',
  words: { emptied: 'pruned', moved: 'superseded', touched: 'redirected' },
  groups: [
    {
      label: 'Line pointers',
      node: 'line',
      first: 1,
      cell: 'line pointer',
      count: 4,
      columns: 4,
      fields: [{ id: 'to', label: 'points to', as: 'pointer' }],
    },
    {
      label: 'Tuples',
      node: 'tuple',
      first: 1,
      cell: 'tuple',
      count: 4,
      columns: 4,
      fields: [
        { id: 'row', label: 'row', as: 'content' },
        { id: 'xmin', label: 'xmin', as: 'line' },
        { id: 'xmax', label: 'xmax', as: 'line' },
        { id: 'ctid', label: 'next version', as: 'pointer' },
        { id: 'status', label: 'status', as: 'class', values: { live: 'live', dead: 'dead' } },
      ],
    },
  ],
};

/**
 * A queue whose items have a class and may wait for two seconds: paid ones come first, and who has
 * waited for too long is dropped when its turn comes.
 */
export function deadlineRecording(shownMs = 12_000): Recording {
  const next = numbers(5);
  const recorder = new Recorder({ shownMs });
  const waiting: { name: string; isPaid: boolean; deadline: number; span: number }[] = [];
  const showNext = (at: number): void =>
    recorder.state(
      at,
      'line',
      'next',
      (waiting.find(({ isPaid }) => isPaid) ?? waiting[0])?.name ?? '',
    );
  let made = 0;
  let nextArrival = 50;
  let nextService = 300;
  while (Math.min(nextArrival, nextService) < shownMs) {
    if (nextArrival <= nextService) {
      const at = nextArrival;
      const name = `#${++made}`;
      const isPaid = next() < 0.35;
      const span = recorder.begin(at, { lane: 'line', kind: 'wait', label: name });
      recorder.state(at, name, 'class', isPaid ? 'paid' : 'free');
      recorder.state(at, name, 'deadline', at + 2000);
      if (waiting.length === 14) recorder.end(at, span, 'rejected');
      else waiting.push({ name, isPaid, deadline: at + 2000, span });
      showNext(at);
      nextArrival += 20 + Math.floor(next() * 400);
      continue;
    }
    const at = nextService;
    const item = waiting.find(({ isPaid }) => isPaid) ?? waiting[0];
    if (item) {
      waiting.splice(waiting.indexOf(item), 1);
      const isLate = item.deadline < at;
      if (isLate) recorder.state(at, item.name, 'reason', 'nobody waits for the answer');
      recorder.end(at, item.span, isLate ? 'expired' : 'accepted');
      showNext(at);
    }
    nextService += 180 + Math.floor(next() * 200);
  }
  return recorder.finish();
}

export const deadlineQueue: QueueView = {
  kind: 'queue',
  title: 'The line up close',
  lane: 'line',
  item: 'request',
  next: { node: 'line', field: 'next' },
  deadline: 'deadline',
  class: { field: 'class', values: { paid: 'Paid', free: 'Free' } },
  reason: 'reason',
};

/** Requests of four latencies, slow ones more often in the middle; and who has called whom how often. */
export function latencyRecording(shownMs = 10_000): Recording {
  const next = numbers(17);
  const recorder = new Recorder({ shownMs });
  const calls = new Map<string, number>();
  for (let at = 10; at < shownMs; at += 10 + Math.floor(next() * 40)) {
    const load = at > shownMs * 0.35 && at < shownMs * 0.7 ? 0.4 : 1;
    recorder.sample(at, LATENCIES[Math.floor(next() * load * 4)] ?? '', 1);
    const from = SERVICES[Math.floor(next() * next() * SERVICES.length)] ?? '';
    const to = SERVICES[Math.floor(next() * SERVICES.length)] ?? '';
    const count = (calls.get(`${from} ${to}`) ?? 0) + 1;
    calls.set(`${from} ${to}`, count);
    recorder.state(at, from, to, count);
  }
  return recorder.finish();
}

const LATENCIES = ['over 1 s', 'to 1 s', 'to 100 ms', 'to 10 ms'] as const;
const SERVICES = ['cart', 'users', 'stock', 'mail', 'prices'] as const;

export const latencyHeat: HeatView = {
  kind: 'heat',
  title: 'Latency of requests over time',
  rows: LATENCIES.map((id) => ({ id, label: id })),
  columns: { of: 'time', everyMs: 250, take: 'sum' },
  value: { label: 'Requests', unit: 'requests' },
};

export const callsHeat: HeatView = {
  kind: 'heat',
  title: 'Calls from row to column',
  rows: SERVICES.map((id) => ({ id, label: id })),
  columns: { of: 'states', fields: SERVICES.map((id) => ({ id, label: id })) },
  value: { label: 'Calls', unit: 'calls' },
};
