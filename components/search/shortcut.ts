/** Which keys open the search. */

type Keystroke = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>;

/**
 * ⌘K or Ctrl-K anywhere, and "/" where it is free.
 *
 * @param slashIsFree false where "/" is typed into a field, or single keys are switched off
 */
export function opensSearch(key: Keystroke, slashIsFree: boolean): boolean {
  if (key.key === '/') return slashIsFree && !key.altKey && !isChord(key);
  return (
    key.key.toLowerCase() === 'k' && !key.altKey && !key.shiftKey && key.metaKey !== key.ctrlKey
  );
}

function isChord({ metaKey, ctrlKey }: Keystroke): boolean {
  return metaKey || ctrlKey;
}

/**
 * What has been typed after a keystroke that came before there was a field for it.
 *
 * @returns the text; null if Escape took the search back; undefined if the keystroke was not for it
 */
export function typedBefore(text: string, key: Keystroke): string | null | undefined {
  if (isChord(key) || key.altKey) return undefined;
  if (key.key === 'Escape') return null;
  if (key.key === 'Backspace') return text.slice(0, -1);
  // Names of keys are longer than the characters that others type.
  return [...key.key].length === 1 ? text + key.key : undefined;
}

/** Inputs in which letters are not text: "/" may open the search from them. */
const NOT_TEXT = new Set(['button', 'checkbox', 'radio', 'range', 'reset', 'submit', 'color']);

/** Whether a keystroke on this element is typed into it. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !NOT_TEXT.has(target.type);
}

/** The longest selection that is taken for a question. */
const SELECTION_MAX = 80;

/** What the reader has selected, if it could be a query: a few words on one line. */
export function queryOfSelection(selected: string): string {
  const text = selected.trim();
  return text.length <= SELECTION_MAX && !text.includes('\n') ? text : '';
}
