/**
 * Clients that write a row by optimistic concurrency control: read its version, write if it is still
 * that, and otherwise back off and read again. The model of M. Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog 2015 (aws-samples/aws-arch-backoff-simulator), hop by hop.
 */
import { normalQuantile } from '../../../kernel/distributions';
import { grouped } from '../../../kernel/grouped';
import { NOT_RECORDED } from '../../../kernel/recording';
import type { RunContext } from '../../../simulation/definition';
import type { measures as Measured } from './measures';
import type { Backoff, CreateBackoff } from './models/backoff';
import type { parameters as Declared } from './parameters';
import { CLIENTS, LANES, ROW, RUSH_MS } from './views';

/** Keeps a draw of 0 off the normal quantile, which is infinite there; half of the smallest draw above. */
const DRAW_MIN = Number.EPSILON / 4;

interface Row {
  readonly number: number;
  version: number;
  /** Clients that have come, and those that have yet to come or to write. */
  joined: number;
  pending: number;
  calls: number;
  startedMs: number;
}

interface Client {
  /** Number among all clients of the run: the key of its draws. */
  readonly number: number;
  readonly row: Row;
  /** Lane on which it is drawn, if it is. */
  readonly lane: string | undefined;
  readonly startedMs: number;
  readonly backoff: Backoff;
  hops: number;
  failures: number;
}

export function run({
  simulator,
  parameters,
  workload,
  forEachArrival,
  model,
  keyedUniform,
  record,
  measure,
}: RunContext<typeof Declared, typeof Measured, CreateBackoff>) {
  const rows = Array.from(
    { length: parameters.rows },
    (_, number): Row => ({
      number,
      version: 0,
      joined: 0,
      pending: parameters.clients,
      calls: 0,
      startedMs: 0,
    }),
  );
  let clientsSoFar = 0;
  let rush = 0;

  const hopMs = (client: Client): number => {
    const draw = Math.max(DRAW_MIN, keyedUniform('hops', client.number, client.hops++));
    return Math.abs(parameters.hopMs + parameters.hopSpreadMs * normalQuantile(draw));
  };
  const isShown = ({ number }: Row): boolean => number === 0;

  const showPending = (row: Row): void => {
    if (isShown(row)) record.sample('pending', row.pending);
  };
  const showWrite = (client: Client, isWritten: boolean, arrivesAt: number): void => {
    if (!isShown(client.row)) return;
    record.message({
      from: ROW,
      to: CLIENTS,
      kind: isWritten ? 'accepted' : 'failed',
      arrivesAt,
    });
    record.sample('rush', ++rush);
    simulator.after(RUSH_MS, () => record.sample('rush', --rush));
  };
  const begin = (client: Client, kind: string): number =>
    client.lane === undefined ? NOT_RECORDED : record.begin({ lane: client.lane, kind });

  const finish = (client: Client): void => {
    const { row } = client;
    measure.latency.add(simulator.now - client.startedMs);
    row.pending--;
    showPending(row);
    if (row.pending > 0) return;
    measure.calls.add(row.calls);
    measure.finish.add(simulator.now - row.startedMs);
    if (isShown(row)) record.note(`All have written, after ${grouped(row.calls)} tries.`, 'good');
  };

  const write = (client: Client, seen: number, span: number): void => {
    const { row } = client;
    row.calls++;
    const isWritten = row.version === seen;
    if (isWritten) row.version++;
    measure.refused.add(!isWritten);
    const backMs = hopMs(client);
    showWrite(client, isWritten, simulator.now + backMs);
    simulator.after(backMs, () => {
      record.end(span, isWritten ? 'accepted' : 'failed');
      if (isWritten) return finish(client);
      const waiting = begin(client, 'wait');
      client.failures++;
      // A timer set to the past fires at once.
      simulator.after(Math.max(0, client.backoff.waitMs(client.failures)), () => {
        record.end(waiting, 'queued');
        attempt(client);
      });
    });
  };

  /** Four hops: to the row and back with its version, to the row and back with the answer. */
  const attempt = (client: Client): void => {
    const { row } = client;
    const span = begin(client, 'attempt');
    const thereMs = hopMs(client);
    if (isShown(row))
      record.message({
        from: CLIENTS,
        to: ROW,
        kind: client.failures === 0 ? 'sent' : 'retried',
        arrivesAt: simulator.now + thereMs,
      });
    simulator.after(thereMs, () => {
      const seen = row.version;
      simulator.after(hopMs(client), () =>
        simulator.after(hopMs(client), () => write(client, seen, span)),
      );
    });
  };

  const join = (row: Row): void => {
    const number = clientsSoFar++;
    let draws = 0;
    const place = row.joined++;
    const client: Client = {
      number,
      row,
      lane: isShown(row) ? LANES[place] : undefined,
      startedMs: simulator.now,
      backoff: model({
        baseMs: parameters.baseMs,
        capMs: parameters.capMs,
        random: () => keyedUniform('jitter', number, draws++),
      }),
      hops: 0,
      failures: 0,
    };
    attempt(client);
  };

  for (const row of rows) showPending(row);
  record.sample('rush', 0);
  forEachArrival((arrival) => {
    const row = rows[workload.key[arrival] ?? 0];
    if (row) join(row);
  });

  return {
    herd: () => {
      for (const row of rows) {
        // A row that was done is measured afresh.
        if (row.pending === 0) {
          row.calls = 0;
          row.startedMs = simulator.now;
        }
        row.pending += parameters.clients;
        for (let i = 0; i < parameters.clients; i++) join(row);
        showPending(row);
      }
      record.note(`${parameters.clients} more clients start, all at once.`, 'warning');
    },
    outsider: () => {
      for (const row of rows) row.version++;
      record.note('Somebody else writes the row: what was read before is out of date.', 'warning');
    },
  };
}
