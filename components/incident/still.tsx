/** An incident without a program: the briefing, and behind a summary all that happened. */
import type { ReactNode } from 'react';
import { View } from '@/components/views/view';
import { indexOf, type Standard } from '@/lib/incident/grade';
import type { Description, Race } from '@/lib/simulation/definition';
import type { Incident } from '@/lib/simulation/incident';
import { Briefing } from './briefing';
import { ActionTable, Cause } from './debrief';

/** A still is read where nothing can be played: two charts say what the cause was. */
const STILL_CHARTS = 2;

export function IncidentStill({
  figure,
  description,
  incident,
  race,
  standard,
}: {
  readonly figure: string;
  readonly description: Description;
  readonly incident: Incident;
  /** The run in which nobody does anything. */
  readonly race: Race;
  readonly standard: Standard;
}): ReactNode {
  const index = indexOf(race);
  const run = { id: incident.variant, title: incident.title, fork: null, index };
  return (
    <div className="inc">
      <Briefing figure={figure} incident={incident} />
      <noscript>
        <p>The incident is played in your browser, for which scripts must be allowed.</p>
      </noscript>
      <details className="fig-panel-action inc-spoiler">
        <summary>What happened, and what helps (gives it away)</summary>
        <Cause incident={incident} />
        {incident.dashboards.slice(0, STILL_CHARTS).map((name) => {
          const view = description.views[name];
          return (
            view && (
              <div key={name} className="fig-view" data-kind={view.kind}>
                <p className="fig-view-title">{view.title}, if nobody does anything</p>
                <View
                  view={view}
                  runs={[run]}
                  t={index.shownMs}
                  shownMs={index.shownMs}
                  parameters={race.parameters}
                />
              </div>
            )
          );
        })}
        <ActionTable description={description} incident={incident} standard={standard} />
      </details>
    </div>
  );
}
