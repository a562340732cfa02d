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
 * letter. Storage may be closed to us: "/" acts then. Escape takes all of it back, and after five seconds the
 * keys are the browser's again, since the programs may never come. Runs before any other program; the build
 * puts its hash into the page's content security policy.
 */
export const EARLY_KEYS_SCRIPT = `(function(k){function on(e){var c=e.ctrlKey||e.metaKey,n=e.key;try{if(!document.getElementById('search')||(k[0]?c||!/^(.|Esc.*|Backs.*)$/.test(n):n!==(c?'k':'/')||!c&&localStorage.getItem('${PREFIX}${SINGLE_KEYS}')))return}catch(e){}k[0]||setTimeout(earlyKeys,5e3);k.push(e);if(n==='Escape')k=[];e.preventDefault()}addEventListener('keydown',on);earlyKeys=function(){removeEventListener('keydown',on);return k}})([])`;

/** The keys so far, once: whoever takes them hears those that follow himself. */
export function takeEarlyKeys(): readonly KeyboardEvent[] {
  const keys = globalThis.earlyKeys?.() ?? [];
  globalThis.earlyKeys = undefined;
  return keys;
}
