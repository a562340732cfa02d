/** The scenarios of a simulation to choose from: one line of radio buttons above the figure. */
import type { ReactNode } from 'react';
import type { Description } from '@/lib/simulation/definition';

export function ScenarioList({
  figure,
  description,
  scenario,
  live,
  onChoose,
}: {
  readonly figure: string;
  readonly description: Description;
  /** The scenario on screen. */
  readonly scenario: string;
  readonly live: boolean;
  readonly onChoose?: (scenario: string) => void;
}): ReactNode {
  return (
    <fieldset className="fig-scenarios" disabled={!live}>
      <legend id={`${figure}-title`}>Scenario</legend>
      <div>
        {Object.entries(description.scenarios).map(([id, { title }]) => (
          <label key={id}>
            <input
              type="radio"
              name={figure}
              value={id}
              checked={id === scenario}
              readOnly={!live}
              onChange={live ? () => onChoose?.(id) : undefined}
            />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
