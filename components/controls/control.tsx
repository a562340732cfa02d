/** A control for each kind of parameter; one loop makes the panel of a figure. */
import type { ReactNode } from 'react';
import { useFigure } from '@/components/figure/use-figure';
import type { Figure } from '@/lib/figure/figure';
import type { Parameter, ParameterValue } from '@/lib/simulation/parameters';
import { parametersFor } from '@/lib/simulation/parameters';
import { ChoiceControl } from './choice-control';
import type { ControlProps } from './control-props';
import { NumberControl } from './number-control';
import { Schedule } from './schedule';
import { SwitchControl } from './switch-control';

export function Controls({ figure }: { readonly figure: Figure }): ReactNode {
  const { controls } = figure.spec;
  if (controls.length === 0) return null;
  return (
    <fieldset className="fig-controls" aria-label="Parameters">
      {controls.map((id) => (
        <Control key={id} figure={figure} id={id} />
      ))}
    </fieldset>
  );
}

export function Control({
  figure,
  id,
  elementId = `${figure.spec.figure}-${id}`,
}: {
  readonly figure: Figure;
  readonly id: string;
  /** Another one for a second control of the same parameter. */
  readonly elementId?: string;
}): ReactNode {
  const value = useFigure(figure, (state) => state.parameters[id]);
  const isOutside = useFigure(figure, (state) => state.traffic !== null);
  const parameter = parametersFor(figure.description, isOutside)[id];
  if (!parameter || value === undefined) return null;
  if (isOutside && figure.description.traffic?.replaces.includes(id))
    return <p className="fig-replaced">{parameter.label}: as your traffic has it</p>;
  return (
    <ParameterControl
      id={elementId}
      parameter={parameter}
      value={value}
      opened={figure.scenario.parameters[id] ?? parameter.default}
      disabled={!figure.live}
      onValue={(next) => figure.setParameter(id, next)}
    />
  );
}

/** The control that a parameter's declaration asks for. */
export function ParameterControl({
  parameter,
  value,
  opened,
  ...common
}: Omit<ControlProps<never>, 'parameter' | 'value' | 'opened'> & {
  readonly parameter: Parameter;
  readonly value: ParameterValue;
  readonly opened: ParameterValue;
}): ReactNode {
  switch (parameter.kind) {
    case 'quantity':
    case 'duration':
    case 'count':
      return (
        <NumberControl
          {...common}
          parameter={parameter}
          value={Number(value)}
          opened={Number(opened)}
        />
      );
    case 'choice':
      return (
        <ChoiceControl
          {...common}
          parameter={parameter}
          value={String(value)}
          opened={String(opened)}
        />
      );
    case 'switch':
      return (
        <SwitchControl
          {...common}
          parameter={parameter}
          value={value === true}
          opened={opened === true}
        />
      );
    case 'schedule':
      return (
        <Schedule
          {...common}
          parameter={parameter}
          value={typeof value === 'object' ? value : parameter.default}
          opened={typeof opened === 'object' ? opened : parameter.default}
        />
      );
    default:
      return parameter satisfies never;
  }
}
