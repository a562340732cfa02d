import type {
  ChoiceParameter,
  CountParameter,
  DurationParameter,
  Parameter,
  ParameterValue,
  QuantityParameter,
  Schedule,
  ScheduleParameter,
  SwitchParameter,
} from '@/lib/simulation/parameters';

type ValueOf<P extends Parameter> = P extends QuantityParameter | DurationParameter | CountParameter
  ? number
  : P extends ChoiceParameter
    ? string
    : P extends SwitchParameter
      ? boolean
      : P extends ScheduleParameter
        ? Schedule
        : never;

export interface ControlProps<P extends Parameter> {
  /** Unique on the page; the ids of the parts begin with it. */
  readonly id: string;
  readonly parameter: P;
  readonly value: ValueOf<P>;
  /** The value that the scenario opens with. */
  readonly opened: ValueOf<P>;
  readonly disabled: boolean;
  /** Takes any value; the figure clamps it, puts it on the grid, or drops it. */
  readonly onValue: (value: ParameterValue) => void;
}
