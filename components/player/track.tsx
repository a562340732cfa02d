/**
 * A slider: a native range input over marks of ours. Its line, filled up to the thumb, is drawn by the
 * thumb itself (player-live.css): what is dragged and what moves with time change nothing else.
 */
import {
  type ChangeEvent,
  type ComponentProps,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

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
  /** Hands over what moves the thumb without drawing anew, for a value that is another at every frame; the result ends that. */
  readonly follow?: (move: (value: number) => void) => () => void;
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
  follow,
  notch,
  keys,
  marks,
  ...attributes
}: TrackProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  // React would write a value that it controls, and with it the name and the type, three times a change.
  const [initial] = useState(value);
  const latest = useRef(value);
  const move = useRef((to: number): void => {
    latest.current = to;
    if (input.current && input.current.valueAsNumber !== to) input.current.value = String(to);
  });
  useLayoutEffect(() => move.current(value));
  useEffect(() => follow?.(move.current), [follow]);
  const take = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    onValue(target.valueAsNumber);
    // By then the value that was taken is drawn: the thumb stands there, also where that is none of its own.
    queueMicrotask(() => move.current(latest.current));
  };
  return (
    <span className="fig-track">
      {(marks !== undefined || notch !== undefined) && (
        <svg className="fig-track-marks" width="100%" height="100%" aria-hidden="true">
          {marks}
          {notch !== undefined && (
            <svg x={percent(notch)} y="50%" overflow="visible" aria-hidden="true">
              <rect className="fig-track-notch" x="-0.75" y="-5" width="1.5" height="10" />
            </svg>
          )}
        </svg>
      )}
      <input
        type="range"
        className="fig-range"
        data-keys={keys}
        {...attributes}
        ref={input}
        defaultValue={initial}
        onChange={take}
      />
    </span>
  );
}
