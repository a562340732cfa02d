/** What happened, and what each action would have done: told afterwards. */
import type { ReactNode } from 'react';
import type { Standard } from '@/lib/incident/grade';
import { actionInWords } from '@/lib/incident/instance';
import type { Description } from '@/lib/simulation/definition';
import { formatValue } from '@/lib/simulation/format';
import type { Incident } from '@/lib/simulation/incident';

export function Cause({ incident }: { readonly incident: Incident }): ReactNode {
  return (
    <div className="inc-text">
      {incident.cause.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

export function ActionTable({
  description,
  incident,
  standard,
  taken = new Set(),
}: {
  readonly description: Description;
  readonly incident: Incident;
  readonly standard: Standard;
  /** Actions that the reader took. */
  readonly taken?: ReadonlySet<string>;
}): ReactNode {
  const { alone, best } = standard;
  return (
    <div className="inc-actions-table">
      <p className="inc-caption">
        Each action by itself, taken {formatValue(incident.reactionMs, 'ms')} after the alert, and
        the time from the alert until the promise is kept again. Computed from a run each, on the
        same requests.
      </p>
      <dl>
        {Object.entries(incident.actions).map(([id, action]) => {
          const ms = alone[id] ?? null;
          return (
            <div key={id} data-helps={ms === null ? undefined : ''}>
              <dt>
                {actionInWords(description, action).label}
                {taken.has(id) && <span className="inc-yours"> · yours</span>}
              </dt>
              <dd className="inc-outcome">
                {ms === null ? 'does not mitigate' : formatValue(ms, 'ms')}
                {id === best && ', the best'}
              </dd>
              <dd className="inc-why">{action.debrief}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
