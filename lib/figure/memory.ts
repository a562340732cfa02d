/**
 * What the page remembers for the reader, on their machine only. Storage may be full, forbidden or
 * filled by another version of the site: reading then gives nothing, and writing does nothing.
 */
export interface Memory {
  /** The value under this name if it passes the test; undefined otherwise. */
  readonly read: <T>(name: string, isFit: (value: unknown) => value is T) => T | undefined;
  readonly write: (name: string, value: unknown) => void;
  readonly forget: (name: string) => void;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Of the names of all that is kept. */
export const PREFIX = 'steady-state:';

/** @param storage asked for at each use: where it is forbidden, the very access throws */
export function createMemory(storage: () => Storage): Memory {
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch {
      // Private windows and full disks; the page works without memory.
      return undefined;
    }
  };
  return {
    read: (name, isFit) =>
      attempt(() => {
        const text = storage().getItem(PREFIX + name);
        const value: unknown = text === null ? undefined : JSON.parse(text);
        return isFit(value) ? value : undefined;
      }),
    write: (name, value) => {
      attempt(() => storage().setItem(PREFIX + name, JSON.stringify(value)));
    },
    forget: (name) => {
      attempt(() => storage().removeItem(PREFIX + name));
    },
  };
}
