/** Apart from the measures, whose sentences no run needs. */
import type { Phenomenon } from './history';
import type { measures } from './measures';

/** Which measure counts a phenomenon. */
export const COUNTED = {
  'dirty-write': 'dirtyWrites',
  'dirty-read': 'dirtyReads',
  'stray-read': 'strayReads',
  'fuzzy-read': 'fuzzyReads',
  phantom: 'phantoms',
  'lost-update': 'lostUpdates',
  'read-skew': 'readSkews',
  'write-skew': 'writeSkews',
  'phantom-skew': 'phantomSkews',
} as const satisfies Record<Phenomenon, keyof typeof measures>;
