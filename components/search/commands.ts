/** What can be done from the search, besides going somewhere. A new command is one more entry. */
import { chooseTheme } from '@/components/site/theme-store';
import type { PageTitles } from '@/lib/search/documents';

interface Command {
  /** Imperative or the name of what is switched on. */
  readonly title: string;
  /** Other names that it is searched by. */
  readonly names: readonly string[];
  readonly run: () => void;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  'theme-light': {
    title: 'Light theme',
    names: ['light mode', 'day', 'appearance'],
    run: () => chooseTheme('light'),
  },
  'theme-dark': {
    title: 'Dark theme',
    names: ['dark mode', 'night', 'appearance'],
    run: () => chooseTheme('dark'),
  },
  'theme-system': {
    title: 'System theme',
    names: ['automatic theme', 'theme of the system', 'appearance'],
    run: () => chooseTheme('system'),
  },
  print: {
    title: 'Print this page',
    names: ['PDF', 'paper'],
    run: () => print(),
  },
};

const SCHEME = 'command:';

/** The commands as documents, to be found among the pages. */
export const COMMAND_DOCUMENTS: readonly PageTitles[] = Object.entries(COMMANDS).map(
  ([id, { title, names }]) => ({ k: 'command', u: `${SCHEME}${id}`, t: title, a: names }),
);

/** Runs the command that a hit names; does nothing if there is no such command. */
export function runCommand(url: string): void {
  COMMANDS[url.slice(SCHEME.length)]?.run();
}
