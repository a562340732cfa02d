/** The incident while it runs: state, dashboards and log of what is known by now, and the switches. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { View } from '@/components/views/view';
import { actionInWords } from '@/lib/incident/instance';
import { standingAt } from '@/lib/incident/objective';
import { ACTIONS_MAX, type Play, type PlayState } from '@/lib/incident/play';
import { recordedUntil } from '@/lib/kernel/recorded-until';
import type { Description } from '@/lib/simulation/definition';
import { formatMoment, formatSpeed, formatValue } from '@/lib/simulation/format';
import { indexRecording } from '@/lib/simulation/recording-index';
import { usePlay } from './use-play';

/** The dashboards are drawn anew when this much time has passed, simulated ms: as monitoring is. */
const REFRESH_MS = 250;
/** What a step of time by hand lets pass, simulated ms. */
const STEP_MS = 1000;
const LEAP_MS = 5000;
const SPEEDS = [0.5, 1, 2, 4] as const;

export function Board({
  play,
  description,
}: {
  readonly play: Play;
  readonly description: Description;
}): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  // What was pressed to come here is gone; the reader stands at what moves time.
  useEffect(() => root.current?.querySelector('button')?.focus(), []);
  return (
    <div ref={root} className="inc-board">
      <div className="inc-head">
        <Status play={play} />
        <Time play={play} />
      </div>
      <Told play={play} />
      <Actions play={play} description={description} />
      <Dashboards play={play} description={description} />
    </div>
  );
}

/** What the promise looks like now, in words that do not change at every frame. */
const standingText = (play: Play, { t, run }: PlayState): string => {
  const { objective } = play.incident;
  const { isKept, sinceMs } = standingAt(run.track, objective, t);
  if (t < play.alertMs) return 'All is well.';
  const seconds = Math.floor((t - Math.max(sinceMs, isKept ? play.alertMs : 0)) / 1000);
  if (!isKept) return `Broken for ${seconds} seconds.`;
  const holdSeconds = objective.holdMs / 1000;
  return seconds <= holdSeconds
    ? `Kept again for ${seconds} of ${holdSeconds} seconds.`
    : `Kept again for ${seconds} seconds, and not for good.`;
};

function Status({ play }: { readonly play: Play }): ReactNode {
  const { label, leastPercent } = play.incident.objective;
  const text = usePlay(play, (state) => standingText(play, state));
  const tone = usePlay(play, ({ t, run }) =>
    t < play.alertMs
      ? 'calm'
      : standingAt(run.track, play.incident.objective, t).isKept
        ? 'kept'
        : 'broken',
  );
  const percent = usePlay(play, ({ t, run }) =>
    Math.round(standingAt(run.track, play.incident.objective, t).percent),
  );
  return (
    <div className="inc-status" data-tone={tone}>
      <p className="inc-percent">
        {label}: <strong>{formatValue(percent, '%')}</strong>{' '}
        <span>of at least {formatValue(leastPercent, '%')}</span>
      </p>
      <p className="inc-standing">{text}</p>
    </div>
  );
}

function Time({ play }: { readonly play: Play }): ReactNode {
  const isPlaying = usePlay(play, (state) => state.isPlaying);
  const speed = usePlay(play, (state) => state.speed);
  const clock = usePlay(play, ({ t }) => formatMoment(Math.floor(t / 100) * 100, play.endMs));
  return (
    <div className="inc-time">
      <button type="button" className="fig-button" onClick={play.toggle}>
        {isPlaying ? 'Pause' : 'Run'}
      </button>
      <button type="button" className="fig-button" onClick={() => play.advance(STEP_MS)}>
        +{formatValue(STEP_MS, 'ms')}
      </button>
      <button type="button" className="fig-button" onClick={() => play.advance(LEAP_MS)}>
        +{formatValue(LEAP_MS, 'ms')}
      </button>
      <label className="inc-speed">
        <span className="fig-label">Speed</span>
        <select
          className="fig-select"
          value={speed}
          onChange={(event) => play.setSpeed(Number(event.target.value))}
        >
          {SPEEDS.map((factor) => (
            <option key={factor} value={factor * play.incident.speed}>
              {formatSpeed(factor * play.incident.speed)}
            </option>
          ))}
        </select>
      </label>
      <output className="inc-clock" aria-live="off">
        {clock}
      </output>
    </div>
  );
}

/** The page itself, and everything else that is said aloud. */
function Told({ play }: { readonly play: Play }): ReactNode {
  const isPaged = usePlay(play, ({ t }) => t >= play.alertMs);
  const isKept = usePlay(
    play,
    ({ t, run }) => t >= play.alertMs && standingAt(run.track, play.incident.objective, t).isKept,
  );
  const error = usePlay(play, (state) => state.error);
  const { label, leastPercent } = play.incident.objective;
  return (
    <div className="inc-told">
      <p className="inc-alert" role="alert" data-paged={isPaged ? '' : undefined}>
        {isPaged
          ? `You are paged, at ${formatMoment(play.alertMs, play.endMs)}: ${label.toLowerCase()} below ${formatValue(leastPercent, '%')}.`
          : 'Nobody has called you yet.'}
      </p>
      {error !== null && (
        <p className="inc-error" role="alert">
          The action was not taken: its run failed. {error}
        </p>
      )}
      <p className="sr-only" role="status">
        {isKept ? 'The promise is kept again.' : ''}
      </p>
    </div>
  );
}

function Actions({
  play,
  description,
}: {
  readonly play: Play;
  readonly description: Description;
}): ReactNode {
  const taken = usePlay(play, (state) => state.taken);
  const isRunning = usePlay(play, (state) => state.isRunning);
  const isPaged = usePlay(play, ({ t }) => t >= play.alertMs);
  const [said, setSaid] = useState('');
  const isFull = taken.length >= ACTIONS_MAX;
  const canAct = isPaged && !isFull;
  const act = (id: string, label: string): void => {
    if (!canAct || isRunning) return;
    play.act(id).then(() => {
      const { taken: now, error } = play.store.get();
      if (error === null && now.length > taken.length) setSaid(`Done: ${label}.`);
    });
  };
  return (
    <section className="inc-actions" aria-label="What you can do">
      <p className="inc-caption">
        {isPaged
          ? isFull
            ? `You have done ${ACTIONS_MAX} things; now it must hold.`
            : `What you can do; ${ACTIONS_MAX - taken.length} left. It happens at once, and cannot be taken back.`
          : 'What you can do once you are paged.'}
      </p>
      <ul>
        {Object.entries(play.incident.actions).map(([id, action]) => {
          const { label, describe } = actionInWords(description, action);
          const times = taken.filter((each) => each.action === id);
          return (
            <li key={id}>
              <button
                type="button"
                className="fig-button inc-action"
                // Not disabled: whoever has come to it by keyboard must not lose it.
                aria-disabled={!canAct}
                onClick={() => act(id, label)}
              >
                <span className="inc-action-label">{label}</span>
                <span className="inc-action-text">{describe}</span>
                {times.length > 0 && (
                  <span className="inc-action-done">
                    Done at {times.map(({ at }) => formatMoment(at, play.endMs)).join(', ')}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      <p className="sr-only" role="status">
        {said}
      </p>
      <button type="button" className="fig-text-button" onClick={play.giveUp}>
        Give up, and see what happened
      </button>
    </section>
  );
}

/** Only what is known by now is handed to the views: the future is in none of them. */
function Dashboards({
  play,
  description,
}: {
  readonly play: Play;
  readonly description: Description;
}): ReactNode {
  const index = usePlay(play, ({ run }) => run.index);
  const t = usePlay(play, (state) => Math.floor(state.t / REFRESH_MS) * REFRESH_MS);
  const { incident, base, endMs } = play;
  const run = useMemo(
    () => ({
      id: incident.variant,
      title: incident.title,
      fork: null,
      index: indexRecording(recordedUntil(index.recording, t)),
    }),
    [incident, index, t],
  );
  const views = useMemo(
    () =>
      [...incident.dashboards, incident.log].flatMap((name) => {
        const view = description.views[name];
        return view ? [{ name, view }] : [];
      }),
    [description, incident],
  );
  const beside = useMemo(() => views.map(({ view }) => view), [views]);
  return (
    <div className="inc-dashboards">
      {views.map(({ name, view }) => (
        <div key={name} className="fig-view" data-kind={view.kind}>
          <p className="fig-view-title">{name === incident.log ? 'Log' : view.title}</p>
          <View
            view={view}
            runs={[run]}
            t={t}
            shownMs={endMs}
            parameters={base.parameters}
            beside={beside}
          />
        </div>
      ))}
    </div>
  );
}
