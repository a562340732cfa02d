/**
 * Draws figures as static HTML, from the components that draw them live. What stands there is the
 * whole figure: its still, its numbers, its tables; only there is nothing to operate.
 */
import '@/components/views/all';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { comparisonData } from '@/components/charts/comparison-data';
import { ComparisonStill, ComparisonTable } from '@/components/charts/comparison-still';
import { CurvesTable } from '@/components/lab/sweep/curves';
import { SweepStill } from '@/components/lab/sweep/still';
import type { FigureSpec } from '@/lib/content/figures';
import type { SimulationRecord } from '@/lib/content/simulations';
import type { Clock } from '@/lib/figure/clock';
import { createFigure, type Figure } from '@/lib/figure/figure';
import { completeSpec, type FigureSpec as RunSpec } from '@/lib/figure/spec';
import type { SweepCurves } from '@/lib/lab/sweep/curves';
import { shortReady } from '@/lib/lab/sweep/ready';
import type { Description, Race } from '@/lib/simulation/definition';
import { CheckList } from './check-list';
import { FrameBottom, FrameTop } from './frame';
import type { LiveSpec } from './islands';
import { OmissionList } from './omitted';
import { PredictionForm } from './prediction-form';
import { ScenarioList } from './scenario-list';
import { TaskList } from './task-list';

type Drawable =
  | Exclude<FigureSpec, { readonly kind: 'omissions' | 'checks' }>
  | Extract<LiveSpec, { readonly kind: 'checks' }>;

/** What is drawn of a simulation. */
export type DrawnSimulation = Pick<SimulationRecord, 'bundle' | 'description' | 'checks'>;

/**
 * The figure as an element of a page, with a place for its caption (`still-text.ts`). It carries what
 * `islands.ts` needs to bring it to life.
 *
 * @param race the run that is drawn; null for kinds that draw none
 * @param sweep what is drawn of a sweep, which is of many runs
 * @throws Error if a kind that draws runs is given none
 */
export function renderFigure(
  simulation: DrawnSimulation,
  spec: FigureSpec,
  race: Race | null,
  sweep: SweepCurves | null = null,
): string {
  const { bundle, description, checks } = simulation;
  if (spec.kind === 'omissions') {
    return renderToStaticMarkup(
      <div className="fig-omitted">
        <OmissionList description={description} />
      </div>,
    );
  }
  const live: Drawable = spec.kind === 'checks' ? { ...spec, checks } : spec;
  const [above, below] = draw(live, description, { race, sweep });
  return renderToStaticMarkup(
    <article
      id={spec.figure}
      className="fig"
      aria-labelledby={`${spec.figure}-title`}
      data-bundle={bundle}
      data-figure={JSON.stringify(shortSpec(description, live))}
    >
      <div className="fig-frame">
        <figure className="fig-part">
          <div>{above}</div>
          <figcaption className="fig-caption" />
        </figure>
        <div>{below}</div>
      </div>
    </article>,
  );
}

/** What `islands.ts` completes: the name is the element's, and most lists are the scenario's. */
function shortSpec(
  description: Description,
  { figure: _name, ...spec }: Drawable,
): Readonly<Record<string, unknown>> {
  if (spec.kind === 'sweep') return { kind: spec.kind, ...shortReady(description, spec) };
  if (spec.kind !== 'simulation') return spec;
  const whole: Readonly<Record<string, unknown>> = { ...completeSpec(description, spec.scenario) };
  return Object.fromEntries(
    Object.entries(spec).filter(
      ([key, value]) =>
        !Array.isArray(value) || JSON.stringify(value) !== JSON.stringify(whole[key]),
    ),
  );
}

/** What stands above and below the caption. */
function draw(
  spec: Drawable,
  description: Description,
  { race, sweep }: { readonly race: Race | null; readonly sweep: SweepCurves | null },
): readonly [ReactNode, ReactNode] {
  switch (spec.kind) {
    case 'simulation': {
      const figure = stillFigure(description, spec, race);
      return [<FrameTop key="top" figure={figure} />, <FrameBottom key="bottom" figure={figure} />];
    }
    case 'comparison': {
      const data = comparisonData(description, runOf(description, spec, race), spec);
      return [
        <ComparisonStill key="still" data={data} figure={spec.figure} />,
        <ComparisonTable key="table" data={data} />,
      ];
    }
    case 'sweep': {
      if (!sweep) throw new Error(`Expected the curves of “${spec.figure}” to draw, got none.`);
      return [
        <SweepStill
          key="still"
          figure={spec.figure}
          description={description}
          ready={spec}
          curves={sweep}
        />,
        <div key="table" className="fig-foot">
          <CurvesTable curves={sweep} />
        </div>,
      ];
    }
    case 'explorer': {
      const { figure: name, scenario } = spec;
      const first = completeSpec(description, scenario, { figure: scenario });
      const figure = stillFigure(description, first, race);
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
    case 'tasks':
      return [
        <TaskList
          key="list"
          figure={spec.figure}
          description={description}
          tasks={spec.tasks}
          done={new Set()}
          readings={{}}
          scenario={null}
          live={false}
        />,
        null,
      ];
    case 'prediction': {
      const declared = description.predictions[spec.prediction];
      if (!declared) {
        throw new Error(
          `Expected a prediction of "${description.id}" (${Object.keys(description.predictions).join(', ')}), got "${spec.prediction}".`,
        );
      }
      const run = completeSpec(description, declared.scenario, { figure: `${spec.figure}-run` });
      const figure = stillFigure(description, run, race);
      return [
        <div key="panel" className="fig-panel">
          <PredictionForm
            figure={spec.figure}
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
          figure={spec.figure}
          checks={spec.checks}
          states={{}}
          live={false}
          isRunning={false}
        />,
        null,
      ];
    default:
      return spec satisfies never;
  }
}

/** Time does not pass in a still. */
const STOPPED: Clock = { request: () => 0, cancel: () => undefined };

function stillFigure(description: Description, spec: RunSpec, race: Race | null): Figure {
  return createFigure({
    description,
    spec,
    clock: STOPPED,
    run: () => Promise.reject(new Error('A still does not run.')),
    live: false,
    initial: { race: runOf(description, spec, race), tasks: {}, predictions: {} },
  });
}

function runOf(
  description: Description,
  { scenario }: { readonly scenario: string },
  race: Race | null,
): Race {
  if (race) return race;
  throw new Error(
    `Expected a run of “${description.title}”, scenario “${scenario}”, to draw its still from, got none.`,
  );
}
