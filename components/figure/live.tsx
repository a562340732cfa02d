/**
 * Makes live what stands in a page as a still. Loaded when the first figure comes near; what only
 * some pages have (tasks, predictions, checks, all scenarios) comes as pieces of its own.
 */
import type { ReactNode } from 'react';
// What every kind of view draws with comes once, with the frame, and not with each kind again.
import '@/components/charts/scale';
import '@/components/views/outcome-mark';
import '@/components/views/text';
import type { ToolContext } from '@/components/tools/tool';
import { fetchViews, isViewKind } from '@/components/views/view';
import { completeSpec } from '@/lib/figure/spec';
import { wholeAddress } from '@/lib/simulation-files';
import { calm } from './calm';
import { descriptionOf } from './description';
import { engineOf, ownEngine } from './engine';
import type { LiveSpec, Place, Start } from './islands';
import { LiveFrame } from './live-frame';
import { drawInto } from './root';
import { startFigure } from './start';
import './live.css';

/** What needs the whole simulation, and that only when the reader asks. */
const WHOLE: ReadonlySet<LiveSpec['kind']> = new Set(['tasks', 'prediction', 'checks']);

/** What is drawn, and what ends its frames and runs; the worker stays for the other figures. */
interface Live {
  readonly content: ReactNode;
  readonly close: () => void;
}

export const start: Start = async (place) => {
  const { bundle, spec } = place;
  const needsWhole = WHOLE.has(spec.kind);
  const engine = engineOf(needsWhole ? wholeAddress(bundle) : bundle);
  // Whoever asks for no judgement waits for nothing but a run.
  if (!needsWhole) engine.start();
  const { content, close } = await prepare(place, { engine, bundle });
  // The reader may have begun to drag something while the first run was under way.
  await calm();
  const erase = drawInto(place.element, content, place.failed);
  return () => {
    erase();
    close();
  };
};

/**
 * Everything that a figure needs to be drawn for the first time, its first run included.
 *
 * @throws Error with what the reader can do
 */
async function prepare({ element, spec }: Place<LiveSpec>, context: ToolContext): Promise<Live> {
  const { engine } = context;
  // Checks load nothing, and predictions run nothing, before they are asked to.
  if (spec.kind === 'checks') {
    const { ChecksPanel, readChecks } = await import('./checks-panel');
    // A check takes up to seconds in one go, for which no figure should wait.
    const own = ownEngine(wholeAddress(context.bundle));
    return {
      content: <ChecksPanel engine={own} checks={readChecks(element)} figureId={spec.figure} />,
      close: own.end,
    };
  }
  // Together with the worker's script: what there is to be drawn stands in the still.
  const drawn = [...element.querySelectorAll<HTMLElement>('.fig-view')];
  fetchViews(drawn.map(({ dataset }) => dataset.kind).filter(isViewKind)).catch(() => undefined);
  const description = await descriptionOf(context.bundle);
  switch (spec.kind) {
    case 'simulation': {
      const whole = completeSpec(description, spec.scenario, spec);
      const figure = await startFigure(engine, description, whole);
      return {
        content: (
          <LiveFrame
            figure={figure}
            context={context}
            caption={captionOf(element)}
            open={openSections(element)}
          />
        ),
        close: figure.close,
      };
    }
    case 'explorer': {
      const { startExplorer, ExplorerPanel } = await import('./explorer-panel');
      const figures = await startExplorer(engine, description);
      return {
        content: (
          <ExplorerPanel
            description={description}
            figureId={spec.figure}
            figures={figures}
            context={context}
          />
        ),
        close: figures.close,
      };
    }
    case 'tasks': {
      const { startTasks, TasksPanel } = await import('./tasks-panel');
      const group = await startTasks(engine, description, spec);
      return {
        content: <TasksPanel group={group} context={context} />,
        close: group.figures.close,
      };
    }
    case 'prediction': {
      const { PredictionPanel } = await import('./prediction-panel');
      return {
        content: (
          <PredictionPanel
            context={context}
            description={description}
            figureId={spec.figure}
            prediction={spec.prediction}
          />
        ),
        close: () => undefined,
      };
    }
    case 'comparison':
    case 'incident':
    case 'lab':
    case 'sweep':
      throw new Error(
        `Expected a figure that runs, got a ${spec.kind}, which has its own program.`,
      );
    default:
      return spec satisfies never;
  }
}

/** The guide's own words, as they stand in the still. */
function captionOf(element: HTMLElement): ReactNode {
  const html = element.querySelector('.fig-caption')?.innerHTML;
  if (!html) return null;
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: taken from the page itself
    <figcaption className="fig-caption" dangerouslySetInnerHTML={{ __html: html }} />
  );
}

/** Sections that the reader has opened in the still stay open in what takes its place. */
function openSections(element: HTMLElement): ReadonlySet<string> {
  const sections = element.querySelectorAll<HTMLElement>('details[open][data-section]');
  return new Set([...sections].map(({ dataset }) => dataset.section ?? ''));
}
