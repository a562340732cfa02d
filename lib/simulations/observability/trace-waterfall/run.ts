/** Requests through the services, with a span for each piece of work; what becomes of the spans. */
import type { Outcome } from '../../../kernel/outcomes';
import type { RunContext } from '../../../simulation/definition';
import { collector, type Span } from './collector';
import type { TraceMeasures } from './measures';
import type { TraceContext, Tracer } from './models/tracer';
import type { parameters, Service } from './parameters';
import { CHECKOUT, EXPORT, type Operation, spansOf } from './routes';

type Context = RunContext<typeof parameters, TraceMeasures, Tracer>;

/** Requests of a burst. */
const BURST = 40;
const SAMPLE_MS = 250;
const TWO_TO_32 = 0x1_0000_0000;
/** In a busier shop nobody can follow single calls. */
const FOLLOWED_PER_SECOND = 10;
/** No route has more operations. */
const PLACES_MAX = 16;

/** A request, and what is stored of it. */
interface Request {
  readonly number: number;
  readonly route: Operation;
  /** Trace of its first span. */
  traceId: string;
  isRootStored: boolean;
  isCauseStored: boolean;
  /** Spans stored under the trace of the first one. */
  storedWithRoot: number;
}

/** The context of a span, and its row in the recording if the service records it. */
interface Here {
  readonly context: TraceContext;
  readonly row: number | undefined;
  /** When it began by the clock of its service, ms. */
  readonly toldMs: number;
}

export function run(context: Context) {
  const { simulator, parameters, workload, model, keyedUniform, record, measure } = context;
  const requests = new Map<number, Request>();
  const isQuiet = parameters.requestsPerSecond <= FOLLOWED_PER_SECOND;
  let drawn = workload.length;
  let held = 0;
  let failures = 0;
  let explained = 0;
  let slow = 0;
  let slowWhole = 0;

  const sampler = model.sampler(parameters);
  const collect = collector({
    sampler,
    waitMs: parameters.decisionWaitMs,
    tracesMax: parameters.tracesMax,
    after: (delayMs, then) => {
      simulator.after(delayMs, then);
    },
    store: (spans) => spans.forEach(keep),
    onHeld: (count) => {
      held = count;
      measure.held.set(count);
      measure.heldMax.add(count);
    },
    onEvicted: () => measure.evicted.add(),
  });

  function keep(span: Span): void {
    measure.stored.add();
    const request = requests.get(span.request);
    // What happens in another trace explains nothing to somebody who looks at this one.
    if (!request || request.traceId !== span.traceId) return;
    request.storedWithRoot++;
    if (span.isRoot) request.isRootStored = true;
    if (span.isCause) request.isCauseStored = true;
  }

  /** By chance, since samplers decide by the digits, but depending on the request and the place alone. */
  const traceIdOf = (request: number, place: number): string =>
    Array.from({ length: 4 }, (_, word) =>
      Math.floor(keyedUniform('trace', request, place * 4 + word) * TWO_TO_32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');

  /** Of a span it is enough that no other has it. */
  const spanIdOf = (request: number, place: number): string =>
    (request * PLACES_MAX + place + 1).toString(16).padStart(16, '0');

  /** By how much the clock of a service is ahead, ms. */
  const aheadOf = (service: Service): number =>
    service === parameters.clockService ? parameters.clockMs : 0;

  /** What a span carries: the trace of its caller if the headers say so, or one that begins here. */
  const contextOf = (
    request: Request,
    { name, place }: Operation,
    headers: readonly string[],
  ): TraceContext => {
    const parentId = spanIdOf(request.number, place);
    const incoming = model.extract(headers);
    if (incoming) return { ...incoming, parentId };
    measure.begun.add();
    const traceId = traceIdOf(request.number, place);
    const sampled = sampler.starts({ traceId, operation: name, atMs: simulator.now });
    return { traceId, parentId, sampled };
  };

  const workOf = ({ number }: Request, { service, workMs, place }: Operation): number => {
    const spread = parameters.spreadPercent / 100;
    const ownMs = workMs * (1 + spread * (2 * keyedUniform('work', number, place) - 1));
    const isSlow =
      service === parameters.slowService &&
      100 * keyedUniform('slow', number, place) < parameters.slowPercent;
    return ownMs + (isSlow ? parameters.slowMs : 0);
  };

  /** The operation from the arrival of its call on; `answer` is told at its end whether it failed. */
  const serve = (
    request: Request,
    operation: Operation,
    headers: readonly string[],
    caller: Here | undefined,
    answer: (failed: boolean) => void,
  ): void => {
    const startMs = simulator.now;
    const own = contextOf(request, operation, headers);
    if (!caller) request.traceId = own.traceId;
    const aheadMs = aheadOf(operation.service);
    const toldMs = startMs + aheadMs;
    // A span whose caller belongs to another trace is the first of its own.
    const parent = caller?.context.traceId === own.traceId ? caller : undefined;
    if (parent) measure.tooEarly.add(toldMs < parent.toldMs);
    const row = own.sampled
      ? record.begin({
          lane: operation.service,
          kind: 'span',
          label: operation.name,
          parent: parent?.row,
        })
      : undefined;
    const halfMs = workOf(request, operation) / 2;

    const end = (failed: boolean, isCause: boolean): void => {
      if (row !== undefined) {
        record.end(row, failed ? 'failed' : 'accepted');
        measure.sent.add();
        collect({
          traceId: own.traceId,
          request: request.number,
          isRoot: caller === undefined,
          startMs: toldMs,
          endMs: simulator.now + aheadMs,
          failed,
          isCause,
        });
      }
      answer(failed);
    };
    const finish = (failedCall: boolean): void => {
      simulator.after(halfMs, () => {
        const isCause =
          operation.service === 'bank' &&
          100 * keyedUniform('error', request.number, operation.place) < parameters.errorPercent;
        end(failedCall || isCause, isCause);
      });
    };
    simulator.after(halfMs, () =>
      callAll(request, operation, { context: own, row, toldMs }, finish),
    );
  };

  /** Makes the calls of an operation, in order or at once; a failure in order ends the series. */
  const callAll = (
    request: Request,
    { service, calls, independent }: Operation,
    here: Here,
    then: (failed: boolean) => void,
  ): void => {
    const call = (operation: Operation, answered: (failed: boolean) => void): void => {
      const isLost = service === parameters.lossyService;
      const headers = isLost ? [] : [model.inject(here.context)];
      const travel = (from: string, to: string, kind: Outcome): void => {
        if (!isQuiet) return;
        record.message({
          from,
          to,
          kind,
          arrivesAt: simulator.now + parameters.networkMs,
          ...(to === operation.service && { label: isLost ? 'no header' : 'traceparent' }),
        });
      };
      travel(service, operation.service, 'sent');
      simulator.after(parameters.networkMs, () =>
        serve(request, operation, headers, here, (failed) => {
          travel(operation.service, service, failed ? 'failed' : 'accepted');
          simulator.after(parameters.networkMs, () => answered(failed));
        }),
      );
    };

    if (independent && parameters.calls === 'parallel') {
      let open = calls.length;
      let hasFailed = false;
      for (const operation of calls)
        call(operation, (failed) => {
          hasFailed ||= failed;
          if (--open === 0) then(hasFailed);
        });
      return;
    }
    const callFrom = (index: number): void => {
      const operation = calls[index];
      if (!operation) then(false);
      else call(operation, (failed) => (failed ? then(true) : callFrom(index + 1)));
    };
    callFrom(0);
  };

  /** What the store tells of a request once all about it is decided. */
  const judge = (request: Request, tookMs: number, failed: boolean): void => {
    requests.delete(request.number);
    const isWhole = request.storedWithRoot === spansOf(request.route);
    measure.kept.add(request.isRootStored);
    if (request.isRootStored) measure.whole.add(isWhole);
    if (request.route === EXPORT) measure.exportsKept.add(request.isRootStored);
    if (tookMs > parameters.slowerThanMs) {
      measure.slowKept.add(isWhole);
      slow++;
      if (isWhole) slowWhole++;
    }
    if (failed) {
      const isExplained = request.isRootStored && request.isCauseStored;
      measure.explained.add(isExplained);
      failures++;
      if (isExplained) explained++;
      record.note(
        isExplained
          ? 'A checkout has failed, and its trace shows where.'
          : request.isRootStored
            ? 'A checkout has failed; its trace ends before the cause.'
            : 'A checkout has failed, and nothing of it is kept.',
        isExplained ? 'good' : 'bad',
      );
    }
  };

  const arrive = (number: number, route: Operation): void => {
    const startMs = simulator.now;
    const request: Request = {
      number,
      route,
      traceId: '',
      isRootStored: false,
      isCauseStored: false,
      storedWithRoot: 0,
    };
    requests.set(number, request);
    serve(request, route, [], undefined, (failed) => {
      const tookMs = simulator.now - startMs;
      if (route === CHECKOUT) {
        measure.latency.add(tookMs);
        measure.slowest.add(tookMs);
      }
      // Every trace of it has had a span before now, so that the last is decided after the wait.
      simulator.after(parameters.decisionWaitMs, () => judge(request, tookMs, failed));
    });
  };

  const sample = (): void => {
    record.sample('held', held);
    record.sample('failures', failures);
    record.sample('explained', explained);
    record.sample('slow', slow);
    record.sample('slowWhole', slowWhole);
    simulator.after(SAMPLE_MS, sample);
  };

  if (parameters.clockService !== 'none')
    record.state(parameters.clockService, 'clock', parameters.clockMs);
  measure.held.set(0);
  measure.heldMax.add(0);
  sample();
  context.forEachArrival((row) => arrive(row, workload.key[row] === 1 ? EXPORT : CHECKOUT));

  return {
    burst: () => {
      record.note(`${BURST} checkouts arrive at once.`, 'warning');
      for (let i = 0; i < BURST; i++) arrive(drawn++, CHECKOUT);
    },
  };
}
