/**
 * What the declared checks SG1 to SG10 sample, here over a thousand histories and more, and what the
 * shop around the models promises: crashes lose memory and keep tables, losses lose one message.
 */
import { describe, expect, test } from 'vitest';
import { createStreams } from '../../../kernel/random';
import type { Recording } from '../../../kernel/recording';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { reader, runRace } from '../../../simulation/run';
import { hostile, shopOf } from './checks';
import { orchestrated } from './models/orchestrated';
import type { MessageName, Order, ServiceName } from './models/protocol';
import { twoPhaseCommit } from './models/two-phase-commit';
import { SERVICES } from './shop';
import { simulation } from './simulation';
import { SAFE, SAGAS, type VariantId } from './variants';

const entry = {
  id: 'saga',
  category: 'distributed-systems',
  definition: simulation as unknown as AnyDefinition,
};

function raceOf(options: {
  readonly variants: readonly VariantId[];
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly interventions?: readonly InterventionEvent[];
  readonly seed?: number;
}) {
  const { variants, parameters = {}, interventions = [], seed = 1 } = options;
  return reader(runRace(entry, { seed, variants, parameters, interventions }));
}

const act = (id: string, at: number, target?: string): InterventionEvent =>
  target === undefined ? { at, kind: 'act', id } : { at, kind: 'act', id, target };

/** The messages of a run of one order, in order of sending. */
function messagesOf({ messages, strings }: Recording) {
  return Array.from({ length: messages.length }, (_, i) => ({
    name: strings[messages.label[i] ?? 0] ?? '',
    to: strings[messages.to[i] ?? 0] ?? '',
    sentAt: messages.sentAt[i] ?? Number.NaN,
    arrivesAt: messages.arrivesAt[i] ?? Number.NaN,
    isLost: (messages.lostAt[i] ?? Number.NaN) < (messages.arrivesAt[i] ?? 0),
  }));
}

/** A history of random faults; the seed is its only input. */
function history(seed: number, variants: readonly VariantId[]) {
  return raceOf({ ...hostile(createStreams(seed).stream('history')), variants, seed });
}

describe('under faults of every kind, drawn at random', () => {
  const SEEDS = 1200;
  const PARTS = 6;

  // In parts, so that none takes long and a failure names its seeds.
  for (let part = 0; part < PARTS; part++) {
    const first = 1 + (part * SEEDS) / PARTS;
    const last = ((part + 1) * SEEDS) / PARTS;
    test(`[SG1] [SG2] every order ends whole or undone and no euro is lost, seeds ${first} to ${last}`, () => {
      for (let seed = first; seed <= last; seed++) {
        const race = history(seed, SAFE);
        for (const variant of SAFE) {
          const what = `${variant}, seed ${seed}`;
          expect(race.value(variant, 'halfDone'), what).toBe(0);
          expect(race.value(variant, 'misplaced'), what).toBe(0);
          expect(race.value(variant, 'drift'), what).toBe(0);
        }
      }
    }, 60_000);
  }

  test('these faults bite: calls in a row leave orders half done in a third of the histories', () => {
    let bitten = 0;
    let completed = 0;
    let undone = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const race = history(seed, ['call-chain']);
      if (race.value('call-chain', 'halfDone') > 0) bitten++;
      completed += race.value('call-chain', 'completed');
      undone += race.value('call-chain', 'undone');
      // Each transfer is one local transaction, so that money is in the wrong place, but not lost.
      expect(race.value('call-chain', 'drift')).toBe(0);
    }
    expect(bitten).toBeGreaterThan(200 / 3);
    expect(completed).toBeGreaterThan(0);
    expect(undone).toBeGreaterThan(0);
  });
});

describe('a crash', () => {
  test.each(Object.keys(SERVICES))('of %s does no harm at any moment', (service) => {
    for (let at = 25; at <= 2500; at += 75) {
      const race = raceOf({ variants: SAFE, interventions: [act('crash', at, service)] });
      for (const variant of SAFE)
        expect(race.value(variant, 'halfDone'), `${variant}, crash at ${at} ms`).toBe(0);
      for (const variant of SAGAS)
        expect(race.value(variant, 'completed'), `${variant}, crash at ${at} ms`).toBe(100);
    }
  });

  const calm = messagesOf(raceOf({ variants: ['orchestrated'] }).run('orchestrated').recording);
  const reserve = calm.find(({ name }) => name === 'reserve');

  test('loses what is on its way to the process', () => {
    const at = ((reserve?.sentAt ?? 0) + (reserve?.arrivesAt ?? 0)) / 2;
    const race = raceOf({
      variants: ['orchestrated'],
      interventions: [act('crash', at, 'inventory')],
    });
    const sent = messagesOf(race.run('orchestrated').recording);
    const [first, ...others] = sent.filter(({ name }) => name === 'reserve');
    expect(first?.isLost).toBe(true);
    expect(others.at(-1)?.isLost).toBe(false);
  });

  test('loses what the process was working on', () => {
    const at = (reserve?.arrivesAt ?? 0) + 1;
    const race = raceOf({
      variants: ['orchestrated'],
      parameters: { workMs: 20 },
      interventions: [act('crash', at, 'inventory')],
    });
    const sent = messagesOf(race.run('orchestrated').recording);
    expect(sent.find(({ name }) => name === 'reserve')?.isLost).toBe(false);
    const reserved = sent.filter(({ name }) => name === 'reserved');
    expect(reserved).toHaveLength(1);
    // Down for 2000 ms by default.
    expect(reserved[0]?.sentAt).toBeGreaterThan(at + 2000);
  });

  test('of a process that is down, and a restart of one that is up, are noted and change nothing', () => {
    const once = raceOf({ variants: SAFE, interventions: [act('crash', 700, 'orders')] });
    const twice = raceOf({
      variants: SAFE,
      interventions: [
        act('restart', 300, 'orders'),
        act('crash', 700, 'orders'),
        act('crash', 900, 'orders'),
      ],
    });
    const notesOf = ({ notes, strings }: Recording) =>
      [...notes.text].map((text) => strings[text] ?? '');
    const isIdle = (note: string): boolean => note.endsWith(' already.');
    for (const variant of SAFE) {
      const [first, second] = [once.run(variant), twice.run(variant)];
      const notes = notesOf(second.recording);
      expect(notes.filter(isIdle)).toHaveLength(2);
      expect(notes.filter((note) => !isIdle(note))).toEqual(notesOf(first.recording));
      expect(messagesOf(second.recording)).toEqual(messagesOf(first.recording));
      expect(second.results).toEqual(first.results);
    }
  });

  test('is over as soon as the process is restarted by hand', () => {
    const crash = act('crash', 700, 'orders');
    const waits = raceOf({ variants: ['orchestrated'], interventions: [crash] });
    const helped = raceOf({
      variants: ['orchestrated'],
      interventions: [crash, act('restart', 900, 'orders')],
    });
    const gainedMs =
      waits.value('orchestrated', 'longestFinish') - helped.value('orchestrated', 'longestFinish');
    // Down for 2000 ms by default, for 200 ms with help.
    expect(gainedMs).toBeGreaterThan(1500);
    // The time at which it would have come back by itself passes without a word.
    const { notes, strings } = helped.run('orchestrated').recording;
    expect([...notes.text].map((text) => strings[text])).toEqual([
      'The order service crashes.',
      'The order service is back.',
      'The order is complete.',
    ]);
  });
});

describe('what is seen of a run', () => {
  test('a refusal that is said again, since it was lost, is the same dirty read', () => {
    const parameters = {
      orders: 2,
      everyMs: 300,
      items: 1,
      stock: 1,
      refusedAt: 'book',
      retryMs: 3000,
    };
    const variants = ['orchestrated'] as const;
    const heard = raceOf({ variants, parameters });
    const sent = messagesOf(heard.run('orchestrated').recording);
    const at = sent.find(({ name }) => name === '#2 out of stock')?.sentAt ?? Number.NaN;
    const lost = raceOf({ variants, parameters, interventions: [act('drop-next', at - 1)] });
    const again = messagesOf(lost.run('orchestrated').recording);
    expect(again.filter(({ isLost }) => isLost).map(({ name }) => name)).toEqual([
      '#2 out of stock',
    ]);
    expect(heard.value('orchestrated', 'dirtyReads')).toBe(1);
    expect(lost.value('orchestrated', 'dirtyReads')).toBe(1);
  });

  test('a row that goes from one order to the next is drawn as locked by each in turn', () => {
    const parameters = { orders: 5, everyMs: 250, items: 2, crashAtMs: 950, downMs: 3000 };
    for (let seed = 1; seed <= 8; seed++) {
      const race = raceOf({
        variants: ['two-phase-commit'],
        parameters,
        seed,
      });
      const { spans, strings } = race.run('two-phase-commit').recording;
      const lockedMs = Array.from(spans.kind, (kind, i) =>
        strings[kind] === 'locked' ? (spans.end[i] ?? 0) - (spans.start[i] ?? 0) : 0,
      );
      expect(Math.max(...lockedMs)).toBeLessThanOrEqual(
        race.value('two-phase-commit', 'longestLock'),
      );
    }
  });

  test('work on a row that is locked already locks no other: one order, three rows', () => {
    const { samples, strings } = raceOf({ variants: ['two-phase-commit'] }).run(
      'two-phase-commit',
    ).recording;
    const locked = Array.from(samples.series, (series, i) =>
      strings[series] === 'locks' ? (samples.value[i] ?? 0) : 0,
    );
    expect(Math.max(...locked)).toBe(3);
  });
});

test('dropping the next message loses that one, and it is sent again one interval later', () => {
  const race = raceOf({
    variants: ['orchestrated'],
    interventions: [act('drop-next', 150)],
    parameters: { retryMs: 900 },
  });
  const sent = messagesOf(race.run('orchestrated').recording);
  expect(sent.filter(({ isLost }) => isLost).map(({ name }) => name)).toEqual(['reserve']);
  const [first, second] = sent.filter(({ name }) => name === 'reserve');
  expect((second?.sentAt ?? 0) - (first?.sentAt ?? 0)).toBeCloseTo(900, 9);
  expect(race.value('orchestrated', 'completed')).toBe(100);
});

describe('calls in a row', () => {
  test.each(['reserve', 'charge', 'book'])('undo a refused %s, while nothing else fails', (at) => {
    const race = raceOf({ variants: ['call-chain'], parameters: { refusedAt: at } });
    expect(race.value('call-chain', 'undone')).toBe(100);
    expect(race.value('call-chain', 'misplaced')).toBe(0);
  });

  test('take a lost answer for a failure and keep the money', () => {
    const calm = messagesOf(raceOf({ variants: ['call-chain'] }).run('call-chain').recording);
    const answeredAtMs = calm.find(({ name }) => name === 'charged')?.sentAt ?? Number.NaN;
    const race = raceOf({
      variants: ['call-chain'],
      interventions: [act('drop-next', answeredAtMs - 1)],
    });
    const sent = messagesOf(race.run('call-chain').recording);
    expect(sent.filter(({ isLost }) => isLost).map(({ name }) => name)).toEqual(['charged']);
    expect(race.value('call-chain', 'misplaced')).toBeGreaterThan(0);
    expect(race.value('call-chain', 'halfDone')).toBe(1);
  });
});

describe('the orchestrator', () => {
  const patient = { timeoutMs: 1000, downMs: 8000 };

  test('gives up a step that can be undone, and undoes that step, too', () => {
    const race = raceOf({
      variants: ['orchestrated'],
      parameters: patient,
      interventions: [act('cut-off', 400, 'payment')],
    });
    expect(race.value('orchestrated', 'undone')).toBe(100);
    const names = messagesOf(race.run('orchestrated').recording).map(({ name }) => name);
    expect(names).toContain('refund');
    expect(names.indexOf('refund')).toBeGreaterThan(names.indexOf('charge'));
  });

  test('never gives up the pivot: it waits, and goes on', () => {
    const race = raceOf({
      variants: ['orchestrated'],
      parameters: patient,
      interventions: [act('cut-off', 650, 'shipping')],
    });
    const names = messagesOf(race.run('orchestrated').recording).map(({ name }) => name);
    expect(names.filter((name) => name === 'book').length).toBeGreaterThan(2);
    expect(names).not.toContain('refund');
    expect(race.value('orchestrated', 'completed')).toBe(100);
  });

  const order: Order = { id: 1, customer: 'c', item: 'i', price: 30 };
  const say = (
    services: ReturnType<typeof shopOf>['services'],
    name: MessageName,
    from: ServiceName | 'customer',
  ) =>
    services.orders
      .receive({ from, to: 'orders', name, order }, 0)
      .map((message) => `${message.name} to ${message.to}`);

  test('turns back for a cancellation until the pivot has been asked for', () => {
    const { services, tables } = shopOf(orchestrated, { semanticLock: true });
    expect(say(services, 'place', 'customer')).toEqual(['reserve to inventory']);
    expect(say(services, 'reserved', 'inventory')).toEqual(['charge to payment']);
    // Nobody knows whether the charge has been made, so it is taken back as well.
    expect(say(services, 'cancel', 'customer')).toEqual(['refund to payment']);
    expect(say(services, 'charged', 'payment')).toEqual([]);
    expect(say(services, 'refunded', 'payment')).toEqual(['release to inventory']);
    expect(tables.orders.get(1)).toBe('pending');
    expect(say(services, 'released', 'inventory')).toEqual(['cancelled to customer']);
    expect(tables.orders.get(1)).toBe('cancelled');
  });

  test('refuses a cancellation once the pivot has been asked for', () => {
    const { services } = shopOf(orchestrated, { semanticLock: true });
    say(services, 'place', 'customer');
    say(services, 'reserved', 'inventory');
    expect(say(services, 'charged', 'payment')).toEqual(['book to shipping']);
    expect(say(services, 'cancel', 'customer')).toEqual(['too late to customer']);
    expect(say(services, 'booked', 'shipping')).toEqual(['settle to payment']);
  });

  test('answers a step that is repeated or late with nothing', () => {
    const { services } = shopOf(orchestrated);
    say(services, 'place', 'customer');
    expect(say(services, 'place', 'customer')).toEqual([]);
    expect(say(services, 'charged', 'payment')).toEqual([]);
    say(services, 'reserved', 'inventory');
    expect(say(services, 'reserved', 'inventory')).toEqual([]);
  });
});

describe('two-phase commit', () => {
  const first: Order = { id: 1, customer: 'c', item: 'i', price: 30 };
  const second: Order = { id: 2, customer: 'c', item: 'i', price: 20 };
  const prepare = (
    services: ReturnType<typeof shopOf>['services'],
    to: ServiceName,
    order: Order,
  ): string[] =>
    services[to]
      .receive({ from: 'orders', to, name: 'prepare', order }, 0)
      .map((message) => `${message.name} for #${message.order.id}`);

  test('two orders that wait for each other are parted by the timeout', () => {
    const { services, tables } = shopOf(twoPhaseCommit);
    services.orders.receive({ from: 'customer', to: 'orders', name: 'place', order: first }, 0);
    services.orders.receive({ from: 'customer', to: 'orders', name: 'place', order: second }, 0);
    expect(prepare(services, 'inventory', first)).toEqual(['yes for #1']);
    expect(prepare(services, 'payment', second)).toEqual(['yes for #2']);
    expect(prepare(services, 'inventory', second)).toEqual([]);
    expect(prepare(services, 'payment', first)).toEqual([]);

    const said = services.orders.retry?.(first, 1000) ?? [];
    expect(said.map(({ name }) => name)).toEqual(['abort', 'abort', 'abort', 'rejected']);
    const abort = said.find(({ to }) => to === 'inventory');
    if (!abort) throw new Error('The coordinator tells all participants.');
    const freed = services.inventory.receive(abort, 1000);
    expect(freed.map(({ name, order }) => `${name} for #${order.id}`)).toEqual([
      'ack for #1',
      'yes for #2',
    ]);
    expect(tables.locks.get('i')).toBe(2);
  });

  test('who has promised keeps the row until it is told, through a crash of its own', () => {
    const { services, tables } = shopOf(twoPhaseCommit);
    prepare(services, 'payment', first);
    services.payment.restart?.();
    expect(tables.locks.get('c')).toBe(1);
    expect(services.payment.retry?.(first, 9999)?.map(({ name }) => name)).toEqual(['inquire']);
    expect(tables.accounts.get('c')).toBe(100);
    services.payment.receive({ from: 'orders', to: 'payment', name: 'commit', order: first }, 0);
    expect(tables.locks.has('c')).toBe(false);
    expect(tables.accounts.get('c')).toBe(70);
    expect(tables.accounts.get('merchant')).toBe(30);
  });

  test('an order that is aborted is undone with the decision, and its rows are free after it', () => {
    const race = raceOf({ variants: ['two-phase-commit'], parameters: { refusedAt: 'book' } });
    expect(race.value('two-phase-commit', 'undone')).toBe(100);
    const { recording } = race.run('two-phase-commit');
    const { samples, strings } = recording;
    const isLocked = (i: number): boolean =>
      strings[samples.series[i] ?? 0] === 'locks' && (samples.value[i] ?? 0) > 0;
    const lockedAt = Array.from(samples.at, (at, i) => (isLocked(i) ? at : 0));
    const [placed] = messagesOf(recording);
    const decidedMs =
      race.value('two-phase-commit', 'finish.mean') + (placed?.sentAt ?? Number.NaN);
    const rejected = messagesOf(recording).find(({ name }) => name === 'rejected');
    expect(rejected?.sentAt).toBeCloseTo(decidedMs, 9);
    expect(Math.max(...lockedAt)).toBeGreaterThan(decidedMs);
  });

  test('a coordinator that has forgotten the votes aborts what it had not decided', () => {
    const { services, tables } = shopOf(twoPhaseCommit);
    services.orders.receive({ from: 'customer', to: 'orders', name: 'place', order: first }, 0);
    services.orders.receive({ from: 'payment', to: 'orders', name: 'yes', order: first }, 0);
    services.orders.restart?.();
    // A vote that comes late does not bring the transaction back to life.
    expect(
      services.orders.receive({ from: 'inventory', to: 'orders', name: 'yes', order: first }, 1),
    ).toEqual([]);
    services.orders.retry?.(first, 1);
    expect(tables.orders.get(1)).toBe('rejected');
  });
});
