/** What this browser keeps, as pages show it and clear it. */
import { BASE_PATH } from '../site';
import { forgetPages, type KeptPage, keptPages } from './kept';

/** Newest first; nothing where storage is closed to us, or absent as it is over plain HTTP. */
export async function pagesKeptHere(): Promise<KeptPage[]> {
  if (!('caches' in globalThis)) return [];
  try {
    return await keptPages({ caches, fetch, basePath: BASE_PATH, now: Date.now }).list();
  } catch {
    return [];
  }
}

/** Clears them; pages that are read from now on are kept again. */
export async function forgetPagesKeptHere(): Promise<void> {
  if ('caches' in globalThis) await forgetPages(caches);
}
