/** A whole simulation in one place: its scenarios to choose from, and the figure of the chosen one. */
import { type ReactNode, useState } from 'react';
import type { ToolContext } from '@/components/tools/tool';
import type { Figure } from '@/lib/figure/figure';
import { completeSpec } from '@/lib/figure/spec';
import type { Description } from '@/lib/simulation/definition';
import { addressedFigure, turnAddressTo } from './address';
import type { Engine } from './engine';
import { LiveFrame } from './live-frame';
import { Failure } from './notices';
import { type OneAtATime, oneAtATime } from './one-at-a-time';
import { ScenarioList } from './scenario-list';
import { startFigure } from './start';

/**
 * The figure of the scenario that the address names, by its anchor or its query; of the first one if
 * it names none.
 *
 * @throws Error if the first run fails
 */
export async function startExplorer(engine: Engine, description: Description): Promise<OneAtATime> {
  const scenarios = Object.keys(description.scenarios);
  // A figure here has the name that it has in a guide by default: that of its scenario.
  const start = (scenario: string): Promise<Figure> =>
    startFigure(engine, description, completeSpec(description, scenario, { figure: scenario }));
  return oneAtATime(await start(addressedFigure(scenarios) ?? scenarios[0] ?? ''), start);
}

export function ExplorerPanel({
  description,
  figureId,
  figures,
  context,
}: {
  readonly description: Description;
  readonly figureId: string;
  readonly figures: OneAtATime;
  readonly context: ToolContext;
}): ReactNode {
  const [figure, setFigure] = useState(figures.first);
  /** What the reader has chosen; the figure follows once its first run is there. */
  const [chosen, setChosen] = useState(figure.spec.scenario);
  const [failure, setFailure] = useState<string | null>(null);

  const open = (scenario: string): void => {
    setChosen(scenario);
    setFailure(null);
    // What the address said of the scenario before does not hold for this one.
    turnAddressTo(scenario);
    figures.open(scenario).then(
      (next) => {
        if (next !== null) setFigure(next);
      },
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
  };

  return (
    <>
      <ScenarioList
        figure={figureId}
        description={description}
        scenario={chosen}
        live
        onChoose={open}
      />
      {failure !== null && <Failure message={failure} retry={() => open(chosen)} />}
      <div id={figure.spec.figure} className="fig-inner">
        <LiveFrame key={figure.spec.figure} figure={figure} context={context} />
      </div>
    </>
  );
}
