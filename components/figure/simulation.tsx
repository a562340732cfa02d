/**
 * The elements of a guide that run: server components that take strings only. `still` and `bundle`
 * are put in by the compiler of guides.
 */
import './figure.css';
import type { ReactNode } from 'react';
import { href } from '@/lib/site';
import { Mount } from './mount.client';
import { readStill } from './read-still';

interface Compiled {
  /** Id of the simulation. */
  readonly id: string;
  readonly still: string;
  readonly bundle: string;
}

export interface SimulationProps extends Compiled {
  readonly scenario: string;
  /** Name in links, unique on the page; the scenario by default. */
  readonly figure?: string;
  readonly controls?: string;
  readonly views?: string;
  readonly variants?: string;
  readonly measures?: string;
  /** The caption, which states the conclusion. */
  readonly children?: ReactNode;
}

export function Simulation({
  scenario,
  figure = scenario,
  bundle,
  still,
  controls,
  views,
  variants,
  measures,
  children,
}: SimulationProps): ReactNode {
  return (
    <Mount
      kind="simulation"
      figure={figure}
      still={still}
      bundle={href(bundle)}
      scenario={scenario}
      controls={controls}
      views={views}
      variants={variants}
      measures={measures}
    >
      {children === undefined ? null : <figcaption className="fig-caption">{children}</figcaption>}
    </Mount>
  );
}

export interface ExplorerProps extends Compiled {
  readonly figure: string;
}

/** Not of a guide, but of the simulation's own page. */
export function Explorer({ figure, still, bundle }: ExplorerProps): ReactNode {
  return <Mount kind="explorer" figure={figure} still={still} bundle={href(bundle)} />;
}

export interface TasksProps extends Compiled {
  readonly tasks?: string;
  readonly figure?: string;
}

export function Tasks({ id, tasks, figure = `${id}-tasks`, still, bundle }: TasksProps): ReactNode {
  return <Mount kind="tasks" figure={figure} still={still} bundle={href(bundle)} tasks={tasks} />;
}

export interface PredictionProps extends Compiled {
  readonly prediction: string;
  readonly figure?: string;
}

export function Prediction({
  prediction,
  figure = `${prediction}-prediction`,
  still,
  bundle,
}: PredictionProps): ReactNode {
  return (
    <Mount
      kind="prediction"
      figure={figure}
      still={still}
      bundle={href(bundle)}
      prediction={prediction}
    />
  );
}

export interface ChecksProps extends Compiled {
  readonly figure?: string;
}

export function Checks({ id, figure = `${id}-checks`, still, bundle }: ChecksProps): ReactNode {
  return <Mount kind="checks" figure={figure} still={still} bundle={href(bundle)} />;
}

/** Plain text: there is nothing to run, and so nothing of it is sent as a program. */
export function Omissions({ still }: Compiled): ReactNode {
  const [html] = readStill(still);
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: our own components, rendered by the build
    <div className="fig-omitted" dangerouslySetInnerHTML={{ __html: html }} />
  );
}
