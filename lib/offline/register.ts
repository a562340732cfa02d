/** The page's side of the service worker. */
import { BUILD_META, SERVICE_WORKER_PATH } from './needs';

/** Readers who ask for little data keep nothing that they have not asked for. */
interface WithConnection {
  readonly connection?: { readonly saveData?: boolean };
}

/**
 * Registers the service worker once the page has loaded. Only finished builds have one: there is none
 * in development, nor where SERVICE_WORKER=off was set.
 */
export function registerServiceWorker(basePath: string): void {
  if (document.querySelector(`meta[name="${BUILD_META}"]`) === null) return;
  // Absent over plain HTTP, save on this machine.
  if (!('serviceWorker' in navigator)) return;
  if ((navigator as WithConnection).connection?.saveData) return;
  const register = (): void => {
    navigator.serviceWorker
      .register(`${basePath}${SERVICE_WORKER_PATH}`, {
        scope: `${basePath}/`,
        updateViaCache: 'none',
      })
      .catch(() => {
        // Storage is closed to us, as in some private windows: the page works without.
      });
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
