/**
 * Draws figures as static HTML, from the components that draw them live. What stands there is the
 * whole figure: its still, its numbers, its tables; only there is nothing to operate.
 */
import '@/components/controls/all';
import '@/components/views/all';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { comparisonData } from '@/components/charts/comparison-data';
import { ComparisonStill, ComparisonTable } from '@/components/charts/comparison-still';
import { IncidentStill } from '@/components/incident/still';
import { CurvesTable } from '@/components/tools/sweep/curves';
import { SweepStill } from '@/components/tools/sweep/still';
import type { DrawnRuns } from '@/lib/content/draw';
import type { FigureSpec } from '@/lib/content/figures';
import type { SimulationRecord } from '@/lib/content/simulations';
import type { Clock } from '@/lib/figure/clock';
import { createFigure, type Figure } from '@/lib/figure/figure';
import { completeSpec, type FigureSpec as RunSpec } from '@/lib/figure/spec';
import type { CheckDescriptions, Description, Race } from '@/lib/simulation/definition';
import { shortReady } from '@/lib/tools/sweep/ready';
import { CheckList } from './check-list';
import { FrameBottom, FrameTop } from './frame';
import type { LiveSpec } from './islands';
import { Measures } from './measures';
import { OmissionList } from './omitted';
import { PredictionForm } from './prediction-form';
import { ScenarioList } from './scenario-list';
import { inThousandths } from './still-text';
import { TaskList } from './task-list';

type Drawable =
  | Exclude<FigureSpec, { readonly kind: 'omissions' | 'checks' | 'incident' }>
  | Extract<LiveSpec, { readonly kind: 'incident' }>
  | (Extract<FigureSpec, { readonly kind: 'checks' }> & { readonly checks: CheckDescriptions });

/** What is drawn of a simulation. */
export type DrawnSimulation = Pick<
  SimulationRecord,
  'bundle' | 'description' | 'checks' | 'incidents'
>;

/**
 * The figure as an element of a page, with a place for its caption (`still-text.ts`). It carries what
 * `islands.ts` needs to bring it to life.
 *
 * @param made what its kind draws: a run, the curves of many, what the actions of an incident come to
 * @throws Error if a kind that draws runs is given none
 */
export function renderFigure(
  simulation: DrawnSimulation,
  spec: FigureSpec,
  made: Partial<DrawnRuns> = {},
): string {
  const { bundle, description } = simulation;
  const { race = null, sweep = null, standard = null } = made;
  if (spec.kind === 'omissions') {
    return renderToStaticMarkup(
      <div id={spec.figure} className="fig-omitted">
        <OmissionList description={description} />
      </div>,
    );
  }
  const live = drawable(simulation, spec);
  const [above, below] = draw(live, description, { race, sweep, standard });
  return inThousandths(
    renderToStaticMarkup(
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
    ),
  );
}

/** With what the script of a figure does not bring along. */
function drawable(
  { description, checks, incidents }: DrawnSimulation,
  spec: Exclude<FigureSpec, { readonly kind: 'omissions' }>,
): Drawable {
  if (spec.kind === 'checks') return { ...spec, checks };
  if (spec.kind !== 'incident') return spec;
  const declared = incidents[spec.incident];
  if (declared) return { ...spec, declared };
  throw new Error(
    `Expected an incident of “${description.title}” (${Object.keys(incidents).join(', ')}), got “${spec.incident}”.`,
  );
}

/** What `islands.ts` completes: the name is the element's, and most lists are the scenario's. */
function shortSpec(
  description: Description,
  { figure: _name, ...spec }: Drawable,
): Readonly<Record<string, unknown>> {
  if (spec.kind === 'sweep') return { kind: spec.kind, ...shortReady(description, spec) };
  // What they say is read off the still (checks-panel.tsx).
  if (spec.kind === 'checks') return { kind: spec.kind };
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
  { race, sweep, standard }: DrawnRuns,
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
    case 'incident': {
      if (!race || !standard) {
        throw new Error(`Expected the runs of the incident “${spec.incident}”, got none.`);
      }
      return [
        <IncidentStill
          key="still"
          figure={spec.figure}
          description={description}
          incident={spec.declared}
          race={race}
          standard={standard}
        />,
        null,
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
            {/* The numbers alone: what is folded away must not weigh as much as a figure. */}
            <div className="fig-inner">
              <Measures figure={figure} />
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
