/** Every simulation is held to reading the links of every version that it ever had. */
import { expect, describe as group, test } from 'vitest';
import { describe } from './describe';
import { loadEntry, simulationFolders } from './entries.node';
import { migrateParameters } from './link';
import { linkRecord, recordKey, withPresent } from './link-record';
import { readLinkRecords } from './link-record.node';
import { decodeLink } from './read-link';

for (const folder of simulationFolders()) {
  const entry = await loadEntry(folder);
  const { link } = entry.definition;
  const description = describe(entry);
  const records = readLinkRecords(folder);
  const decode = (text: string) =>
    decodeLink(description, text, async (from, raw) => migrateParameters(link, from, raw));

  group(`links of ${entry.category}/${entry.id}`, () => {
    test('of the present version are on record, with the inputs that they leave to scenarios', () => {
      expect(
        withPresent(records, description),
        `Links of version ${recordKey(description)} are missing in ${folder.path}/links.json: run "npm run record-links" and commit it.`,
      ).toEqual(records);
    });

    for (const [key, { links }] of Object.entries(records)) {
      const [linkVersion, version] = key.split('.').map(Number);
      test(`of version ${key} say what they said`, async () => {
        expect(Object.keys(links)).not.toEqual([]);
        for (const [text, state] of Object.entries(links)) {
          const decoded = await decode(text);
          expect(
            decoded.dropped,
            `${text} is no longer read. Raise link.version and declare a migration of old links.`,
          ).toEqual([]);
          // A migration may make it another run, too, which the reader is told.
          if (version !== description.version) expect(decoded.outdated).toBe(true);
          else if (linkVersion === description.linkVersion) expect(decoded.outdated).toBe(false);
          // A migration gives a link other words, and is tested with its simulation.
          if (linkVersion === description.linkVersion) expect(decoded.state).toEqual(state);
        }
      });
    }
  });
}

group('the record', () => {
  const [folder] = simulationFolders();
  if (!folder) throw new Error('Expected a simulation, found none.');

  test('does not let a scenario change under its links', async () => {
    const description = describe(await loadEntry(folder));
    const [id = '', scenario] = Object.entries(description.scenarios)[0] ?? [];
    if (!scenario) throw new Error('Expected a scenario, found none.');
    const records = withPresent({}, description);
    const other = { ...scenario, seed: scenario.seed + 1 };
    expect(() =>
      withPresent(records, {
        ...description,
        scenarios: { ...description.scenarios, [id]: other },
      }),
    ).toThrow('Raise the version of the simulation');
    const raised = withPresent(records, { ...description, version: description.version + 1 });
    expect(Object.keys(raised)).toHaveLength(2);
  });

  test('holds every parameter, option and intervention', async () => {
    for (const each of simulationFolders()) {
      const description = describe(await loadEntry(each));
      const states = Object.values(linkRecord(description).links);
      const deeds = states.flatMap(({ forks }) => (forks ?? []).flat());
      for (const [id, parameter] of Object.entries(description.parameters)) {
        const values = new Set(
          states.flatMap(({ parameters: { [id]: value } }) => (value === undefined ? [] : [value])),
        );
        expect(values.size, `${each.id}: ${id}`).toBeGreaterThanOrEqual(2);
        if (parameter.kind === 'choice')
          expect([...values]).toEqual(Object.keys(parameter.options));
      }
      for (const id of Object.keys(description.interventions))
        expect(deeds.some((deed) => deed.kind === 'act' && deed.id === id)).toBe(true);
    }
  });
});
