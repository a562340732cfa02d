'use client';
/** The three themes as native radio buttons. */
import type { ReactNode } from 'react';
import { THEME_LABELS, THEMES } from './theme';
import { chooseTheme, useTheme } from './theme-store';
import { useIsLive } from './use-is-live';

/** @param name of the group of buttons, unique on the page */
export function ThemeChoice({ name }: { readonly name: string }): ReactNode {
  const theme = useTheme();
  const isLive = useIsLive();
  return THEMES.map((each) => (
    <label key={each}>
      <input
        type="radio"
        name={name}
        value={each}
        checked={each === theme}
        disabled={!isLive}
        onChange={() => chooseTheme(each)}
      />
      {THEME_LABELS[each]}
    </label>
  ));
}
