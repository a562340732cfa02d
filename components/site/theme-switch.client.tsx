'use client';
/** Chooses the theme: a button that shows three choices, all of them native controls. */
import { type ReactNode, useSyncExternalStore } from 'react';
import { THEME_KEY, THEME_LABELS, THEMES, type Theme, themeOf } from './theme';

const listeners = new Set<() => void>();

/** Another tab may choose as well; both follow. */
function subscribe(listener: () => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent): void => {
    if (key !== THEME_KEY) return;
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

function choose(theme: Theme): void {
  show(theme);
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Not remembered, but shown.
  }
  for (const listener of listeners) listener();
}

export function ThemeSwitch(): ReactNode {
  const theme = useSyncExternalStore(subscribe, current, () => 'system' as const);
  return (
    <div className="js-only">
      <button
        type="button"
        popoverTarget="theme"
        aria-label={`Theme: ${THEME_LABELS[theme]}`}
        title="Theme"
        className="grid size-10 cursor-pointer place-items-center text-ink-soft hover:text-ink"
      >
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <circle cx="9" cy="9" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M9 2.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" />
        </svg>
      </button>
      <div id="theme" popover="auto" className="theme-menu">
        <fieldset>
          <legend className="sr-only">Theme</legend>
          {THEMES.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="theme"
                value={each}
                checked={each === theme}
                onChange={() => choose(each)}
              />
              {THEME_LABELS[each]}
            </label>
          ))}
        </fieldset>
      </div>
    </div>
  );
}
