/**
 * A slider: a native range input over a line and marks of ours. What is dragged, or moves with time,
 * is written straight to the thumb and to the part of the line that is filled up to it: nothing else
 * is drawn anew.
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
import { flushSync } from 'react-dom';
import { inOwnTask } from '@/components/figure/frame-clock';

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

function writeAttribute(element: Element | null, name: string, value: string | undefined): void {
  if (value === undefined) element?.removeAttribute(name);
  else if (element?.getAttribute(name) !== value) element?.setAttribute(name, value);
}

/** Draws the line up to where the thumb stands. */
function fill(line: SVGLineElement | null, { valueAsNumber, min, max }: HTMLInputElement): void {
  const range = Number(max) - Number(min);
  const share = range > 0 ? (valueAsNumber - Number(min)) / range : 0;
  writeAttribute(line, 'x2', percent(share));
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

export function Track({
  value,
  onValue,
  follow,
  notch,
  keys,
  marks,
  max,
  'aria-valuetext': valueText,
  ...attributes
}: TrackProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef<SVGLineElement>(null);
  // What changes while it is dragged is written here: React writes name and type anew with each of it.
  const [first] = useState({ value, max, valueText });
  const latest = useRef({ value, onValue });
  /** Where the reader has put the thumb, until that is taken over. */
  const taken = useRef<number | undefined>(undefined);
  const move = useRef((to: number): void => {
    latest.current.value = to;
    if (taken.current !== undefined || !input.current) return;
    if (input.current.valueAsNumber !== to) input.current.value = String(to);
    fill(done.current, input.current);
  });
  useLayoutEffect(() => {
    latest.current.onValue = onValue;
    writeAttribute(input.current, 'max', String(max));
    writeAttribute(input.current, 'aria-valuetext', valueText);
    move.current(value);
  });
  useEffect(() => follow?.(move.current), [follow]);
  /** Takes over where the reader has put the thumb, and draws what follows. */
  const settle = (): void => {
    const to = taken.current;
    taken.current = undefined;
    if (!input.current || to === undefined) return;
    // Drawn at once: whatever the reader does next, the page that he does it to knows the value.
    flushSync(() => latest.current.onValue(to));
    // The thumb stands where the value is that was taken, also where that is none of its own.
    move.current(latest.current.value);
  };
  // The thumb has moved by itself; what follows from it is drawn after the frame that shows that.
  const take = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const isUnderWay = taken.current !== undefined;
    taken.current = target.valueAsNumber;
    fill(done.current, target);
    if (!isUnderWay) inOwnTask(settle);
  };
  return (
    <span className="fig-track">
      <svg className="fig-track-marks" width="100%" height="100%" aria-hidden="true">
        {/* From the edge, which is half a thumb further out. */}
        <line ref={done} className="fig-track-done" x1="-8" y1="50%" y2="50%" />
        {marks}
        {notch !== undefined && (
          <svg x={percent(notch)} y="50%" overflow="visible" aria-hidden="true">
            <rect className="fig-track-notch" x="-0.75" y="-5" width="1.5" height="10" />
          </svg>
        )}
      </svg>
      <input
        type="range"
        className="fig-range"
        data-keys={keys}
        {...attributes}
        ref={input}
        max={first.max}
        aria-valuetext={first.valueText}
        defaultValue={first.value}
        onChange={take}
        // Who goes on to something else, or presses the next key, does not wait for that.
        onBlur={settle}
        onKeyDown={settle}
      />
    </span>
  );
}
