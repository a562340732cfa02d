/** The theme on the page, and in the memory of the browser: one store for every control that sets it. */
import { useSyncExternalStore } from 'react';
import { THEME_KEY, type Theme, themeOf } from './theme';

const listeners = new Set<() => void>();

/** Another tab may choose as well; all follow. */
function subscribe(listener: () => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent): void => {
    // No key: everything was cleared.
    if (key !== THEME_KEY && key !== null) return;
    show(themeOf(newValue));
    listener();
  };
  listeners.add(listener);
  addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', onStorage);
  };
}

/** What is on the page is the truth; storage may be closed to us. */
function current(): Theme {
  return themeOf(document.documentElement.dataset.theme ?? null);
}

function show(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  show(theme);
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Not remembered, but shown.
  }
  for (const listener of listeners) listener();
}

/** The theme that was chosen, "system" on the server. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => 'system' as const);
}
