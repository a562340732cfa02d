/** What a tool of a figure is: a button under a figure, and a panel that is fetched when it is pressed. */
import type { ComponentType } from 'react';
import type { Engine } from '@/components/figure/engine';
import type { Figure } from '@/lib/figure/figure';
import type { Description } from '@/lib/simulation/definition';

/** What a tool may reach beside the figure itself. */
export interface ToolContext {
  /** Runs the simulation of the figure; shared by all figures of the page that show it. */
  readonly engine: Engine;
  /** Address of the worker's script, for a tool that needs workers of its own. */
  readonly bundle: string;
}

export interface ToolPanelProps {
  readonly figure: Figure;
  readonly context: ToolContext;
  /** What was asked for when the tool was opened from elsewhere on the page (wish.ts). */
  readonly about?: string;
}

export type ToolPanel = ComponentType<ToolPanelProps>;

export interface Tool {
  /** Name of the folder in `components/tools`, and part of the ids of the page's elements. */
  readonly id: string;
  /** One or two words for the button. */
  readonly label: string;
  /** What it does, in one sentence; the button's title. */
  readonly describe: string;
  /** Whether there is anything to do with this simulation. */
  readonly applies: (description: Description) => boolean;
  /** Fetches the panel: no code of a tool is loaded before it is used. */
  readonly load: () => Promise<ToolPanel>;
}
