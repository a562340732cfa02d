/** Pages in memory, with the CLOCK policy: a hand takes reference bits away, then a page. */

interface Frame {
  /** Undefined while the frame is empty. */
  page: number | undefined;
  isReferenced: boolean;
  /** Whether it was changed since it was read. */
  isDirty: boolean;
}

interface Pool {
  /** Makes a page present, and says in which frame. */
  readonly fix: (page: number) => { readonly frame: number; readonly wasThere: boolean };
  /** The page in this frame was changed. */
  readonly markDirty: (frame: number) => void;
  readonly frame: (frame: number) => Readonly<Frame>;
  /** Number of the frame that the hand looks at next. */
  readonly hand: () => number;
}

interface PoolOptions {
  /** A whole number from 1. */
  readonly frames: number;
  /** Called with the number of every frame that has changed. */
  readonly changed: (frame: number) => void;
}

export function createPool({ frames: size, changed }: PoolOptions): Pool {
  const frames = Array.from(
    { length: size },
    (): Frame => ({ page: undefined, isReferenced: false, isDirty: false }),
  );
  const places = new Map<number, number>();
  let hand = 0;
  const at = (place: number): Frame => {
    const frame = frames[place];
    if (frame) return frame;
    throw new Error(`Expected a frame from 0 to ${size - 1}, got ${place}.`);
  };

  /** Turns until a frame has not been used since the hand came by last. */
  const freeFrame = (): number => {
    while (at(hand).isReferenced) {
      at(hand).isReferenced = false;
      changed(hand);
      hand = (hand + 1) % size;
    }
    const found = hand;
    hand = (hand + 1) % size;
    return found;
  };

  return {
    fix: (page) => {
      const known = places.get(page);
      if (known !== undefined) {
        at(known).isReferenced = true;
        changed(known);
        return { frame: known, wasThere: true };
      }
      const place = freeFrame();
      const frame = at(place);
      if (frame.page !== undefined) places.delete(frame.page);
      frame.page = page;
      frame.isReferenced = true;
      frame.isDirty = false;
      places.set(page, place);
      changed(place);
      return { frame: place, wasThere: false };
    },
    markDirty: (place) => {
      at(place).isDirty = true;
      changed(place);
    },
    frame: at,
    hand: () => hand,
  };
}
