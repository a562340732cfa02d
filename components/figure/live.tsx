/**
 * Makes live what stands in a page as a still. Loaded when the first figure comes near; what only
 * some pages have (tasks, predictions, checks, all scenarios) comes as pieces of its own.
 */
import type { ReactNode } from 'react';
import { completeSpec, words } from '@/lib/figure/spec';
import type { Description } from '@/lib/simulation/definition';
import { type Engine, engineOf } from './engine';
import { LiveFrame } from './live-frame';
import type { MountProps } from './mount.client';
import { startFigure } from './start';

export interface Live {
  readonly render: (place: {
    readonly caption: ReactNode;
    readonly open: ReadonlySet<string>;
  }) => ReactNode;
  /** Ends frames and runs; the worker stays for the other figures. */
  readonly close: () => void;
}

/**
 * Everything that a figure needs to be drawn for the first time, its first run included.
 *
 * @throws Error with what the reader can do
 */
export async function prepare(props: MountProps): Promise<Live> {
  const engine = engineOf(props.bundle);
  // Checks and predictions do not run before they are asked to.
  const description = await engine.description();
  switch (props.kind) {
    case 'simulation':
      return prepareFigure(engine, description, props);
    case 'tasks': {
      const { startTasks, TasksPanel } = await import('./tasks-panel');
      const group = await startTasks(engine, description, {
        figure: props.figure,
        tasks: words(props.tasks) ?? Object.keys(description.tasks),
      });
      return { render: () => <TasksPanel group={group} />, close: group.figures.close };
    }
    case 'explorer': {
      const { ExplorerPanel, startExplorer } = await import('./explorer-panel');
      const figures = await startExplorer(engine, description);
      return {
        render: () => (
          <ExplorerPanel description={description} figureId={props.figure} figures={figures} />
        ),
        close: figures.close,
      };
    }
    case 'prediction': {
      const { PredictionPanel } = await import('./prediction-panel');
      return {
        render: () => (
          <PredictionPanel
            engine={engine}
            description={description}
            figureId={props.figure}
            prediction={props.prediction ?? ''}
          />
        ),
        close: () => undefined,
      };
    }
    case 'checks': {
      const { ChecksPanel } = await import('./checks-panel');
      return {
        render: () => (
          <ChecksPanel engine={engine} description={description} figureId={props.figure} />
        ),
        close: () => undefined,
      };
    }
    default:
      return props.kind satisfies never;
  }
}

async function prepareFigure(
  engine: Engine,
  description: Description,
  props: MountProps,
): Promise<Live> {
  const spec = completeSpec(description, props.scenario ?? '', {
    figure: props.figure,
    controls: words(props.controls),
    views: words(props.views),
    variants: words(props.variants),
    measures: words(props.measures),
  });
  const figure = await startFigure(engine, description, spec);
  return {
    render: ({ caption, open }) => <LiveFrame figure={figure} caption={caption} open={open} />,
    close: figure.close,
  };
}
