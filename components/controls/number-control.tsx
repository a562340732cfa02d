/** A number: a slider to feel, a field to say exactly. */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Track } from '@/components/player/track';
import { placeOf, shareOf, sliderRange, valueAt } from '@/lib/figure/scale';
import { formatParameter, wordOf } from '@/lib/simulation/format';
import type { ControlProps } from './control-props';
import {
  boundsText,
  fieldText,
  fieldUnit,
  type NumberParameter,
  parseField,
  widestText,
} from './number-text';
import { useDraft } from './use-draft';

export function NumberControl({
  id,
  parameter,
  value,
  opened,
  disabled,
  onValue,
}: ControlProps<NumberParameter>): ReactNode {
  if (disabled) {
    return (
      <div className="fig-control">
        <div className="fig-control-head">
          <span className="fig-label">{parameter.label}</span>
          <NumberText parameter={parameter} value={value} />
        </div>
        <span className="fig-track" />
        <p className="fig-about">{parameter.describe}</p>
      </div>
    );
  }
  return (
    <div className="fig-control">
      <div className="fig-control-head">
        <label htmlFor={`${id}-slider`} id={`${id}-label`} className="fig-label">
          {parameter.label}
        </label>
        <NumberField
          id={`${id}-field`}
          label={parameter.label}
          parameter={parameter}
          value={value}
          disabled={false}
          onValue={onValue}
        />
      </div>
      <Track
        id={`${id}-slider`}
        keys="slider"
        {...sliderRange(parameter)}
        value={placeOf(parameter, value)}
        onValue={(place) => onValue(valueAt(parameter, place, value))}
        notch={shareOf(parameter, opened)}
        aria-valuetext={formatParameter(parameter, value)}
        aria-describedby={`${id}-about`}
      />
      <p id={`${id}-about`} className="fig-about">
        {parameter.describe}
      </p>
    </div>
  );
}

/** The number where there is nothing to operate, in the same place. */
function NumberText({
  parameter,
  value,
}: {
  readonly parameter: NumberParameter;
  readonly value: number;
}): ReactNode {
  const unit = fieldUnit(parameter);
  return (
    <span className="fig-number">
      <Word parameter={parameter} value={value} />
      <span className="fig-field fig-fit" data-widest={widestText(parameter)}>
        <span>{fieldText(parameter, value)}</span>
      </span>
      {unit.text !== '' && <span className="fig-unit">{unit.text}</span>}
    </span>
  );
}

/**
 * What the number stands for where it is no amount. Its place is kept, or the slider would leave the hand
 * that drags it there for a name that then takes two lines.
 */
function Word({
  parameter,
  value,
}: {
  readonly parameter: NumberParameter;
  readonly value: number;
}): ReactNode {
  const word = wordOf(parameter, value);
  const kept = word ?? parameter.zero ?? parameter.end;
  if (kept === undefined) return null;
  return (
    <>
      <span className="fig-unit fig-fit" data-widest={`${kept} =`}>
        {word !== undefined && <span>{`${word} =`}</span>}
      </span>{' '}
    </>
  );
}

/** The number as text; taken over on Enter and when the field is left. */
export function NumberField({
  id,
  label,
  parameter,
  value,
  disabled,
  onValue,
}: Pick<ControlProps<NumberParameter>, 'id' | 'parameter' | 'value' | 'disabled' | 'onValue'> & {
  readonly label: string;
}): ReactNode {
  const { text, refusal, handlers } = useDraft(fieldText(parameter, value), (typed) => {
    const number = parseField(parameter, typed);
    if (number === null) return `A number from ${boundsText(parameter)}`;
    onValue(number);
    const isHeld = number < parameter.min || number > parameter.max;
    return isHeld ? `Held to ${boundsText(parameter)}` : null;
  });
  const input = useRef<HTMLInputElement>(null);
  // Written here: React would write name, type and attribute anew with each value of a slider.
  const [first] = useState(text);
  useLayoutEffect(() => {
    if (input.current && input.current.value !== text) input.current.value = text;
  });
  const unit = fieldUnit(parameter);
  if (disabled) return <NumberText parameter={parameter} value={value} />;
  return (
    <span className="fig-number">
      <Word parameter={parameter} value={value} />
      <span className="fig-field fig-fit" data-widest={widestText(parameter)}>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          data-keys="text"
          aria-label={`${label}${unit.text === '' ? '' : `, in ${unit.text}`}`}
          aria-describedby={refusal === null ? undefined : `${id}-refusal`}
          ref={input}
          defaultValue={first}
          onFocus={(event) => event.currentTarget.select()}
          {...handlers}
        />
      </span>
      {unit.text !== '' && <span className="fig-unit">{unit.text}</span>}
      {refusal !== null && (
        <span id={`${id}-refusal`} className="fig-refusal" role="status">
          {refusal}
        </span>
      )}
    </span>
  );
}
