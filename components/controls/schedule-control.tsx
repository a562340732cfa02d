/**
 * A value over time, as steps. The plot shows them and lets them be dragged by their handles; the
 * rows below say the same in fields, for keys, readers and exact numbers. A handle is also a slider:
 * up and down change its value, left and right its time, Delete takes it away.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { timeStepMs, withoutStep, withStep, withTime, withValue } from '@/lib/figure/schedule-edit';
import { formatValue } from '@/lib/simulation/format';
import {
  duration,
  quantity,
  type Schedule,
  type ScheduleParameter,
} from '@/lib/simulation/parameters';
import type { ControlProps } from './control-props';
import { NumberField } from './number-control';

/** Height of the plot, px; the room above and below keeps handles from being cut off. */
const HEIGHT = 96;
const MARGIN = 10;

type Edit = (schedule: Schedule) => Schedule;

export function ScheduleControl({
  id,
  parameter,
  value,
  disabled,
  onValue,
}: ControlProps<ScheduleParameter>): ReactNode {
  const plot = useRef<HTMLDivElement>(null);
  const edit = (change: Edit): void => onValue(change(value));
  // Steps have no name but their place.
  const places = value.map((_, index) => ({ key: `step-${index + 1}`, index }));
  const grown = withStep(value, parameter);

  const drag = (event: PointerEvent<SVGGElement>, index: number): void => {
    const box = plot.current?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const share = (event.clientX - box.left) / box.width;
    const level = 1 - (event.clientY - box.top - MARGIN) / (HEIGHT - 2 * MARGIN);
    edit((schedule) =>
      withTime(
        withValue(
          schedule,
          parameter,
          index,
          parameter.min + level * (parameter.max - parameter.min),
        ),
        parameter,
        index,
        share * parameter.untilMs,
      ),
    );
  };

  return (
    <fieldset
      className="fig-control fig-schedule"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-about`}
    >
      <div className="fig-control-head">
        <span id={`${id}-label`} className="fig-label">
          {parameter.label}
        </span>
        <span className="fig-unit">
          {formatValue(parameter.min, parameter.unit)} to{' '}
          {formatValue(parameter.max, parameter.unit)}
        </span>
      </div>
      <div className="fig-schedule-plot" ref={plot}>
        <Plot parameter={parameter} value={value} />
        {!disabled && (
          <svg
            className="fig-schedule-handles"
            width="100%"
            height={HEIGHT}
            overflow="visible"
            role="presentation"
          >
            {places.map(({ key, index }) => (
              <Handle
                key={key}
                index={index}
                parameter={parameter}
                value={value}
                edit={edit}
                onDrag={(event) => drag(event, index)}
              />
            ))}
          </svg>
        )}
      </div>
      <ol className="fig-schedule-steps">
        {places.map(({ key, index }) => (
          <li key={key}>
            <StepFields
              id={`${id}-${index}`}
              index={index}
              parameter={parameter}
              value={value}
              disabled={disabled}
              edit={edit}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="fig-text-button"
        disabled={disabled || grown === value}
        onClick={() => edit((schedule) => withStep(schedule, parameter))}
      >
        Add a step
      </button>
      <p id={`${id}-about`} className="fig-about">
        {parameter.describe}
      </p>
    </fieldset>
  );
}

const shareOfTime = (parameter: ScheduleParameter, atMs: number): number =>
  atMs / parameter.untilMs;
const shareOfRange = ({ min, max }: ScheduleParameter, value: number): number =>
  (value - min) / (max - min);
/** Distance from the top of the plot, px. */
const topOf = (parameter: ScheduleParameter, value: number): number =>
  Math.round((MARGIN + (1 - shareOfRange(parameter, value)) * (HEIGHT - 2 * MARGIN)) * 10) / 10;

function Plot({
  parameter,
  value,
}: {
  readonly parameter: ScheduleParameter;
  readonly value: Schedule;
}): ReactNode {
  const path = value
    .map((step, index) => {
      const x = shareOfTime(parameter, step.atMs) * 1000;
      const y = topOf(parameter, step.value);
      const endX = shareOfTime(parameter, value[index + 1]?.atMs ?? parameter.untilMs) * 1000;
      return `${index === 0 ? 'M' : 'L'}${x} ${y}H${endX}`;
    })
    .join('');
  return (
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 1000 ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="fig-schedule-area" d={`${path}V${HEIGHT}H0Z`} />
      <path
        className="fig-schedule-floor"
        d={`M0 ${HEIGHT - 0.5}H1000`}
        vectorEffect="non-scaling-stroke"
      />
      <path className="fig-schedule-line" d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

interface StepProps {
  readonly index: number;
  readonly parameter: ScheduleParameter;
  readonly value: Schedule;
  readonly disabled: boolean;
  readonly edit: (change: Edit) => void;
}

const stepName = (index: number): string => `Step ${index + 1}`;

/** A handle stands at its place in per cent, so that the plot needs no width. */
function Handle({
  index,
  parameter,
  value,
  edit,
  onDrag,
}: Omit<StepProps, 'disabled'> & {
  readonly onDrag: (event: PointerEvent<SVGGElement>) => void;
}): ReactNode {
  const step = value[index];
  if (!step) return null;
  const onKeyDown = (event: KeyboardEvent<SVGGElement>): void => {
    const change = keyEdit(event.key, { index, parameter, value });
    if (!change) return;
    event.preventDefault();
    if (event.key === 'Delete' || event.key === 'Backspace')
      focusHandle(event.currentTarget, index);
    edit(change);
  };
  return (
    <svg
      x={`${shareOfTime(parameter, step.atMs) * 100}%`}
      y={topOf(parameter, step.value)}
      overflow="visible"
      role="presentation"
    >
      <g
        role="slider"
        className="fig-handle"
        tabIndex={0}
        data-keys="text"
        aria-label={`${stepName(index)} of ${parameter.label}`}
        aria-orientation="vertical"
        aria-valuemin={parameter.min}
        aria-valuemax={parameter.max}
        aria-valuenow={step.value}
        aria-valuetext={`${formatValue(step.value, parameter.unit)} from ${formatValue(step.atMs, 'ms')}`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.focus();
        }}
        onPointerMove={onDrag}
      >
        <circle className="fig-handle-reach" r="20" />
        <circle className="fig-handle-ring" r="9.5" />
        <circle className="fig-handle-dot" r="5.5" />
      </g>
    </svg>
  );
}

/** What has the focus is about to go: the handle before it takes over. */
function focusHandle(inside: Element, index: number): void {
  const handles = inside.closest('.fig-schedule')?.querySelectorAll<SVGGElement>('[role="slider"]');
  handles?.[Math.max(0, index - 1)]?.focus();
}

/** What a key does to a step; null if nothing. */
export function keyEdit(
  key: string,
  { index, parameter, value }: Pick<StepProps, 'index' | 'parameter' | 'value'>,
): Edit | null {
  const step = value[index];
  if (!step) return null;
  const byValue =
    (change: number): Edit =>
    (schedule) =>
      withValue(schedule, parameter, index, step.value + change);
  const byTime =
    (change: number): Edit =>
    (schedule) =>
      withTime(schedule, parameter, index, step.atMs + change);
  switch (key) {
    case 'ArrowUp':
      return byValue(parameter.step);
    case 'ArrowDown':
      return byValue(-parameter.step);
    case 'PageUp':
      return byValue((parameter.max - parameter.min) / 10);
    case 'PageDown':
      return byValue((parameter.min - parameter.max) / 10);
    case 'Home':
      return byValue(parameter.min - step.value);
    case 'End':
      return byValue(parameter.max - step.value);
    case 'ArrowRight':
      return byTime(timeStepMs(parameter));
    case 'ArrowLeft':
      return byTime(-timeStepMs(parameter));
    case 'Delete':
    case 'Backspace':
      return (schedule) => withoutStep(schedule, index);
    default:
      return null;
  }
}

function StepFields({
  id,
  index,
  parameter,
  value,
  disabled,
  edit,
}: StepProps & { readonly id: string }): ReactNode {
  const step = value[index];
  if (!step) return null;
  const { unit, min, max, step: grid, untilMs } = parameter;
  const about = { label: parameter.label, describe: parameter.describe };
  return (
    <>
      {index === 0 ? (
        <span className="fig-schedule-from">at first</span>
      ) : (
        <span className="fig-schedule-from">
          from{' '}
          <NumberField
            id={`${id}-time`}
            label={`${stepName(index)}, time`}
            parameter={duration({
              ...about,
              min: 0,
              max: untilMs,
              step: timeStepMs(parameter),
              default: 0,
            })}
            value={step.atMs}
            disabled={disabled}
            onValue={(atMs) =>
              edit((schedule) => withTime(schedule, parameter, index, Number(atMs)))
            }
          />
        </span>
      )}
      <NumberField
        id={`${id}-value`}
        label={`${stepName(index)}, ${parameter.label}`}
        parameter={quantity({ ...about, unit, min, max, step: grid, default: min })}
        value={step.value}
        disabled={disabled}
        onValue={(level) =>
          edit((schedule) => withValue(schedule, parameter, index, Number(level)))
        }
      />
      {index > 0 && (
        <button
          type="button"
          className="fig-text-button"
          disabled={disabled}
          aria-label={`Remove ${stepName(index).toLowerCase()}`}
          onClick={(event) => {
            focusHandle(event.currentTarget, index);
            edit((schedule) => withoutStep(schedule, index));
          }}
        >
          Remove
        </button>
      )}
    </>
  );
}
