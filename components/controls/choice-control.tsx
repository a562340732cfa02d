/** One of several: side by side where they fit on a line, in a list otherwise. */
import type { ReactNode } from 'react';
import type { ChoiceParameter } from '@/lib/simulation/parameters';
import type { ControlProps } from './control-props';

/** Letters that fit side by side on a phone. */
const LETTERS_MAX = 34;

export function ChoiceControl({
  id,
  parameter,
  value,
  disabled,
  onValue,
}: ControlProps<ChoiceParameter>): ReactNode {
  const options = Object.entries(parameter.options);
  const letters = options.reduce((sum, [, { label }]) => sum + label.length + 2, 0);
  const about = parameter.options[value]?.describe ?? parameter.describe;
  if (options.length <= 4 && letters <= LETTERS_MAX) {
    return (
      <fieldset className="fig-control" aria-describedby={`${id}-about`} disabled={disabled}>
        <legend className="fig-label">{parameter.label}</legend>
        <div className="fig-choice">
          {options.map(([option, { label }]) => (
            <label key={option} className="fig-option">
              <input
                type="radio"
                name={id}
                value={option}
                checked={option === value}
                data-keys="text"
                onChange={() => onValue(option)}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
        <p id={`${id}-about`} className="fig-about">
          {about}
        </p>
      </fieldset>
    );
  }
  return (
    <div className="fig-control">
      <label className="fig-label" htmlFor={`${id}-list`}>
        {parameter.label}
      </label>
      <select
        id={`${id}-list`}
        className="fig-select"
        value={value}
        disabled={disabled}
        data-keys="text"
        aria-describedby={`${id}-about`}
        onChange={(event) => onValue(event.target.value)}
      >
        {options.map(([option, { label }]) => (
          <option key={option} value={option}>
            {label}
          </option>
        ))}
      </select>
      <p id={`${id}-about`} className="fig-about">
        {about}
      </p>
    </div>
  );
}
