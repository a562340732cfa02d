/**
 * Runs before the first paint of a figure in somebody's page: the theme is what its address says, or
 * what its host's is, and never what a reader has chosen for this site.
 */
export const EMBED_THEME_SCRIPT = `(function(r){var t=new URLSearchParams(location.search).get('theme');if(t==='light'||t==='dark')r.dataset.theme=t;else delete r.dataset.theme})(document.documentElement)`;
