/** A question that is answered before the run. */
import type { ReactNode } from 'react';

export interface PredictionFormProps {
  readonly figure: string;
  readonly question: string;
  readonly options: Readonly<Record<string, string>>;
  readonly chosen: string | null;
  /** Whether the answer can still be changed. */
  readonly isOpen: boolean;
  readonly onChoose?: (option: string) => void;
}

export function PredictionForm({
  figure,
  question,
  options,
  chosen,
  isOpen,
  onChoose,
}: PredictionFormProps): ReactNode {
  return (
    <fieldset className="fig-prediction" disabled={!isOpen}>
      <legend className="fig-title" id={`${figure}-title`}>
        {question}
      </legend>
      {Object.entries(options).map(([option, label]) => (
        <label key={option} className="fig-answer">
          <input
            type="radio"
            name={`${figure}-option`}
            value={option}
            checked={option === chosen}
            onChange={() => onChoose?.(option)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
