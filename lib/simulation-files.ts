/**
 * The files that the build writes for a simulation. One hash stands in the names of all of them, so
 * that a page names the script that runs it, and the others follow.
 */

/** The whole simulation as a script: judges runs (tasks, predictions) and runs the checks. */
export const wholeAddress = (bundle: string): string => beside(bundle, 'whole.js');

/** What is to be known of it without running it: a `Description`. */
export const descriptionAddress = (bundle: string): string => beside(bundle, 'json');

/** The sources of its models: what the tool "Code" shows. */
export const codeAddress = (bundle: string): string => beside(bundle, 'code.json');

const beside = (bundle: string, ending: string): string => bundle.replace(/js$/, ending);
