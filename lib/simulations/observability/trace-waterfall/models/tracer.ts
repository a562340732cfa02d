/** What a service passes on with a call: which trace it belongs to, which span it came from. */
export interface TraceContext {
  /** 32 hexadecimal digits, small letters, not all 0. */
  readonly traceId: string;
  /** Id of the span that made the call: 16 hexadecimal digits, not all 0. */
  readonly parentId: string;
  /** Whether the caller records its spans of this trace. */
  readonly sampled: boolean;
}

/** A trace as far as its spans have arrived at the collector. */
export interface ArrivedTrace {
  readonly traceId: string;
  /** Whether one of its spans ended in an error. */
  readonly failed: boolean;
  /** From the earliest start to the latest end of its spans, ms. */
  readonly durationMs: number;
}

export interface SamplingSettings {
  /** Share of the traces to keep by chance, 0 to 100. */
  readonly ratePercent: number;
  /** A trace that took longer is kept by those who wait for its end, ms. */
  readonly slowerThanMs: number;
  /** Traces per second to keep of each operation by those who adapt. */
  readonly targetPerSecond: number;
}

/** Decides which traces are kept. */
export interface Sampler {
  /** Asked where a trace begins, before anything of it is known: are its spans recorded and sent? */
  readonly starts: (root: {
    readonly traceId: string;
    readonly operation: string;
    readonly atMs: number;
  }) => boolean;
  /** Asked by the collector after it has waited for a trace; left out if all that arrives is kept. */
  readonly keeps?: (trace: ArrivedTrace) => boolean;
}

/** What every service of a system is built with. */
export interface Tracer {
  /** What the headers `traceparent` of a request say; undefined begins a new trace. */
  readonly extract: (headers: readonly string[]) => TraceContext | undefined;
  /** The header of a call. */
  readonly inject: (context: TraceContext) => string;
  /** A sampler for one run; settings may change while it lives. */
  readonly sampler: (settings: SamplingSettings) => Sampler;
}
