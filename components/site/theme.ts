/** Light, dark, or as the system has it: kept in the browser, put on the root element. */

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_KEY = 'steady-state:theme';

export const THEME_LABELS: Readonly<Record<Theme, string>> = {
  system: 'System',
  light: 'Light',
  dark: 'Dark',
};

/** What storage holds is not ours to trust. */
export function themeOf(stored: string | null): Theme {
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/**
 * Runs before the first paint, so that no page flashes in the wrong colours. Storage may be closed
 * to us (a blocked cookie): the system's theme is used then. The build puts its hash into the page's
 * content security policy.
 */
export const THEME_SCRIPT = `(function(r){r.dataset.js='';if(/Mac|iP(hone|ad|od)/.test(navigator.platform))r.dataset.mac='';try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')r.dataset.theme=t}catch(e){}})(document.documentElement)`;
