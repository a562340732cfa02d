/**
 * Where the words of a sequence diagram stand, so that none stands on another: decided once for a whole
 * run, hence no word comes, goes or moves while the window follows `t`. Heights are fixed and widths are
 * not, so it is decided for the narrowest of phones and for the narrowest of what has more room. What
 * keeps apart there keeps apart on everything wider: places across are shares of the width, and of two
 * words beside each other the one further left must begin further left.
 */
import { formatValue } from '@/lib/simulation/format';
import type { Message, RecordingIndex } from '@/lib/simulation/recording-index';
import type { SequenceView } from '@/lib/simulation/views';
import { outcomeLabel } from './outcome-mark';
import { shortened } from './text';

/** Narrowest widths of the drawing, px: of a phone, and from where `.v-roomy-only` is shown. */
export const TIGHT_PX = 298;
const ROOMY_PX = 470;

/** Width of a letter, at most: what simulations write takes 0.37 to 0.56 of it. Share of the letters' size. */
const LETTER = 6.2 / 11;
const MESSAGE_FONT_PX = 11;
export const TAG_FONT_PX = 10.5;
/** Height that a line of words has for itself, px. */
const LINE_PX = 13;
/** Of it, above the base line. */
export const ASCENT_PX = 10;
const SELF_LETTERS_MAX = 18;
/** Where the label of a message to its own sender begins, px right of the lifeline. */
export const SELF_LABEL_PX = 18;
/** Distance of a tag from its lifeline, px. */
export const TAG_PX = 8;
/** How far below its moment the base line of a tag may stand, px; the nearest first. */
const TAG_DROPS_PX = [12, 12 + LINE_PX];

type Side = 'left' | 'right';

export interface TagPlace {
  readonly side: Side;
  /** Base line, px below the moment from which the value holds. */
  readonly dropPx: number;
}

/** A value of a state beside a lifeline, at the moment from which it holds. */
export interface Tag {
  readonly at: number;
  readonly text: string;
  /** Its lifeline, as a share of the width. */
  readonly share: number;
  /** Undefined where there is no room. */
  readonly tight: TagPlace | undefined;
  readonly roomy: TagPlace | undefined;
}

/** Words at a message; undefined where there is no room. */
export interface Words {
  readonly tight: string | undefined;
  readonly roomy: string | undefined;
}

export interface Labels {
  /** By the row of the message. */
  readonly words: (row: number) => Words;
  /** In order of time. */
  readonly tags: readonly Tag[];
}

/** Columns of the participants; a label stands in the right-most gap that its message crosses. */
export const columnsOf = (view: SequenceView): ReadonlyMap<string, number> =>
  new Map(view.participants.map(({ id }, i) => [id, i]));

/** The middle of a column, as a share of the width. */
export const columnShare = (column: number, { participants }: SequenceView): number =>
  (column + 0.5) / participants.length;

/** How far along its way a message carries its label: the middle of the right-most gap. */
export function labelShareOf(from: number, to: number): number {
  const gaps = Math.abs(to - from);
  if (gaps === 0) return 0.5;
  return to > from ? 1 - 0.5 / gaps : 0.5 / gaps;
}

/** How far the base line of a label stands above its arrow, px, where a phone's arrow falls so steeply. */
function riseOf(text: string, gaps: number, fallPx: number, gapPx: number): number {
  const slant = fallPx / (gaps * gapPx);
  const letters = Math.min(text.length, lettersIn(gapPx));
  return 5 + Math.min(9, slant * letters * LETTER * MESSAGE_FONT_PX * 0.4);
}

/** How many letters a gap between lifelines has room for. */
const lettersIn = (gapPx: number): number =>
  Math.max(4, Math.floor(gapPx / (LETTER * MESSAGE_FONT_PX)));

/** Base line of a message's label, px below the moment at which it was sent. */
export function labelBaseline(
  { label, kind, sentAt, arrivesAt }: Message,
  columns: readonly [number, number],
  { participants }: SequenceView,
  msPerPx: number,
): number {
  const gapPx = TIGHT_PX / participants.length;
  const [from, to] = columns;
  const fallPx = (arrivesAt - sentAt) / msPerPx;
  if (from === to) return fallPx / 2 + MESSAGE_FONT_PX * 0.35;
  const rise = riseOf(label || outcomeLabel(kind), Math.abs(to - from), fallPx, gapPx);
  return fallPx * labelShareOf(from, to) - rise;
}

interface Box {
  /** What it hangs on, as a share of the width, and its edges left and right of that, px. */
  readonly share: number;
  readonly left: number;
  readonly right: number;
  /** px from the moment 0. */
  readonly top: number;
}

/** Whether two boxes keep apart at this width and every greater one. */
function areApart(a: Box, b: Box, widthPx: number): boolean {
  if (Math.abs(a.top - b.top) >= LINE_PX) return true;
  if (a.share > b.share) return areApart(b, a, widthPx);
  const apart = a.share * widthPx + a.right <= b.share * widthPx + b.left;
  return (
    apart || (a.share === b.share && b.share * widthPx + b.right <= a.share * widthPx + a.left)
  );
}

/** The words that have their place already; near ones are found by their height. */
class Taken {
  private readonly byLine = new Map<number, Box[]>();

  constructor(private readonly widthPx: number) {}

  /** Takes the place, if it is free and within the drawing. */
  take(box: Box): boolean {
    const x = box.share * this.widthPx;
    if (x + box.left < 0 || x + box.right > this.widthPx) return false;
    const line = Math.floor(box.top / LINE_PX);
    for (const near of [line - 1, line, line + 1])
      for (const other of this.byLine.get(near) ?? [])
        if (!areApart(box, other, this.widthPx)) return false;
    this.byLine.set(line, [...(this.byLine.get(line) ?? []), box]);
    return true;
  }
}

/** Messages first, in order of sending: their words are more than those of states, which follow. */
export function labelsOf(view: SequenceView, index: RecordingIndex, msPerPx: number): Labels {
  const tight = new Taken(TIGHT_PX);
  const roomy = new Taken(ROOMY_PX);
  const words = new Map<number, Words>();
  const columns = columnsOf(view);
  const count = view.participants.length;
  for (const row of index.messages({})) {
    const message = index.message(row);
    const from = columns.get(message.from);
    const to = columns.get(message.to);
    if (from === undefined || to === undefined) continue;
    const baseline = message.sentAt / msPerPx + labelBaseline(message, [from, to], view, msPerPx);
    const top = baseline - ASCENT_PX;
    const text = message.label || outcomeLabel(message.kind);
    const share =
      from === to
        ? columnShare(from, view)
        : columnShare(from + (to - from) * labelShareOf(from, to), view);
    const firstOf = (taken: Taken, lengths: readonly number[]): string | undefined =>
      [...new Set(lengths.map((letters) => shortened(text, letters)))].find((shown) => {
        const wide = shown.length * LETTER * MESSAGE_FONT_PX;
        const left = from === to ? SELF_LABEL_PX : -wide / 2;
        return taken.take({ share, left, right: left + wide, top });
      });
    const fits = (widthPx: number): number => lettersIn(widthPx / count);
    words.set(
      row,
      from === to
        ? {
            tight: firstOf(tight, [SELF_LETTERS_MAX, fits(TIGHT_PX)]),
            roomy: firstOf(roomy, [SELF_LETTERS_MAX, fits(ROOMY_PX)]),
          }
        : {
            tight: firstOf(tight, [fits(TIGHT_PX)]),
            roomy: firstOf(roomy, [3 * fits(TIGHT_PX), fits(ROOMY_PX)]),
          },
    );
  }
  const tags = changesOf(view, index).map(({ at, text, column }): Tag => {
    const share = columnShare(column, view);
    // On the left, below the arrow that caused it; the first participant has more room on its right.
    const sides: readonly Side[] = column === 0 ? ['right', 'left'] : ['left', 'right'];
    const placeIn = (taken: Taken): TagPlace | undefined =>
      TAG_DROPS_PX.flatMap((dropPx) => sides.map((side): TagPlace => ({ side, dropPx }))).find(
        ({ side, dropPx }) => {
          const wide = text.length * LETTER * TAG_FONT_PX;
          const left = side === 'right' ? TAG_PX : -TAG_PX - wide;
          const top = at / msPerPx + dropPx - ASCENT_PX;
          return taken.take({ share, left, right: left + wide, top });
        },
      );
    return { at, text, share, tight: placeIn(tight), roomy: placeIn(roomy) };
  });
  const none: Words = { tight: undefined, roomy: undefined };
  return { words: (row) => words.get(row) ?? none, tags };
}

interface Change {
  readonly at: number;
  readonly text: string;
  readonly column: number;
}

/** The states of a view as they change, in order of time. */
function changesOf(view: SequenceView, index: RecordingIndex): readonly Change[] {
  const columns = columnsOf(view);
  return (view.states ?? [])
    .flatMap(({ node, field, label }): Change[] => {
      const column = columns.get(node);
      if (column === undefined) return [];
      const { at, value } = index.stateHistory(node, field);
      return Array.from(at, (moment, i) => {
        const held = value[i];
        const said = typeof held === 'number' ? formatValue(held, '') : `${held}`;
        return { at: moment, text: `${label} ${said}`, column };
      });
    })
    .sort((a, b) => a.at - b.at);
}
