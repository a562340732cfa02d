import type { KeyboardEvent } from 'react';

/** @returns what hears keys, and runs what is written at Ctrl-Enter (on a Mac ⌘-Enter) */
export const onRunKey =
  (onRun: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onRun();
  };
