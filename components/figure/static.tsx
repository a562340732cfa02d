/**
 * Draws figures as static HTML, from the components that draw them live. What stands there is the
 * whole figure: its still, its numbers, its tables; only there is nothing to operate.
 */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Clock } from '@/lib/figure/clock';
import { createFigure, type Figure } from '@/lib/figure/figure';
import { completeSpec, type FigureSpec } from '@/lib/figure/spec';
import type { Description, Race } from '@/lib/simulation/definition';
import { CheckList } from './check-list';
import { FrameBottom, FrameTop } from './frame';
import { OmissionList } from './omitted';
import { PredictionForm } from './prediction-form';
import { ScenarioList } from './scenario-list';
import { joinStill } from './still-text';
import { taskFigureId } from './task-figure';
import { TaskList } from './task-list';

/** What is drawn; each kind as the element of a guide that stands for it. */
export type StaticOptions =
  | ({ readonly kind: 'simulation' } & FigureSpec)
  | { readonly kind: 'explorer'; readonly figure: string; readonly scenario: string }
  | { readonly kind: 'tasks'; readonly figure: string; readonly tasks: readonly string[] }
  | { readonly kind: 'prediction'; readonly figure: string; readonly prediction: string }
  | { readonly kind: 'checks'; readonly figure: string }
  | { readonly kind: 'omissions'; readonly figure: string };

/**
 * HTML in two parts, above and below the caption, with a mark between them (`still-text.ts`).
 *
 * @param race the run that is drawn; null for kinds that draw none
 * @throws Error if a kind that draws a run is given none
 */
export function renderStatic(
  kind: StaticOptions['kind'],
  description: Description,
  race: Race | null,
  options: StaticOptions,
): string {
  if (options.kind !== kind) {
    throw new Error(
      `Expected options of kind "${kind}", got "${options.kind}". Pass the figure's own spec.`,
    );
  }
  const [above, below] = draw(options, description, race);
  return joinStill([renderToStaticMarkup(above), renderToStaticMarkup(below)]);
}

function draw(
  options: StaticOptions,
  description: Description,
  race: Race | null,
): readonly [ReactNode, ReactNode] {
  switch (options.kind) {
    case 'simulation': {
      const figure = stillFigure(description, options, race);
      return [<FrameTop key="top" figure={figure} />, <FrameBottom key="bottom" figure={figure} />];
    }
    case 'explorer': {
      const { figure: name, scenario } = options;
      const spec = completeSpec(description, scenario, { figure: scenario });
      const figure = stillFigure(description, spec, race);
      return [
        <>
          <ScenarioList figure={name} description={description} scenario={scenario} live={false} />
          <div className="fig-inner">
            <FrameTop figure={figure} />
          </div>
        </>,
        <FrameBottom key="bottom" figure={figure} />,
      ];
    }
    case 'tasks': {
      const { figure: name, tasks } = options;
      const scenario = description.tasks[tasks[0] ?? '']?.scenario ?? '';
      const spec = completeSpec(description, scenario, { figure: taskFigureId(name, scenario) });
      const figure = stillFigure(description, spec, race);
      return [
        <>
          <TaskList
            figure={name}
            description={description}
            tasks={tasks}
            done={new Set()}
            readings={{}}
            scenario={scenario}
            live={false}
          />
          <div className="fig-inner">
            <FrameTop figure={figure} />
          </div>
        </>,
        <FrameBottom key="bottom" figure={figure} />,
      ];
    }
    case 'prediction': {
      const declared = description.predictions[options.prediction];
      if (!declared) {
        throw new Error(
          `Expected a prediction of "${description.id}" (${Object.keys(description.predictions).join(', ')}), got "${options.prediction}".`,
        );
      }
      const spec = completeSpec(description, declared.scenario, {
        figure: `${options.figure}-run`,
      });
      const figure = stillFigure(description, spec, race);
      return [
        <div key="panel" className="fig-panel">
          <PredictionForm
            figure={options.figure}
            question={declared.question}
            options={declared.options}
            chosen={null}
            isOpen={false}
          />
          <details className="fig-panel-action">
            <summary>What happens</summary>
            <p className="fig-verdict">{declared.explain}</p>
            <div className="fig-inner">
              <FrameTop figure={figure} />
              <FrameBottom figure={figure} />
            </div>
          </details>
        </div>,
        null,
      ];
    }
    case 'checks':
      return [
        <CheckList
          key="list"
          figure={options.figure}
          description={description}
          states={{}}
          live={false}
          isRunning={false}
        />,
        null,
      ];
    case 'omissions':
      return [<OmissionList key="list" description={description} />, null];
    default:
      return options satisfies never;
  }
}

/** Time does not pass in a still. */
const STOPPED: Clock = { request: () => 0, cancel: () => undefined };

function stillFigure(description: Description, spec: FigureSpec, race: Race | null): Figure {
  if (!race) {
    throw new Error(
      `Expected a run of “${description.title}”, scenario “${spec.scenario}”, to draw its still from, got none.`,
    );
  }
  return createFigure({
    description,
    spec,
    clock: STOPPED,
    run: () => Promise.reject(new Error('A still does not run.')),
    live: false,
    initial: { race, tasks: {}, predictions: {} },
  });
}
