/** Styles that come with what needs them. */

const loading = new Map<string, Promise<void>>();

/**
 * Adds a stylesheet to the page, once, and waits for it.
 *
 * @throws Error if it could not be loaded; the next call tries again
 */
export function loadStyles(address: string): Promise<void> {
  const known = loading.get(address);
  if (known) return known;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  const loaded = new Promise<void>((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      loading.delete(address);
      reject(new Error('Its styles could not be loaded: check the connection.'));
    };
  });
  loading.set(address, loaded);
  document.head.append(link);
  return loaded;
}
