/**
 * What scripts for Node may find of its `process` in a browser, in the place of the framework's, which
 * brings timers of its own. Some libraries ask it for settings, and there are none.
 */
export const env: Readonly<Record<string, string | undefined>> = {};
