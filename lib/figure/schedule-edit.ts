/** Editing of a value over time, step by step; every edit gives a schedule that its parameter accepts. */
import { type Schedule, type ScheduleParameter, snap } from '@/lib/simulation/parameters';

/** Distance of neighbouring times that an edit can reach, simulated ms: a hundredth, rounded to 1, 2 or 5. */
export function timeStepMs(parameter: Pick<ScheduleParameter, 'untilMs'>): number {
  const rough = parameter.untilMs / 100;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / magnitude;
  // Twelve digits bring back what 10 ** −1 loses.
  return Number(
    (magnitude * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10)).toPrecision(12),
  );
}

/** The step's value changes; clamped to the range and put on its grid. */
export function withValue(
  schedule: Schedule,
  parameter: ScheduleParameter,
  index: number,
  value: number,
): Schedule {
  return schedule.map((step, i) =>
    i === index ? { ...step, value: snap(parameter, value) } : step,
  );
}

/** The step begins at another time, kept between its neighbours; the first stays at 0. */
export function withTime(
  schedule: Schedule,
  parameter: ScheduleParameter,
  index: number,
  atMs: number,
): Schedule {
  const previous = schedule[index - 1];
  if (!previous) return schedule;
  const grid = timeStepMs(parameter);
  const next = schedule[index + 1];
  const least = previous.atMs + grid;
  const most = next ? next.atMs - grid : parameter.untilMs;
  // No room between the neighbours: the step stays where it is.
  if (least > most) return schedule;
  const held = Math.min(most, Math.max(least, Math.round(atMs / grid) * grid));
  return schedule.map((step, i) => (i === index ? { ...step, atMs: held } : step));
}

/** A new step in the middle of the longest stretch, at the value that holds there; as it was if there is no room. */
export function withStep(schedule: Schedule, parameter: ScheduleParameter): Schedule {
  if (schedule.length >= parameter.stepsMax) return schedule;
  const grid = timeStepMs(parameter);
  let longest = -1;
  let lengthMs = 0;
  for (const [i, step] of schedule.entries()) {
    const stretchMs = (schedule[i + 1]?.atMs ?? parameter.untilMs) - step.atMs;
    if (stretchMs > lengthMs) {
      longest = i;
      lengthMs = stretchMs;
    }
  }
  const start = schedule[longest];
  if (!start || lengthMs < 2 * grid) return schedule;
  const atMs = start.atMs + Math.max(1, Math.round(lengthMs / 2 / grid)) * grid;
  return [
    ...schedule.slice(0, longest + 1),
    { atMs, value: start.value },
    ...schedule.slice(longest + 1),
  ];
}

/** Without a step; the first cannot be taken away, since something must hold from 0 on. */
export function withoutStep(schedule: Schedule, index: number): Schedule {
  return index === 0 ? schedule : schedule.filter((_, i) => i !== index);
}
