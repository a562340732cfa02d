/** The sessions of a page, one for each figure: they outlive the panels that show them. */

import { pageMemory } from '@/components/figure/page-memory';
import type { Figure } from '@/lib/figure/figure';
import type { TrafficDescription } from '@/lib/simulation/definition';
import { createLogReader, type LogPort, type LogPortEvents } from '@/lib/tools/traffic/ask';
import type { FromLogWorker } from '@/lib/tools/traffic/protocol';
import { createTrafficSession, type TrafficSession } from '@/lib/tools/traffic/session';

const sessions = new WeakMap<Figure, TrafficSession>();

/** Characters; what is longer would fill the browser's storage, and is lost with the page. */
export const REMEMBERED_MAX = 200_000;

const isText = (value: unknown): value is string => typeof value === 'string';

export function sessionOf(figure: Figure, traffic: TrafficDescription): TrafficSession {
  const known = sessions.get(figure);
  if (known) return known;
  const name = `traffic:${figure.description.id}`;
  const session = createTrafficSession({
    figure,
    traffic,
    reader: createLogReader(browserPort),
    text: pageMemory.read(name, isText),
    remember: (text) => {
      if (text.length > 0 && text.length <= REMEMBERED_MAX) pageMemory.write(name, text);
      else pageMemory.forget(name);
    },
  });
  sessions.set(figure, session);
  return session;
}

function browserPort({ answered, crashed }: LogPortEvents): LogPort {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'traffic',
  });
  worker.onmessage = ({ data }: MessageEvent<FromLogWorker>) => answered(data);
  worker.onerror = crashed;
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
}
