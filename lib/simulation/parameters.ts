/**
 * Parameters of a simulation: declared once as data, from which follow the type of their values, the
 * controls, validation of links, the "held fixed" list and the command line.
 */

/**
 * Units that a quantity may have; the text shown after the number. A duration is always in ms. What is
 * counted and not there yet is a further line, plural: the list keeps "request" and "requests" apart.
 */
export type Unit =
  | ''
  | 'ms'
  | '%'
  | 'requests'
  | 'requests/s'
  | 'tokens'
  | 'tokens/s'
  | 'clients'
  | 'customers'
  | 'customers/s'
  | 'servers'
  | 'calls'
  | 'connections'
  | 'calls/s'
  | 'workers'
  | 'cores'
  | 'instances'
  | 'orders'
  | 'jobs'
  | 'jobs/s'
  | 'spans/s'
  | 'traces'
  | 'traces/s'
  | 'messages'
  | 'keys'
  | 'locks'
  | 'pages'
  | 'queries'
  | 'queries/s'
  | 'keys/s'
  | 'rows'
  | 'rows/s'
  | 'transactions'
  | 'transactions/s'
  | '€'
  | 'bytes'
  | '×';

interface Declared {
  /** Name in the controls, sentence case, without the unit. */
  readonly label: string;
  /** One sentence: what it is, in terms of the system and not of the model. */
  readonly describe: string;
  /**
   * Whether a change at time t takes effect from t on ("change this parameter from now on"). The run
   * must then read it from `context.parameters` each time it uses it.
   */
  readonly live?: boolean;
}

interface Ranged extends Declared {
  readonly min: number;
  readonly max: number;
  /** Distance of neighbouring values; every value is `min` plus a multiple of it. */
  readonly step: number;
  readonly default: number;
  /** What 0 stands for where it is no amount: “never”, “none”. Shown in place of “0 ms”. */
  readonly zero?: string;
  /** What `max` stands for where it is no amount: “never”, of a moment at the end of the run. Shown in its place. */
  readonly end?: string;
  /** Scale of the slider; `log` needs min > 0. Default linear. */
  readonly scale?: 'linear' | 'log';
}

/** A number with a unit. */
export interface QuantityParameter extends Ranged {
  readonly kind: 'quantity';
  readonly unit: Unit;
}
/** A length of time in ms, shown in the unit that fits it. */
export interface DurationParameter extends Ranged {
  readonly kind: 'duration';
}
/** A whole number of things. */
export interface CountParameter extends Ranged {
  readonly kind: 'count';
  /** What is counted, plural: "servers". */
  readonly unit: Unit;
}
/** One of several named possibilities. */
export interface ChoiceParameter<Option extends string = string> extends Declared {
  readonly kind: 'choice';
  /** Option id → its name and, if the name does not say it all, a sentence. */
  readonly options: Readonly<
    Record<Option, { readonly label: string; readonly describe?: string }>
  >;
  readonly default: NoInfer<Option>;
}
/** On or off. */
export interface SwitchParameter extends Declared {
  readonly kind: 'switch';
  readonly default: boolean;
}
/** A value that changes over time in steps: from each `atMs` on, `value` holds. */
export interface ScheduleParameter extends Declared {
  readonly kind: 'schedule';
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The first step is at 0; times rise strictly. */
  readonly default: Schedule;
  /** Last time at which a step may lie, simulated ms. */
  readonly untilMs: number;
  /** Bound on the number of steps. */
  readonly stepsMax: number;
}

/** Steps in the order of time, the first at 0: from each `atMs` (simulated ms) on, `value` holds. */
export type Schedule = readonly { readonly atMs: number; readonly value: number }[];

export type Parameter =
  | QuantityParameter
  | DurationParameter
  | CountParameter
  | ChoiceParameter
  | SwitchParameter
  | ScheduleParameter;

export type Parameters = Readonly<Record<string, Parameter>>;

export type ParameterValue = number | string | boolean | Schedule;

type ValueOf<P extends Parameter> =
  P extends ChoiceParameter<infer Option>
    ? Option
    : P extends SwitchParameter
      ? boolean
      : P extends ScheduleParameter
        ? Schedule
        : number;

/** The values of declared parameters, typed from the declaration. */
export type Values<P extends Parameters> = { readonly [Id in keyof P]: ValueOf<P[Id]> };

type Declaration<P extends Parameter> = Omit<P, 'kind'>;

export const quantity = (declaration: Declaration<QuantityParameter>): QuantityParameter => ({
  kind: 'quantity',
  ...declaration,
});
export const duration = (declaration: Declaration<DurationParameter>): DurationParameter => ({
  kind: 'duration',
  ...declaration,
});
export const count = (declaration: Declaration<CountParameter>): CountParameter => ({
  kind: 'count',
  ...declaration,
});
export const choice = <const Option extends string>(
  declaration: Declaration<ChoiceParameter<Option>>,
): ChoiceParameter<Option> => ({ kind: 'choice', ...declaration });
export const toggle = (declaration: Declaration<SwitchParameter>): SwitchParameter => ({
  kind: 'switch',
  ...declaration,
});
export const schedule = (declaration: Declaration<ScheduleParameter>): ScheduleParameter => ({
  kind: 'schedule',
  ...declaration,
});

/** The declared defaults, with a scenario's overrides on top. */
export function defaultsOf<P extends Parameters>(
  parameters: P,
  overrides?: Partial<Values<P>>,
): Values<P> {
  const values: Record<string, ParameterValue> = {};
  for (const [id, parameter] of Object.entries(parameters)) values[id] = parameter.default;
  return { ...values, ...overrides } as Values<P>;
}

/** The parameters as declared for generated traffic, or for traffic from outside. */
export function parametersFor({ parameters, traffic }: Declaring, isOutside: boolean): Parameters {
  return isOutside ? { ...parameters, ...(traffic?.ranges as Parameters | undefined) } : parameters;
}

interface Declaring {
  readonly parameters: Parameters;
  readonly traffic?: { readonly ranges?: Partial<Parameters> };
}

/** The nearest value that the range allows: clamped and put on its grid. */
export function snap(
  { min, max, step }: { min: number; max: number; step: number },
  value: number,
): number {
  const clamped = Math.min(max, Math.max(min, value));
  const snapped = min + Math.round((clamped - min) / step) * step;
  // Grid points are sums of decimals such as 0.1; twelve digits bring the written number back.
  return Math.min(max, Number(snapped.toPrecision(12)));
}

/**
 * Why a value does not fit its parameter, as "expected …, got …"; null if it fits.
 *
 * The one place that decides what a parameter accepts: definitions, links, the command line and
 * pasted settings are all held to it.
 */
export function misfit(parameter: Parameter, value: unknown): string | null {
  switch (parameter.kind) {
    case 'quantity':
    case 'duration':
    case 'count': {
      const { min, max } = parameter;
      if (typeof value !== 'number' || !Number.isFinite(value))
        return `expected a number from ${min} to ${max}, got ${show(value)}`;
      if (value < min || value > max) return `expected ${min} to ${max}, got ${value}`;
      if (Math.abs(snap(parameter, value) - value) > 1e-9 * Math.max(1, Math.abs(value)))
        return `expected ${min} plus a multiple of ${parameter.step}, got ${value}`;
      return null;
    }
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(parameter.options, value)
        ? null
        : `expected one of ${Object.keys(parameter.options).join(', ')}, got ${show(value)}`;
    case 'switch':
      return typeof value === 'boolean' ? null : `expected true or false, got ${show(value)}`;
    case 'schedule':
      return scheduleMisfit(parameter, value);
    default:
      return parameter satisfies never;
  }
}

function scheduleMisfit(parameter: ScheduleParameter, value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0)
    return `expected steps over time, got ${show(value)}`;
  if (value.length > parameter.stepsMax)
    return `expected at most ${parameter.stepsMax} steps, got ${value.length}`;
  let previousMs = -1;
  for (const [index, entry] of (value as unknown[]).entries()) {
    const { atMs, value: level } = (entry ?? {}) as { atMs?: unknown; value?: unknown };
    if (typeof atMs !== 'number' || !(atMs > previousMs) || atMs > parameter.untilMs)
      return `expected rising times up to ${parameter.untilMs} ms, got ${show(atMs)}`;
    if (index === 0 && atMs !== 0) return `expected the first step at 0 ms, got ${atMs}`;
    if (typeof level !== 'number' || !(level >= parameter.min && level <= parameter.max))
      return `expected values from ${parameter.min} to ${parameter.max}, got ${show(level)}`;
    previousMs = atMs;
  }
  return null;
}

/** What holds at a moment (simulated ms) of a schedule; 0 if it has no steps. */
export function scheduledAt(schedule: Schedule, atMs: number): number {
  let value = schedule[0]?.value ?? 0;
  for (const step of schedule) {
    if (step.atMs > atMs) break;
    value = step.value;
  }
  return value;
}

/** What came, for an error message; anything may come out of a link, even what has no text. */
function show(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : 'an object';
  const text = typeof value === 'string' ? `“${value}”` : String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
