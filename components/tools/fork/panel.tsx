/**
 * Fork and compare: at the moment on screen the reader does something to the run, and sees beside the
 * original what becomes of it. Everything offered comes from the simulation's declaration.
 */
import { type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { ParameterControl } from '@/components/controls/control';
import { RunSwatch } from '@/components/figure/sight';
import { useFigure } from '@/components/figure/use-figure';
import { momentOf } from '@/components/figure/view-props';
import type { Figure } from '@/lib/figure/figure';
import { forkName, forksOf, type NumberedFork } from '@/lib/figure/forks';
import type { Intervention, InterventionEvent } from '@/lib/simulation/definition';
import { formatMoment } from '@/lib/simulation/format';
import { FORKS_MAX, INTERVENTIONS_MAX, writtenMoment } from '@/lib/simulation/link';
import type { ParameterValue } from '@/lib/simulation/parameters';
import { firstDivergence } from '@/lib/tools/fork/divergence';
import { asDeclared, fromNowOn, liveParameters, valueNow } from '@/lib/tools/fork/live';
import { divergenceInWords, namesOf } from '@/lib/tools/fork/words';
import type { ToolPanelProps } from '../tool';
import { ForkTable } from './fork-table';
import './fork.css';

/** An intervention whose moment is not yet said: it will be that on screen. */
type Deed =
  | Omit<Extract<InterventionEvent, { readonly kind: 'act' }>, 'at'>
  | Omit<Extract<InterventionEvent, { readonly kind: 'set' }>, 'at'>;

export function ForkPanel({ figure }: ToolPanelProps): ReactNode {
  const extras = useFigure(figure, (state) => state.extras);
  const forks = forksOf(extras);
  /** Id of the fork that the next one continues; null for the original. */
  const [chosenParent, setParent] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLParagraphElement>(null);
  const parent = forks.find(({ fork }) => fork.id === chosenParent);
  const isFull = forks.length >= FORKS_MAX;
  const isLong = (parent?.fork.interventions.length ?? 0) >= INTERVENTIONS_MAX;
  const isAtEnd = useFigure(
    figure,
    (state) => state.shown !== null && momentOf(state) >= state.shown.shownMs,
  );

  const fork = (deed: Deed): void => {
    const at = writtenMoment(momentOf(figure.store.get()));
    if (figure.fork([...(parent?.fork.interventions ?? []), { ...deed, at }]) === null) return;
    const made = forksOf(figure.store.get().extras).at(-1);
    if (made) setSaid(`${forkName(made.number)} made: ${made.fork.title}.`);
  };
  const remove = ({ number, fork: { id } }: NumberedFork): void => {
    figure.removeExtra(id);
    setSaid(`${forkName(number)} removed.`);
    // The button that had the focus is gone.
    list.current?.focus();
  };

  const obstacle = isFull
    ? `There are ${FORKS_MAX} forks, and more could not be told apart. Remove one to make another.`
    : isLong
      ? `This fork has ${INTERVENTIONS_MAX} interventions already. Continue another one, or the original.`
      : isAtEnd
        ? 'This is the end of the run: nothing more can come of it. Move time back, then fork.'
        : null;

  return (
    <div className="tool-fork">
      <p className="tool-fork-lead">
        <Moment figure={figure} /> What happened before stays as it was; what you do now makes
        another future, which runs beside the original on the same arrivals.
      </p>
      {forks.length > 0 && (
        <Parent forks={forks} parent={parent?.fork.id ?? null} onParent={setParent} />
      )}
      {obstacle !== null && <p className="tool-fork-obstacle">{obstacle}</p>}
      <Deeds
        figure={figure}
        disabled={obstacle !== null}
        interventions={parent?.fork.interventions ?? []}
        onFork={fork}
      />
      <p className="tool-fork-heading" ref={list} tabIndex={-1}>
        {forks.length === 0 ? 'No forks yet' : 'Forks'}
      </p>
      {forks.length > 0 && <Forks figure={figure} forks={forks} onRemove={remove} />}
      <p className="sr-only" role="status">
        {said}
      </p>
    </div>
  );
}

/** The moment at which a fork would be made: alone, since it changes at every frame. */
function Moment({ figure }: { readonly figure: Figure }): ReactNode {
  const shownMs = useFigure(figure, (state) => state.shown?.shownMs ?? 0);
  const text = useFigure(figure, (state) => formatMoment(momentOf(state), shownMs));
  return <strong className="tool-fork-moment">At {text}.</strong>;
}

function Parent({
  forks,
  parent,
  onParent,
}: {
  readonly forks: readonly NumberedFork[];
  readonly parent: string | null;
  readonly onParent: (id: string | null) => void;
}): ReactNode {
  const id = useId();
  return (
    <p className="tool-fork-parent">
      <label htmlFor={id}>Fork of</label>
      <select
        id={id}
        className="fig-select"
        data-keys="text"
        value={parent ?? ''}
        onChange={(event) => onParent(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">the original</option>
        {forks.map(({ number, fork }) => (
          <option key={fork.id} value={fork.id}>
            {forkName(number)}: {fork.title}
          </option>
        ))}
      </select>
    </p>
  );
}

/** All that can be done to this simulation. */
function Deeds({
  figure,
  disabled,
  interventions,
  onFork,
}: {
  readonly figure: Figure;
  readonly disabled: boolean;
  /** What has been done already to the run that is forked. */
  readonly interventions: readonly InterventionEvent[];
  readonly onFork: (deed: Deed) => void;
}): ReactNode {
  const { description } = figure;
  const live = liveParameters(description);
  return (
    <ul className="tool-fork-deeds">
      {Object.entries(description.interventions).map(([id, intervention]) => (
        <Act
          key={id}
          intervention={intervention}
          disabled={disabled}
          act={(target) => onFork({ kind: 'act', id, target })}
        />
      ))}
      {live.length > 0 && (
        <Change
          figure={figure}
          live={live}
          disabled={disabled}
          interventions={interventions}
          onFork={onFork}
        />
      )}
    </ul>
  );
}

function Act({
  intervention: { label, describe, targets },
  disabled,
  act,
}: {
  readonly intervention: Intervention;
  readonly disabled: boolean;
  readonly act: (target: string | undefined) => void;
}): ReactNode {
  const ids = Object.keys(targets ?? {});
  const [target, setTarget] = useState(ids[0]);
  const about = useId();
  return (
    <li className="tool-fork-deed">
      <div>
        <p className="fig-label">{label}</p>
        <p className="fig-about" id={about}>
          {describe}
        </p>
      </div>
      <div className="tool-fork-do">
        {targets && (
          <select
            className="fig-select"
            aria-label={`${label}: which`}
            data-keys="text"
            value={target}
            onChange={(event) => setTarget(event.target.value)}
          >
            {ids.map((id) => (
              <option key={id} value={id}>
                {targets[id]}
              </option>
            ))}
          </select>
        )}
        <button
          type="button"
          className="fig-button"
          disabled={disabled}
          aria-label={`${label}: fork here`}
          aria-describedby={about}
          onClick={() => act(target)}
        >
          Fork here
        </button>
      </div>
    </li>
  );
}

function Change({
  figure,
  live,
  disabled,
  interventions,
  onFork,
}: {
  readonly figure: Figure;
  /** Ids of the parameters that can change during a run; at least one. */
  readonly live: readonly string[];
  readonly disabled: boolean;
  readonly interventions: readonly InterventionEvent[];
  readonly onFork: (deed: Deed) => void;
}): ReactNode {
  const [chosen, setChosen] = useState(live[0] ?? '');
  /** What the reader has set, by parameter; kept when another one is chosen. */
  const [drafts, setDrafts] = useState<Readonly<Record<string, ParameterValue>>>({});
  const id = useId();
  const changed = interventions.findLast(
    (event) => event.kind === 'set' && event.parameter === chosen,
  );
  const present = useFigure(figure, (state) => {
    const set = changed?.kind === 'set' ? changed.value : state.parameters[chosen];
    return set === undefined ? undefined : valueNow(set, momentOf(state));
  });
  const parameter = figure.description.parameters[chosen];
  if (!parameter || present === undefined) return null;
  const value = drafts[chosen] ?? present;
  const declared = asDeclared(parameter, value);
  return (
    <li className="tool-fork-deed tool-fork-change">
      <div className="tool-fork-what">
        <label className="fig-label" htmlFor={id}>
          Change from now on
        </label>
        <select
          id={id}
          className="fig-select"
          data-keys="text"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          {live.map((each) => (
            <option key={each} value={each}>
              {figure.description.parameters[each]?.label}
            </option>
          ))}
        </select>
      </div>
      <ParameterControl
        key={chosen}
        id={`${figure.spec.figure}-fork-${chosen}`}
        parameter={fromNowOn(parameter)}
        value={value}
        opened={present}
        disabled={false}
        onValue={(next) => {
          // What does not fit is not taken, as by the figure's own controls.
          const fitted = asDeclared(parameter, next);
          if (fitted !== null) setDrafts({ ...drafts, [chosen]: valueNow(fitted, 0) });
        }}
      />
      <div className="tool-fork-do">
        <button
          type="button"
          className="fig-button"
          disabled={disabled || declared === null}
          aria-label={`${parameter.label}: fork here`}
          onClick={() => {
            if (declared !== null) onFork({ kind: 'set', parameter: chosen, value: declared });
          }}
        >
          Fork here
        </button>
      </div>
    </li>
  );
}

/** What there is, where each leaves the original, and what it changed. */
function Forks({
  figure,
  forks,
  onRemove,
}: {
  readonly figure: Figure;
  readonly forks: readonly NumberedFork[];
  readonly onRemove: (fork: NumberedFork) => void;
}): ReactNode {
  const shown = useFigure(figure, (state) => state.shown);
  const names = useMemo(() => namesOf(figure.description), [figure.description]);
  if (!shown) return null;
  const { race, runs, sight, shownMs } = shown;
  const variant = sight?.kind === 'variant' ? sight.variant : race.runs[0]?.variant;
  const ofVariant = runs.filter((run) => run.variant === variant);
  const original = ofVariant.find(({ extra }) => extra === null);
  const title = original && race.runs.length > 1 ? original.title : null;
  return (
    <>
      {title !== null && (
        <p className="fig-remark">
          Of “{title}”; which variant is told of is chosen above the scene. Each fork is a run of
          all of them.
        </p>
      )}
      <ol className="tool-fork-list">
        {forks.map((each) => {
          const { number, fork, state } = each;
          const atMs = fork.interventions.at(-1)?.at ?? 0;
          const run = ofVariant.find(({ extra }) => extra === fork.id);
          return (
            <li key={fork.id}>
              <p className="tool-fork-title">
                <RunSwatch fork={number} />
                <strong>{forkName(number)}</strong>
                <span>{fork.title}</span>
              </p>
              {state.error !== null ? (
                <p className="tool-fork-failed" role="alert">
                  This fork did not come to its end. {state.error}
                </p>
              ) : original && run ? (
                <Parting
                  original={original.index.recording}
                  fork={run.index.recording}
                  inWords={(divergence) => divergenceInWords(divergence, names, shownMs)}
                />
              ) : (
                <p className="fig-remark">Running…</p>
              )}
              <p className="tool-fork-actions">
                <button
                  type="button"
                  className="fig-text-button"
                  aria-label={`Go to ${formatMoment(atMs, shownMs)}, where ${forkName(number)} begins`}
                  onClick={() => figure.seek(atMs)}
                >
                  Go to {formatMoment(atMs, shownMs)}
                </button>
                <button
                  type="button"
                  className="fig-text-button"
                  aria-label={`Remove ${forkName(number)}`}
                  onClick={() => onRemove(each)}
                >
                  Remove
                </button>
              </p>
            </li>
          );
        })}
      </ol>
      {original && (
        <ForkTable
          race={race}
          original={original}
          forks={ofVariant.filter(({ fork }) => fork !== null)}
          measures={figure.spec.measures}
          declared={figure.description.measures}
        />
      )}
    </>
  );
}

function Parting({
  original,
  fork,
  inWords,
}: {
  readonly original: Parameters<typeof firstDivergence>[0];
  readonly fork: Parameters<typeof firstDivergence>[1];
  readonly inWords: (divergence: ReturnType<typeof firstDivergence>) => string;
}): ReactNode {
  // A look through both recordings, which a frame has no time for.
  const divergence = useMemo(() => firstDivergence(original, fork), [original, fork]);
  return <p className="tool-fork-parting">{inWords(divergence)}</p>;
}
