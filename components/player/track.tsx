/** A slider: a native range input over a line of our own, so that it can carry marks. */
import type { ChangeEvent, ComponentProps, ReactNode } from 'react';

type InputProps = Pick<
  ComponentProps<'input'>,
  'id' | 'disabled' | 'aria-label' | 'aria-labelledby' | 'aria-valuetext' | 'aria-describedby'
>;

export interface TrackProps extends InputProps {
  readonly min: number;
  readonly max: number;
  readonly step: number | 'any';
  readonly value: number;
  readonly onValue: (value: number) => void;
  /** Share of the line that is filled, 0 to 1. */
  readonly share: number;
  /** Where the line carries a notch (the value that the figure opened with), 0 to 1. */
  readonly notch?: number;
  /** Which keys are the figure's own here; see `KeyTarget`. */
  readonly keys: 'slider' | 'scrubber';
  /** Marks under the thumb, drawn in a square from 0 to 1000 that is stretched over the line. */
  readonly marks?: ReactNode;
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

export function Track({
  value,
  onValue,
  share,
  notch,
  keys,
  marks,
  ...input
}: TrackProps): ReactNode {
  return (
    <span className="fig-track">
      <svg className="fig-track-line" width="100%" height="100%" aria-hidden="true">
        {marks}
        <rect className="fig-track-rest" x="0" y="50%" width="100%" height="2" />
        <rect className="fig-track-done" x="0" y="50%" width={percent(share)} height="2" />
        {notch !== undefined && (
          <svg x={percent(notch)} y="50%" overflow="visible" aria-hidden="true">
            <rect className="fig-track-notch" x="-0.75" y="-4" width="1.5" height="10" />
          </svg>
        )}
      </svg>
      <input
        type="range"
        className="fig-range"
        data-keys={keys}
        value={value}
        onChange={(event: ChangeEvent<HTMLInputElement>) => onValue(event.target.valueAsNumber)}
        {...input}
      />
    </span>
  );
}
