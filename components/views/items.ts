/** Messages on their way between places, for views in which they travel. */
import type { Outcome } from '@/lib/kernel/outcomes';
import type { RecordingIndex } from '@/lib/simulation/recording-index';

export interface Place {
  /** Share of the width. */
  readonly x: number;
  /** px from the top. */
  readonly y: number;
}

/** The straight line along which a message goes. */
export interface Way {
  readonly from: Place;
  readonly to: Place;
}

interface Item {
  readonly key: string;
  /** What it is, or `lost` once it is lost. */
  readonly outcome: Outcome;
  readonly x: number;
  readonly y: number;
  readonly opacity: number;
}

/** A lost message falls and fades for this share of its flight time. */
const FALL_SHARE = 0.6;
const FALL_PX = 26;

/** Several that set out together stand side by side across their way: 0, up, down, further up … */
function spread(rank: number): number {
  const step = ((rank + 1) >> 1) % 5;
  return (rank % 2 === 0 ? 1 : -1) * step * 4;
}

interface ItemOptions {
  readonly places: ReadonlyMap<string, Place>;
  /** The line between two places; from one to the other if it is left out. */
  readonly lane?: (from: Place, to: Place) => Way;
  readonly t: number;
  /** Messages under way that are drawn at most, the last ones; and as many lost ones. */
  readonly rowsMax: number;
}

/** The messages under way at `t`, and those just lost, where they are. */
export function itemsOf(
  index: RecordingIndex,
  { places, lane = (from, to) => ({ from, to }), t, rowsMax }: ItemOptions,
): readonly Item[] {
  const place = (row: number, at: number): Item | undefined => {
    const { from, to, kind, sentAt, arrivesAt } = index.message(row);
    const start = places.get(from);
    const end = places.get(to);
    if (!start || !end) return undefined;
    const { sentAt: times, from: froms, to: tos } = index.recording.messages;
    let rank = 0;
    while (
      rank < 10 &&
      times[row - rank - 1] === sentAt &&
      froms[row - rank - 1] === froms[row] &&
      tos[row - rank - 1] === tos[row]
    )
      rank++;
    const share = arrivesAt > sentAt ? (at - sentAt) / (arrivesAt - sentAt) : 1;
    const line = lane(start, end);
    // What a node sends to itself hops over it.
    const hop = from === to ? -120 * share * (1 - share) : 0;
    return {
      key: `${row}`,
      outcome: kind,
      x: line.from.x + (line.to.x - line.from.x) * share,
      y: line.from.y + (line.to.y - line.from.y) * share + spread(rank) + hop,
      opacity: 1,
    };
  };
  const items: Item[] = [];
  for (const row of index.inFlight(t).slice(-rowsMax)) {
    const item = place(row, t);
    if (item) items.push(item);
  }
  for (const row of index.justLost(t, FALL_SHARE).slice(-rowsMax)) {
    const { sentAt, arrivesAt, lostAt } = index.message(row);
    const item = place(row, lostAt);
    const fallen = (t - lostAt) / (FALL_SHARE * (arrivesAt - sentAt));
    if (item)
      items.push({
        ...item,
        outcome: 'lost',
        y: item.y + FALL_PX * fallen * fallen,
        opacity: Number((1 - fallen).toFixed(2)),
      });
  }
  return items;
}
