/** What the engineer knows before anything has happened. */
import type { ReactNode } from 'react';
import { formatValue } from '@/lib/simulation/format';
import type { Incident } from '@/lib/simulation/incident';

export function Briefing({
  figure,
  incident: { briefing, objective },
}: {
  readonly figure: string;
  readonly incident: Incident;
}): ReactNode {
  const { label, leastPercent, alertMs, holdMs } = objective;
  return (
    <div className="inc-briefing">
      <h2 id={`${figure}-title`} className="fig-title">
        Your shift
      </h2>
      {briefing.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p>
        <strong>The promise:</strong> {label.toLowerCase()}, at least{' '}
        {formatValue(leastPercent, '%')}. You are paged when it has been broken for{' '}
        {formatValue(alertMs, 'ms')}; the incident is over when it has been kept again for{' '}
        {formatValue(holdMs, 'ms')} and will be.
      </p>
    </div>
  );
}
