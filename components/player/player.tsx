/** The player: a row that moves time and stays in sight below a tall figure; one of what is set less often. */
import { memo, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { runDiffers, useFigure, usePaced } from '@/components/figure/use-figure';
import type { Figure } from '@/lib/figure/figure';
import { forksOf } from '@/lib/figure/forks';
import { SPEED_PLACES, speedAt, speedPlace } from '@/lib/figure/speed';
import { ticksOf } from '@/lib/figure/ticks';
import { formatMoment, formatSpeed } from '@/lib/simulation/format';
import { Icon, type IconName } from './icons';
import { SeedField } from './seed-field';
import { Track } from './track';
import { Utilities } from './utilities';

/** In a still nothing is to be operated: the place is kept, in the same size (player.css). */
export function Player({ figure }: { readonly figure: Figure }): ReactNode {
  if (!figure.live) {
    return (
      <div className="fig-player fig-idle">
        <Clock figure={figure} />
      </div>
    );
  }
  return (
    <div className="fig-player">
      <div className="fig-transport">
        <TransportButton icon="start" label="To the start" act={() => figure.seek(0)} />
        <TransportButton icon="previous" label="Previous event" act={() => figure.step(-1)} />
        <PlayButton figure={figure} />
        <TransportButton icon="next" label="Next event" act={() => figure.step(1)} />
        <TransportButton
          icon="end"
          label="To the end"
          act={() => figure.seek(Number.POSITIVE_INFINITY)}
        />
      </div>
      <Scrubber figure={figure} />
      <Clock figure={figure} />
    </div>
  );
}

export function Settings({ figure }: { readonly figure: Figure }): ReactNode {
  if (!figure.live) return <div className="fig-settings" />;
  return (
    <div className="fig-settings">
      <Speed figure={figure} />
      <SeedField figure={figure} />
      <Utilities figure={figure} />
    </div>
  );
}

function TransportButton({
  icon,
  label,
  act,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly act: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      className="fig-icon-button"
      aria-label={label}
      title={label}
      onClick={act}
    >
      <Icon name={icon} />
    </button>
  );
}

function PlayButton({ figure }: { readonly figure: Figure }): ReactNode {
  const isPlaying = useFigure(figure, (state) => state.mode === 'playing');
  const label = isPlaying ? 'Pause' : 'Play';
  return (
    <button
      type="button"
      className="fig-icon-button fig-play"
      aria-label={label}
      title={label}
      onClick={figure.toggle}
    >
      <Icon name={isPlaying ? 'pause' : 'play'} />
    </button>
  );
}

/** Places at which an event can be marked: about one per two px of a wide figure. */
const BINS = 400;

function Scrubber({ figure }: { readonly figure: Figure }): ReactNode {
  const shownMs = useFigure(figure, (state) => state.shown?.shownMs ?? 0);
  const isPlaying = useFigure(figure, (state) => state.mode === 'playing');
  // While time passes the thumb follows it by itself.
  useFigure(figure, (state) => (state.mode === 'playing' ? null : state.t));
  const { t } = figure.store.get();
  const follow = useCallback(
    (move: (t: number) => void) => figure.store.subscribe(() => move(figure.store.get().t)),
    [figure],
  );
  return (
    <Track
      keys="scrubber"
      min={0}
      max={shownMs}
      step="any"
      value={t}
      onValue={figure.seek}
      follow={follow}
      aria-label="Time"
      // Spoken anew at every change while it has the focus: so it stays the same while time passes.
      aria-valuetext={
        isPlaying ? 'playing' : `${formatMoment(t, shownMs)} of ${formatMoment(shownMs, shownMs)}`
      }
      // The marks tell where to step to; a still cannot, and does without their weight.
      marks={
        figure.live ? (
          <>
            <EventMarks figure={figure} />
            <ForkMarks figure={figure} />
          </>
        ) : undefined
      }
    />
  );
}

/** Where something happens, below the line of time. */
const EventMarks = memo(function EventMarks({ figure }: { readonly figure: Figure }): ReactNode {
  const { shown } = usePaced(figure, runDiffers);
  if (!shown || shown.shownMs <= 0) return null;
  const recordings = shown.drawn.map(({ index }) => index.recording);
  const { events, notes } = ticksOf(recordings, shown.shownMs, BINS);
  const x = (place: number): number => (place + 0.5) * (1000 / BINS);
  return (
    <>
      <svg
        width="100%"
        height="100%"
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path
          className="fig-ticks"
          d={events.map((place) => `M${x(place)} 560V680`).join('')}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {notes.map(({ place, tone, text }) => (
        <circle
          key={`${place}-${text}`}
          className={`fig-note-tick fig-tone-${tone}`}
          cx={`${x(place) / 10}%`}
          cy="72%"
          r="2.25"
        />
      ))}
    </>
  );
});

/** Where the forks leave their original, above the line of time. */
const ForkMarks = memo(function ForkMarks({ figure }: { readonly figure: Figure }): ReactNode {
  const extras = useFigure(figure, (state) => state.extras);
  const shownMs = useFigure(figure, (state) => state.shown?.shownMs ?? 0);
  if (shownMs <= 0) return null;
  return forksOf(extras).map(({ number, fork }) => {
    const share = Math.min(1, (fork.interventions[0]?.at ?? 0) / shownMs);
    return (
      <svg key={fork.id} x={`${share * 100}%`} y="50%" overflow="visible" aria-hidden="true">
        <path className="fig-fork-tick" d="M0 -2l-3.5 -6h7z" />
        <text className="fig-fork-number" y={-10} textAnchor="middle">
          {number}
        </text>
      </svg>
    );
  });
});

function Clock({ figure }: { readonly figure: Figure }): ReactNode {
  const shownMs = useFigure(figure, (state) => state.shown?.shownMs ?? 0);
  const end = formatMoment(shownMs, shownMs);
  const now = useRef<HTMLSpanElement>(null);
  // Another text at every frame: written straight into its place.
  const write = useCallback(() => {
    const text = formatMoment(figure.store.get().t, shownMs);
    const node = now.current?.firstChild;
    if (node && node.nodeValue !== text) node.nodeValue = text;
  }, [figure, shownMs]);
  useLayoutEffect(write);
  useEffect(() => figure.store.subscribe(write), [figure, write]);
  return (
    <span className="fig-clock">
      <span className="fig-clock-now fig-fit" data-widest={end}>
        <span ref={now}>{formatMoment(figure.store.get().t, shownMs)}</span>
      </span>
      <span className="fig-clock-end"> / {end}</span>
    </span>
  );
}

function Speed({ figure }: { readonly figure: Figure }): ReactNode {
  const base = figure.scenario.speed;
  const speed = useFigure(figure, (state) => state.speed);
  const place = speedPlace(base, speed);
  const id = `${figure.spec.figure}-speed`;
  return (
    <div className="fig-setting fig-speed">
      <label htmlFor={id}>Speed</label>
      <Track
        id={id}
        keys="slider"
        min={-SPEED_PLACES}
        max={SPEED_PLACES}
        step={1}
        value={place}
        onValue={(next) => figure.setSpeed(speedAt(base, next))}
        notch={0.5}
        aria-valuetext={`${formatSpeed(speed)} real time`}
      />
      <output className="fig-setting-value" htmlFor={id}>
        {formatSpeed(speed)}
      </output>
    </div>
  );
}
