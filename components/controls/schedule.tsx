/** The control of a value over time: a piece of program of its own, fetched by figures that have one. */
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import type { Parameter, ScheduleParameter } from '@/lib/simulation/parameters';
import type { ControlProps } from './control-props';

type ScheduleComponent = ComponentType<ControlProps<ScheduleParameter>>;

const fetched = async (): Promise<ScheduleComponent> =>
  (await import('./schedule-control')).ScheduleControl;

let known: ScheduleComponent | undefined;

/** Makes it known at once, where nothing has to be fetched: in the build and in tests. */
export function provideSchedule(component: ScheduleComponent): void {
  known = component;
}

/** Fetches what these parameters need, so that their figure is drawn whole for the first time. */
export async function fetchControls(parameters: Iterable<Parameter | undefined>): Promise<void> {
  if (known) return;
  for (const parameter of parameters) {
    if (parameter?.kind !== 'schedule') continue;
    known = await fetched();
    return;
  }
}

/** Where a panel asks for it that nobody has prepared. */
const Late = lazy(async () => ({ default: await fetched() }));

export function Schedule(props: ControlProps<ScheduleParameter>): ReactNode {
  const Known = known;
  if (Known) return <Known {...props} />;
  return (
    <Suspense fallback={null}>
      <Late {...props} />
    </Suspense>
  );
}
