/** A named list to choose from, as the forms of this panel have many. */
import { type ReactNode, useId } from 'react';

export function Select<T extends string>({
  label,
  value,
  options,
  about,
  onValue,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly about?: string;
  readonly onValue: (value: T) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="tool-traffic-field">
      <label className="fig-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="fig-select"
        data-keys="text"
        value={value}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        onChange={({ target }) => {
          const chosen = options.find(([option]) => option === target.value);
          if (chosen) onValue(chosen[0]);
        }}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
      {about !== undefined && (
        <p className="fig-about" id={`${id}-about`}>
          {about}
        </p>
      )}
    </div>
  );
}

export function Check({
  label,
  checked,
  about,
  onValue,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly about?: string;
  readonly onValue: (checked: boolean) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="tool-traffic-field">
      <label className="fig-option">
        <input
          type="checkbox"
          data-keys="button"
          checked={checked}
          aria-describedby={about === undefined ? undefined : `${id}-about`}
          onChange={({ target }) => onValue(target.checked)}
        />
        <span>{label}</span>
      </label>
      {about !== undefined && (
        <p className="fig-about" id={`${id}-about`}>
          {about}
        </p>
      )}
    </div>
  );
}
