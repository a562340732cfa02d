import '@/components/views/all';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { standardOf } from '@/lib/incident/grade';
import { FIRST_SEED, instanceOf } from '@/lib/incident/instance';
import type { AnyDefinition } from '@/lib/simulation/definition';
import { describe } from '@/lib/simulation/describe';
import { runRace } from '@/lib/simulation/run';
import { simulation } from '@/lib/simulations/traffic-control/overload/simulation';
import { IncidentStill } from './still';

test('the still gives nothing away before its summary, and says all of it behind', async () => {
  const entry = {
    id: 'overload',
    category: 'traffic-control',
    definition: simulation as unknown as AnyDefinition,
  };
  const incident = entry.definition.incidents?.['retry-storm'];
  if (!incident) throw new Error('Expected the retry storm to be declared, got none.');
  const description = describe(entry);
  const base = instanceOf(description, incident, FIRST_SEED);
  const standard = await standardOf(incident, base, async (request) => runRace(entry, request));
  const html = renderToStaticMarkup(
    <IncidentStill
      figure="retry-storm"
      description={description}
      incident={incident}
      race={runRace(entry, base)}
      standard={standard}
    />,
  );
  const [before = '', behind = ''] = html.split('<details');
  for (const text of incident.briefing) expect(before).toContain(text);
  for (const text of incident.cause) {
    expect(before).not.toContain(text);
    expect(behind).toContain(text);
  }
  for (const { debrief } of Object.values(incident.actions)) {
    expect(before).not.toContain(debrief);
    expect(behind).toContain(debrief);
  }
  const failing = Object.values(standard.alone).filter((ms) => ms === null).length;
  expect(behind.split('does not mitigate')).toHaveLength(failing + 1);
});
