/**
 * Whether single keys act: the search's "/" and the keys of figures. Readers who dictate, or who use a
 * switch, may turn them off (WCAG 2.1.4); chords such as Ctrl-K stay.
 */
import { pageMemory } from '@/components/figure/page-memory';

/** Name under which it is kept; there only while they are off. */
export const SINGLE_KEYS = 'single-keys';

const isOff = (value: unknown): value is 'off' => value === 'off';

/** Asked at every key, since another tab or another switch may have changed it. */
export function singleKeysAct(): boolean {
  return pageMemory.read(SINGLE_KEYS, isOff) === undefined;
}

export function letSingleKeysAct(act: boolean): void {
  if (act) pageMemory.forget(SINGLE_KEYS);
  else pageMemory.write(SINGLE_KEYS, 'off');
}
