/**
 * Keys for the search that are pressed while a page can be read already and its programs are still on their
 * way: Ctrl-K would go to the browser, and what is typed after it to nobody.
 */
import { SINGLE_KEYS } from '@/components/site/single-keys';
import { PREFIX } from '@/lib/figure/memory';

declare global {
  /** Set by the script below. */
  var earlyKeys: (() => readonly KeyboardEvent[]) | undefined;
}

/**
 * Where there is a search, keeps a key that opens it (`opensSearch` in shortcut.ts) and those after it that
 * `typedBefore` would take, and keeps the browser from them. The HTML has no field in which "/" would be a
 * letter. Runs before any other program; the build puts its hash into the page's content security policy.
 */
export const EARLY_KEYS_SCRIPT = `(function(k){function on(e){var c=e.ctrlKey||e.metaKey;if(document.getElementById('search')&&(k[0]?!c&&/^(.|Esc.*|Backs.*)$/.test(e.key):c?e.key==='k':e.key==='/'&&!localStorage.getItem('${PREFIX}${SINGLE_KEYS}'))){k.push(e);e.preventDefault()}}addEventListener('keydown',on);earlyKeys=function(){removeEventListener('keydown',on);return k}})([])`;

/** The keys so far, once: whoever takes them hears those that follow himself. */
export function takeEarlyKeys(): readonly KeyboardEvent[] {
  const keys = globalThis.earlyKeys?.() ?? [];
  globalThis.earlyKeys = undefined;
  return keys;
}
