/** What is drawn in a cell of a grid: its texts, the letter of its class and its bits. */
import { memo, type ReactNode } from 'react';
import type { GridField, GridGroup } from '@/lib/simulation/views';
import { type Cell, isSet, saidOf } from './grid-cells';

/** So many letters fit into the narrowest cell of a phone. */
const LETTERS_THAT_FIT = 3;

/** What is drawn in a cell, as texts, so that a cell that stays the same is not drawn again. */
interface CellInk {
  readonly classes: string;
  /** Its number where it has no content of its own. */
  readonly content: string;
  /** A line each. */
  readonly lines: string;
  /** The letter of its class. */
  readonly letter: string;
  /** One letter per bit that was ever recorded: 1 set, 0 not; others are left out. */
  readonly bits: string;
}

export function ink({ fields }: GridGroup, { number, content, change, values }: Cell): CellInk {
  const hasContent = fields.some(({ as }) => as === 'content');
  const isEmpty = hasContent && content === '';
  const classes = ['v-cell'];
  if (isEmpty) classes.push('v-empty');
  if (change !== null) classes.push(`v-${change}`);
  const lines: string[] = [];
  let bits = '';
  let letter = '';
  for (const [i, field] of fields.entries()) {
    const value = values[i];
    if (isEmpty || value === undefined) {
      if (field.as === 'line') lines.push('');
      continue;
    }
    if (field.as === 'line') lines.push(saidOf(field, value, String) ?? '');
    else if (field.as === 'bit') bits += isSet(value) ? '1' : '0';
    else if (field.as === 'class') {
      const place = Object.keys(field.values).indexOf(String(value));
      if (place >= 0) classes.push('v-class', `c-${place + 1}`);
      letter = letterOf(field, String(value));
    }
  }
  const shown = hasContent ? content : number;
  if ([shown, ...lines].some(({ length }) => length > LETTERS_THAT_FIT)) classes.push('v-long');
  return {
    classes: classes.join(' '),
    content: shown,
    lines: lines.join('\n'),
    letter,
    bits,
  };
}

/** Names of up to two letters stand as they are, of others the first letter does. */
export function letterOf({ values }: Extract<GridField, { as: 'class' }>, value: string): string {
  const name = values[value] ?? value;
  return name.length <= 2 ? name : name.charAt(0).toUpperCase();
}

export const GridCell = memo(
  function GridCell({
    classes,
    content,
    lines,
    letter,
    bits,
    isChosen,
    isSought,
    option,
  }: CellInk & {
    readonly isChosen: boolean;
    readonly isSought: boolean;
    readonly option:
      | { readonly id: string; readonly name: string; readonly cell: string }
      | undefined;
  }): ReactNode {
    const className = `${classes}${isChosen ? ' v-chosen' : ''}${isSought ? ' v-sought' : ''}`;
    const inside = (
      <>
        {letter && <small className="v-letter">{letter}</small>}
        {content && <b>{content}</b>}
        {lines && <span>{lines}</span>}
        {bits && <Bits bits={bits} />}
      </>
    );
    if (!option) return <div className={className}>{inside}</div>;
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active cell.
      <div
        className={className}
        role="option"
        id={option.id}
        aria-label={option.name}
        aria-selected={isChosen}
        data-cell={option.cell}
      >
        {inside}
      </div>
    );
  },
  (a, b) =>
    a.classes === b.classes &&
    a.content === b.content &&
    a.lines === b.lines &&
    a.letter === b.letter &&
    a.bits === b.bits &&
    a.isChosen === b.isChosen &&
    a.isSought === b.isSought &&
    a.option?.name === b.option?.name &&
    a.option?.id === b.option?.id,
);

/** Bits differ in their forms: a circle, a square, a diamond; filled while they are set. */
export function Bits({ bits }: { readonly bits: string }): ReactNode {
  return (
    <i className="v-bits">
      {[...bits].map((bit, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bit is known by its place alone
        <i key={i} className={bit === '1' ? 'v-set' : undefined} />
      ))}
    </i>
  );
}
