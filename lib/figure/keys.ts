/** The keys of a figure. They act only while the figure has the focus, and can be switched off. */

export type Command =
  | 'toggle'
  | 'next-event'
  | 'previous-event'
  | 'forward'
  | 'back'
  | 'start'
  | 'end'
  | 'reset'
  | 'faster'
  | 'slower'
  | 'help';

/** What has the focus, as far as keys go. */
export type KeyTarget =
  /** The figure itself, or its scene: takes all keys. */
  | 'frame'
  /** The slider of time: its arrows step through events. */
  | 'scrubber'
  /** Space and Enter are its own. */
  | 'button'
  /** Arrows, Home and End are its own: a slider, the cells of a grid, what scrolls by itself. */
  | 'slider'
  /** Every key is its own: fields, lists, editors. */
  | 'text';

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** What a key press asks for; null if it is none of the figure's. */
export function commandOf(press: KeyPress, target: KeyTarget): Command | null {
  // Chords belong to the browser and to assistive technology.
  if (press.ctrlKey || press.altKey || press.metaKey || target === 'text') return null;
  switch (press.key) {
    case ' ':
      return target === 'button' ? null : 'toggle';
    case 'ArrowRight':
      return target === 'slider' ? null : press.shiftKey ? 'forward' : 'next-event';
    case 'ArrowLeft':
      return target === 'slider' ? null : press.shiftKey ? 'back' : 'previous-event';
    case 'Home':
      return target === 'slider' ? null : 'start';
    case 'End':
      return target === 'slider' ? null : 'end';
    case '+':
    case '=':
      return 'faster';
    case '-':
    case '−':
      return 'slower';
    case 'r':
    case 'R':
      return 'reset';
    case '?':
      return 'help';
    default:
      return null;
  }
}
