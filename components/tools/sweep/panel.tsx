/**
 * The sweep tool: a measure over the whole range of a parameter, computed around the figure as it
 * stands. Begins at once and becomes finer while it is looked at.
 */
import './sweep.css';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { useFigure } from '@/components/figure/use-figure';
import type { ToolPanelProps } from '@/components/tools/tool';
import type { Figure, FigureState } from '@/lib/figure/figure';
import { formatValue } from '@/lib/simulation/format';
import { declaredResults } from '@/lib/simulation/measures';
import { sweepCurves } from '@/lib/tools/sweep/curves';
import {
  type Against,
  changedSince,
  DETAILS,
  type Detail,
  firstOrder,
  type Order,
  orderedMeasures,
  orderedParameters,
  orderOn,
  planOf,
  pointsOf,
  SEEDS,
} from '@/lib/tools/sweep/order';
import type { SweepPlan } from '@/lib/tools/sweep/plan';
import { sweepGrid, sweepPlane } from '@/lib/tools/sweep/plane';
import { failureWords } from '@/lib/tools/sweep/words';
import { CurvesFrame, CurvesTable } from './curves';
import { GridChart } from './grid-chart';
import { LivePlot } from './live-plot';
import { PlaneChart } from './plane-chart';
import { type SweepProgress, useSweep } from './use-sweep';

/** What was chosen for a figure stays chosen when its panel is closed and opened again. */
const orders = new WeakMap<Figure, Order>();

interface Begun {
  readonly order: Order;
  readonly plan: SweepPlan;
}

export function SweepPanel({ figure, context }: ToolPanelProps): ReactNode {
  const begin = (wanted: Order): Begun => {
    const state = figure.store.get();
    const order = orderOn(figure, state.traffic, wanted);
    orders.set(figure, order);
    return { order, plan: planOf(figure, state, order) };
  };
  const [{ order, plan }, setBegun] = useState(() =>
    begin(orders.get(figure) ?? firstOrder(figure, figure.store.get().traffic)),
  );
  const sweep = useSweep(plan, context.bundle);
  const parameters = useFigure(figure, (state) => state.parameters);
  const seed = useFigure(figure, (state) => state.seed);
  const traffic = useFigure(figure, (state) => state.traffic);
  const choose = (change: Partial<Order>): void => setBegun(begin({ ...order, ...change }));

  return (
    <div className="tool-sweep">
      <OrderForm figure={figure} traffic={traffic} order={order} onChange={choose} />
      <Progress
        plan={plan}
        sweep={sweep}
        changed={changedSince(plan, { parameters, seed, traffic })}
        nameOf={(id) => figure.description.parameters[id]?.label ?? id}
        again={() => choose({})}
      />
      <Chart figure={figure} order={order} plan={plan} sweep={sweep} parameters={parameters} />
    </div>
  );
}

function Chart({
  figure,
  order,
  plan,
  sweep,
  parameters,
}: {
  readonly figure: Figure;
  readonly order: Order;
  readonly plan: SweepPlan;
  readonly sweep: SweepProgress;
  readonly parameters: Readonly<Record<string, unknown>>;
}): ReactNode {
  const { description } = figure;
  const { outcomes } = sweep;
  const { against, measure, parameter, variant } = order;
  const [at, setAt] = useState<number | null>(null);
  const presentOf = (id: string): number | null => {
    const value = parameters[id];
    return typeof value === 'number' ? value : null;
  };
  const present = presentOf(parameter);
  const curves = useMemo(
    () =>
      against.kind === 'nothing'
        ? sweepCurves(description, plan, outcomes, { measures: [measure], present })
        : null,
    [against, description, plan, outcomes, measure, present],
  );
  switch (against.kind) {
    case 'nothing':
      if (curves === null) return null;
      return (
        <>
          <CurvesFrame
            curves={curves}
            plot={(panel) => (
              <LivePlot
                curves={curves}
                panel={panel}
                at={at !== null && at < curves.values.length ? at : null}
                onAt={setAt}
                onTake={(value) => figure.setParameter(parameter, value)}
              />
            )}
          />
          <CurvesTable curves={curves} />
        </>
      );
    case 'parameter':
      return (
        <GridChart
          grid={sweepGrid(description, plan, outcomes, { measure, variant })}
          present={{ x: present, y: presentOf(against.id) }}
          onTake={(x, y) => {
            figure.setParameter(parameter, x);
            figure.setParameter(against.id, y);
          }}
        />
      );
    case 'measure':
      return (
        <PlaneChart
          plane={sweepPlane(description, plan, outcomes, { x: measure, y: against.id })}
          present={present}
          onTake={(value) => figure.setParameter(parameter, value)}
        />
      );
    default:
      return against satisfies never;
  }
}

function OrderForm({
  figure,
  traffic,
  order,
  onChange,
}: {
  readonly figure: Figure;
  readonly traffic: FigureState['traffic'];
  readonly order: Order;
  readonly onChange: (change: Partial<Order>) => void;
}): ReactNode {
  const id = useId();
  const { description, spec } = figure;
  // What is swept is offered as long as it is on screen, though another traffic has come.
  const parameters = [...new Set([...orderedParameters(figure, traffic), order.parameter])];
  const results = new Map(
    declaredResults(description.measures).map((result) => [result.id, result]),
  );
  const measures = orderedMeasures(figure);
  const { against } = order;
  const parameterName = (each: string): string => description.parameters[each]?.label ?? each;
  const measureName = (each: string): string => results.get(each)?.label ?? each;
  return (
    <div className="tool-form">
      <Select
        id={`${id}-parameter`}
        label="Sweep"
        value={order.parameter}
        options={parameters.map((each) => [each, parameterName(each)])}
        onValue={(parameter) =>
          onChange({
            parameter,
            // A parameter has no second axis against itself.
            ...(against.kind === 'parameter' && against.id === parameter
              ? { against: { kind: 'nothing' } }
              : {}),
          })
        }
      />
      <Select
        id={`${id}-measure`}
        label="Measure"
        value={order.measure}
        options={measures.map((each) => [each, measureName(each)])}
        onValue={(measure) =>
          onChange({
            measure,
            ...(against.kind === 'measure' && against.id === measure
              ? { against: { kind: 'nothing' } }
              : {}),
          })
        }
      />
      <div className="tool-field">
        <label htmlFor={`${id}-against`}>Against</label>
        <select
          id={`${id}-against`}
          className="fig-select"
          data-keys="text"
          value={againstText(against)}
          onChange={(event) => onChange({ against: readAgainst(event.target.value) })}
        >
          <option value="nothing">Nothing: a curve</option>
          <optgroup label="A second parameter: a heat map">
            {parameters
              .filter((each) => each !== order.parameter)
              .map((each) => (
                <option key={each} value={`parameter:${each}`}>
                  {parameterName(each)}
                </option>
              ))}
          </optgroup>
          <optgroup label="A second measure: the Pareto front">
            {measures
              .filter((each) => each !== order.measure)
              .map((each) => (
                <option key={each} value={`measure:${each}`}>
                  {measureName(each)}
                </option>
              ))}
          </optgroup>
        </select>
      </div>
      {against.kind === 'parameter' && spec.variants.length > 1 && (
        <Select
          id={`${id}-variant`}
          label="Variant"
          value={order.variant}
          options={spec.variants.map((each) => [each, description.variants[each]?.title ?? each])}
          onValue={(variant) => onChange({ variant })}
        />
      )}
      <Select
        id={`${id}-detail`}
        label="Points"
        value={order.detail}
        options={Object.entries(DETAILS).map(([each, { one, two }]) => [
          each,
          against.kind === 'parameter' ? `${two} × ${two}` : `about ${one}`,
        ])}
        onValue={(detail) => onChange({ detail: detail as Detail })}
      />
      <Select
        id={`${id}-seeds`}
        label="Seeds"
        value={String(order.seeds)}
        options={SEEDS.map((each) => [String(each), String(each)])}
        onValue={(seeds) => onChange({ seeds: Number(seeds) })}
      />
    </div>
  );
}

const againstText = (against: Against): string =>
  against.kind === 'nothing' ? 'nothing' : `${against.kind}:${against.id}`;

function readAgainst(text: string): Against {
  const [kind, ...rest] = text.split(':');
  const id = rest.join(':');
  return kind === 'parameter' || kind === 'measure' ? { kind, id } : { kind: 'nothing' };
}

function Select({
  id,
  label,
  value,
  options,
  onValue,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onValue: (value: string) => void;
}): ReactNode {
  return (
    <div className="tool-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="fig-select"
        data-keys="text"
        value={value}
        onChange={(event) => onValue(event.target.value)}
      >
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** From here on a run is worth a word, real ms. */
const LONG_MS = 3000;

function Progress({
  plan,
  sweep,
  changed,
  nameOf,
  again,
}: {
  readonly plan: SweepPlan;
  readonly sweep: ReturnType<typeof useSweep>;
  readonly changed: readonly string[];
  readonly nameOf: (parameter: string) => string;
  readonly again: () => void;
}): ReactNode {
  const { outcomes, total, phase, failure, remainingMs, slowestMs, cancel } = sweep;
  const size = `${pointsOf(plan)} points × ${plan.seeds.length} ${plan.seeds.length === 1 ? 'seed' : 'seeds'}`;
  const failures = failureWords(plan, outcomes);
  return (
    <div className="tool-progress">
      <div className="tool-progress-line">
        <progress max={Math.max(1, total)} value={outcomes.length} aria-label="Runs of the sweep" />
        <span>
          {phase === 'running'
            ? `${outcomes.length} of ${total} runs (${size})${remainingMs !== null && remainingMs > LONG_MS ? `, about ${formatValue(1000 * Math.ceil(remainingMs / 1000), 'ms', 2)} to go` : ''}`
            : `${outcomes.length} runs (${size})`}
        </span>
        {phase === 'running' ? (
          <button type="button" className="fig-button" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="button" className="fig-button" onClick={again}>
            Sweep again
          </button>
        )}
      </div>
      {phase === 'running' && slowestMs > LONG_MS && (
        <p className="tool-note">
          {`A run has been at work for ${formatValue(1000 * Math.floor(slowestMs / 1000), 'ms', 2)}. It goes on; cancel to stop it.`}
        </p>
      )}
      <p className="sr-only" role="status">
        {phase === 'done' ? `The sweep is done: ${outcomes.length} runs.` : ''}
        {phase === 'cancelled' ? `The sweep was cancelled after ${outcomes.length} runs.` : ''}
      </p>
      {changed.length > 0 && (
        <p className="fig-notice">
          {`The figure has changed since (${changed.map((id) => (id === 'seed' ? 'seed' : nameOf(id).toLowerCase())).join(', ')}); this is the earlier sweep.`}
        </p>
      )}
      {failure !== null && (
        <p className="fig-notice fig-failure" role="alert">
          {`The sweep was given up: ${failure}`}
        </p>
      )}
      {failure === null && failures.length > 0 && (
        <div className="fig-notice fig-failure">
          <p>Some runs failed; their points are left out.</p>
          <ul>
            {failures.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
