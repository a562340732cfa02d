/** Brings a lab to life in the place of its still. Loaded when one comes near; its engine is not. */
import type { Start } from '@/components/figure/islands';
import { pageMemory } from '@/components/figure/page-memory';
import { drawInto } from '@/components/figure/root';
import '@/components/figure/live.css';
import './lab-live.css';
import { type LabDescription, labDescriptionAddress } from '@/lib/engines/description';
import { href } from '@/lib/site';
import { createCells, type Kept } from './cells';
import { partsOf } from './kinds';
import { Notebook } from './notebook';
import { Differences } from './parts';
import { createSession, labWorker } from './session';

export const start: Start = async ({ element, bundle, failed }) => {
  const lab = await descriptionOf(bundle);
  const parts = partsOf(lab.kind);
  const [still, live] = await Promise.all([parts.still(), parts.live()]);
  const session = createSession<unknown, unknown>({
    name: live.name,
    assets: Object.fromEntries(
      Object.entries(lab.assets).map(([name, address]) => [
        name,
        new URL(href(address), location.href).href,
      ]),
    ),
    deadline: live.deadline,
    spawn: (events) => labWorker(bundle, events),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
  const name = `lab:${lab.id}`;
  const cells = createCells({
    lab,
    session,
    readInput: live.readInput,
    drafts: {
      read: () => pageMemory.read(name, isKept) ?? {},
      write: (inputs) =>
        Object.keys(inputs).length === 0 ? pageMemory.forget(name) : pageMemory.write(name, inputs),
    },
  });
  const caption = element.querySelector('.fig-caption')?.innerHTML ?? '';
  const stop = drawInto(
    element,
    <div className="fig-frame">
      <figure className="fig-part">
        <div>
          <Notebook lab={lab} still={still} live={live} cells={cells} session={session} />
        </div>
        {caption !== '' && (
          <figcaption
            className="fig-caption"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: the caption of the still, as the build drew it
            dangerouslySetInnerHTML={{ __html: caption }}
          />
        )}
      </figure>
      <div>
        <Differences lab={lab} />
      </div>
    </div>,
    failed,
  );
  return () => {
    stop();
    session.end();
  };
};

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function descriptionOf(bundle: string): Promise<LabDescription> {
  const response = await fetch(labDescriptionAddress(bundle)).catch(() => undefined);
  if (response?.ok !== true) {
    throw new Error('What there is to know of this lab could not be loaded: check the connection.');
  }
  return (await response.json()) as LabDescription;
}
