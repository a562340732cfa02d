'use client';
/** Chooses the theme: a button that shows three choices. */
import type { ReactNode } from 'react';
import { THEME_LABELS } from './theme';
import { ThemeChoice } from './theme-choice.client';
import { useTheme } from './theme-store';

export function ThemeSwitch(): ReactNode {
  const theme = useTheme();
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
      <div id="theme" popover="auto" className="header-popover">
        <fieldset>
          <legend className="sr-only">Theme</legend>
          <ThemeChoice name="theme" />
        </fieldset>
      </div>
    </div>
  );
}
