/** On or off. */
import type { ReactNode } from 'react';
import type { SwitchParameter } from '@/lib/simulation/parameters';
import type { ControlProps } from './control-props';

export function SwitchControl({
  id,
  parameter,
  value,
  disabled,
  onValue,
}: ControlProps<SwitchParameter>): ReactNode {
  return (
    <div className="fig-control">
      <label className="fig-switch">
        <span className="fig-label">{parameter.label}</span>
        <span className="fig-switch-state" aria-hidden="true">
          {value ? 'on' : 'off'}
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={value}
          aria-checked={value}
          disabled={disabled}
          data-keys="button"
          aria-describedby={`${id}-about`}
          onChange={(event) => onValue(event.target.checked)}
        />
      </label>
      <p id={`${id}-about`} className="fig-about">
        {parameter.describe}
      </p>
    </div>
  );
}
