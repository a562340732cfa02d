/** An incident at work: briefed, on call, debriefed; then again, or another instance of it. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { prefersStillness } from '@/components/figure/attention';
import { frameClock } from '@/components/figure/frame-clock';
import { Failure } from '@/components/figure/notices';
import type { ToolContext } from '@/components/tools/tool';
import { fetchViews } from '@/components/views/view';
import type { RunIncident } from '@/lib/incident/grade';
import { FIRST_SEED, instanceOf } from '@/lib/incident/instance';
import { type Play, startPlay } from '@/lib/incident/play';
import type { Description } from '@/lib/simulation/definition';
import type { Incident } from '@/lib/simulation/incident';
import { Board } from './board';
import { Briefing } from './briefing';
import { Result } from './result';
import { usePlay } from './use-play';

/** Instances are numbered so that one can be named in a sentence. */
const INSTANCES = 1000;

/** The instance that the address asks for, as `?instance=17`. */
function addressedSeed(): number {
  const text = new URLSearchParams(location.search).get('instance') ?? '';
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : FIRST_SEED;
}

type Phase =
  | { readonly name: 'briefing' }
  | { readonly name: 'starting' }
  | { readonly name: 'on-call'; readonly play: Play }
  | { readonly name: 'failed'; readonly message: string };

export function IncidentPanel({
  figure,
  incident,
  description,
  context,
}: {
  readonly figure: string;
  readonly incident: Incident;
  readonly description: Description;
  readonly context: ToolContext;
}): ReactNode {
  const [seed, setSeed] = useState(addressedSeed);
  const [phase, setPhase] = useState<Phase>({ name: 'briefing' });
  const begin = useRef<HTMLButtonElement>(null);
  const [run] = useState(
    (): RunIncident => async (request) =>
      (await context.engine.run(request, { tasks: [], predictions: [] })).race,
  );
  const play = phase.name === 'on-call' ? phase.play : null;
  useEffect(() => () => play?.close(), [play]);

  const start = (): void => {
    if (phase.name === 'starting') return;
    setPhase({ name: 'starting' });
    const views = [...incident.dashboards, incident.log].flatMap(
      (name) => description.views[name]?.kind ?? [],
    );
    // Time runs from the start of a play, so all that shows it comes before.
    fetchViews(views)
      .then(() =>
        startPlay({
          incident,
          base: instanceOf(description, incident, seed),
          run,
          clock: frameClock,
          plays: !prefersStillness(),
        }),
      )
      .then(
        (started) => setPhase({ name: 'on-call', play: started }),
        (error: unknown) =>
          setPhase({
            name: 'failed',
            message: error instanceof Error ? error.message : String(error),
          }),
      );
  };
  const retry = (): void => {
    // The button that was pressed goes with the failure.
    begin.current?.focus();
    start();
  };
  const again = (next: number): void => {
    setSeed(next);
    setPhase({ name: 'briefing' });
    // The button that was pressed is gone once this is drawn.
    requestAnimationFrame(() => begin.current?.focus());
  };

  return (
    <div className="inc">
      {play ? (
        <OnCall
          play={play}
          description={description}
          context={context}
          run={run}
          seed={seed}
          onAgain={again}
        />
      ) : (
        <>
          <Briefing figure={figure} incident={incident} />
          <p className="inc-begin">
            <button
              ref={begin}
              type="button"
              className="fig-button"
              // Not disabled: whoever has come to it by keyboard must not lose it.
              aria-disabled={phase.name === 'starting'}
              onClick={start}
            >
              Take the pager
            </button>
            <span>
              Instance {seed}.{' '}
              {prefersStillness()
                ? 'Time passes when you press a step.'
                : 'Time runs by itself; you can stop it.'}
            </span>
          </p>
          {phase.name === 'failed' && <Failure message={phase.message} retry={retry} />}
        </>
      )}
    </div>
  );
}

function OnCall({
  play,
  description,
  context,
  run,
  seed,
  onAgain,
}: {
  readonly play: Play;
  readonly description: Description;
  readonly context: ToolContext;
  readonly run: RunIncident;
  readonly seed: number;
  readonly onAgain: (seed: number) => void;
}): ReactNode {
  const isOver = usePlay(play, ({ phase }) => phase === 'over');
  if (!isOver) return <Board play={play} description={description} />;
  return (
    <>
      <Result play={play} description={description} context={context} run={run} />
      <p className="inc-begin">
        <button type="button" className="fig-button" onClick={() => onAgain(seed)}>
          The same again
        </button>
        <button type="button" className="fig-button" onClick={() => onAgain(otherThan(seed))}>
          Another instance
        </button>
        <a href={`?instance=${seed}`}>Link to instance {seed}</a>
      </p>
    </>
  );
}

/** Another instance than this one, each as likely as any other. */
function otherThan(seed: number): number {
  const drawn = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const next = 1 + (drawn % (INSTANCES - 1));
  return next >= seed ? next + 1 : next;
}
