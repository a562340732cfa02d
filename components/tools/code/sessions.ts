/** The sessions of a page: one for each figure, kept while its panel is closed. */
import { pageMemory } from '@/components/figure/page-memory';
import type { ToolContext } from '@/components/tools/tool';
import type { Figure } from '@/lib/figure/figure';
import { codeAddress, wholeAddress } from '@/lib/simulation-files';
import { href } from '@/lib/site';
import { createDrafts, type Drafts } from '@/lib/tools/code/drafts';
import type { CodeData } from '@/lib/tools/code/protocol';
import { createSandbox, type Sandbox } from '@/lib/tools/code/sandbox';
import { createSession, type Session } from '@/lib/tools/code/session';

const sessions = new WeakMap<Figure, Promise<Session>>();
const drafts = new Map<string, Drafts>();
const sandboxes = new Map<string, Sandbox>();

/** @throws Error if the code of the simulation could not be loaded; the next call tries again */
export function sessionOf(figure: Figure, context: ToolContext): Promise<Session> {
  const known = sessions.get(figure);
  if (known) return known;
  const made = begin(figure, context);
  sessions.set(figure, made);
  made.catch(() => sessions.delete(figure));
  return made;
}

async function begin(figure: Figure, { bundle }: ToolContext): Promise<Session> {
  const { id } = figure.description;
  const data = JSON.parse(await load(codeAddress(bundle))) as CodeData;
  return createSession({
    figure,
    data,
    scripts: { runs: once(() => load(bundle)), whole: once(() => load(wholeAddress(bundle))) },
    sandbox: kept(sandboxes, data.sandbox, () => createSandbox(href(data.sandbox))),
    drafts: kept(drafts, id, () => createDrafts(id, pageMemory)),
  });
}

async function load(address: string): Promise<string> {
  const response = await fetch(address).catch(() => undefined);
  if (response?.ok !== true) {
    throw new Error(
      'A part of the program could not be loaded. Check the connection, then try again.',
    );
  }
  return response.text();
}

/** Loads once, unless it fails. */
function once(get: () => Promise<string>): () => Promise<string> {
  let known: Promise<string> | undefined;
  return () => {
    known ??= get();
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}

function kept<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
