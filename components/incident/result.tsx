/** The end of an incident: the grade, what was done and what would have helped, and the whole run. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { LiveFrame } from '@/components/figure/live-frame';
import { Failure } from '@/components/figure/notices';
import { startFigure } from '@/components/figure/start';
import type { ToolContext } from '@/components/tools/tool';
import type { Figure } from '@/lib/figure/figure';
import { completeSpec } from '@/lib/figure/spec';
import { GRADES, gradeOf, type RunIncident, type Standard, standardOf } from '@/lib/incident/grade';
import { actionInWords } from '@/lib/incident/instance';
import { standingAt } from '@/lib/incident/objective';
import { interventionsOf, type Play } from '@/lib/incident/play';
import type { Description } from '@/lib/simulation/definition';
import { formatMoment, formatValue } from '@/lib/simulation/format';
import { ActionTable, Cause } from './debrief';

export function Result({
  play,
  description,
  context,
  run,
}: {
  readonly play: Play;
  readonly description: Description;
  readonly context: ToolContext;
  readonly run: RunIncident;
}): ReactNode {
  const [standard, setStandard] = useState<Standard | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a try again
  useEffect(() => {
    let isWanted = true;
    standardOf(play.incident, play.base, run).then(
      (made) => {
        if (isWanted) setStandard(made);
      },
      (error: unknown) => {
        if (isWanted) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [play, run, attempt]);

  const { taken, pauses, run: last } = play.store.get();
  const toMitigateMs = last.mitigatedMs === null ? null : last.mitigatedMs - play.alertMs;
  return (
    <div className="inc-result">
      <h2 ref={heading} tabIndex={-1} className="fig-title">
        {toMitigateMs === null
          ? 'Not mitigated'
          : `Mitigated ${formatValue(toMitigateMs, 'ms')} after the alert`}
      </h2>
      {failure !== null && (
        <Failure
          message={failure}
          retry={() => {
            setFailure(null);
            setAttempt(attempt + 1);
          }}
        />
      )}
      {standard === null ? (
        failure === null && <p role="status">Running what else could have been done …</p>
      ) : (
        <GradeText standard={standard} toMitigateMs={toMitigateMs} />
      )}
      <p>
        {taken.length === 0
          ? 'You did nothing.'
          : `You did: ${taken
              .map(({ action, at }) => {
                const declared = play.incident.actions[action];
                const label = declared ? actionInWords(description, declared).label : action;
                return `${label.charAt(0).toLowerCase()}${label.slice(1)} at ${formatMoment(at, play.endMs)}`;
              })
              .join('; ')}.`}{' '}
        {pauses === 0
          ? play.plays
            ? 'You never stopped the clock.'
            : 'Time passed when you asked it to.'
          : `You stopped the clock ${pauses === 1 ? 'once' : `${pauses} times`}, which the time does not count.`}
      </p>
      <h2 className="fig-title">What happened</h2>
      <Cause incident={play.incident} />
      <p>
        The whole run is open to you now, at the moment at which the promise broke
        {taken.length > 0 && ', with what you did as a fork beside what would have been'}. Scrub
        back to the cause; the tool <em>Fork</em> tells where the two part, and takes what you would
        rather have done.
      </p>
      <Whole play={play} description={description} context={context} />
      {standard !== null && (
        <>
          <h2 className="fig-title">What each action would have done</h2>
          <ActionTable
            description={description}
            incident={play.incident}
            standard={standard}
            taken={new Set(taken.map(({ action }) => action))}
          />
        </>
      )}
    </div>
  );
}

function GradeText({
  standard,
  toMitigateMs,
}: {
  readonly standard: Standard;
  readonly toMitigateMs: number | null;
}): ReactNode {
  const grade = gradeOf(toMitigateMs, standard);
  const { title, describe } = GRADES[grade];
  return (
    <p className="inc-grade" role="status" data-grade={grade}>
      <strong>{title}.</strong> {describe} Swift is up to {formatValue(standard.swiftMs, 'ms')} from
      the alert, steady up to {formatValue(standard.steadyMs, 'ms')}.
    </p>
  );
}

/** The whole run, open: beside it, as a fork of the same past, the run with what was done. */
function Whole({
  play,
  description,
  context,
}: {
  readonly play: Play;
  readonly description: Description;
  readonly context: ToolContext;
}): ReactNode {
  const [figure, setFigure] = useState<Figure | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a try again
  useEffect(() => {
    let isWanted = true;
    let made: Figure | undefined;
    const { incident, base } = play;
    const { taken, run } = play.store.get();
    const scenario = description.scenarios[incident.scenario];
    const spec = completeSpec(description, incident.scenario, {
      figure: `${incident.scenario}-afterwards`,
      variants: base.variants,
      views: [...new Set([...incident.dashboards, ...(scenario?.views ?? []), incident.log])],
    });
    const broken = standingAt(run.track, incident.objective, play.alertMs).sinceMs;
    const state = {
      parameters: base.parameters,
      seed: base.seed,
      t: broken,
      forks: taken.length === 0 ? [] : [interventionsOf(incident, taken)],
    };
    const opened = { state, dropped: [], outdated: false };
    startFigure(context.engine, description, spec, undefined, opened).then(
      (started) => {
        made = started;
        if (isWanted) setFigure(started);
        else started.close();
      },
      (error: unknown) => {
        if (isWanted) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isWanted = false;
      made?.close();
    };
  }, [play, description, context, attempt]);
  if (failure !== null)
    return (
      <Failure
        message={failure}
        retry={() => {
          setFailure(null);
          setAttempt(attempt + 1);
        }}
      />
    );
  if (!figure) return <p role="status">Opening the whole run …</p>;
  return (
    <div id={figure.spec.figure} className="fig-inner">
      <LiveFrame figure={figure} context={context} />
    </div>
  );
}
