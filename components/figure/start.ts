/** Brings a figure to life: its description, what a link says, its first run. */
import { fetchControls } from '@/components/controls/schedule';
import { fetchViews } from '@/components/views/view';
import { createFigure, type Figure } from '@/lib/figure/figure';
import type { FigureSpec } from '@/lib/figure/spec';
import type { Description } from '@/lib/simulation/definition';
import { type DecodedLink, nothing } from '@/lib/simulation/link';
import type { Judged } from '@/lib/simulation/protocol';
import { readAddress, writeAddress } from './address';
import type { Engine } from './engine';
import { frameClock, idleClock } from './frame-clock';
import { viewsOf } from './view-props';

/**
 * A figure with its first run on screen.
 *
 * If the run that a link asks for fails, the figure opens as its scenario has it and says so; if that
 * fails too, the promise is rejected with the reason.
 *
 * @param given what to open with, in place of what the address says; null for the scenario as it is
 */
export async function startFigure(
  engine: Engine,
  description: Description,
  spec: FigureSpec,
  judged?: Judged,
  given?: DecodedLink | null,
): Promise<Figure> {
  const text = readAddress(spec.figure);
  const said = text === null || given !== undefined ? null : readLink(description, text, engine);
  const link = given === undefined ? await said : given;
  const figure = createFigure({
    description,
    spec,
    judged,
    clock: frameClock,
    settled: idleClock,
    run: engine.run,
    write: (next) => writeAddress(spec.figure, next),
    randomSeed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
  });
  figure.open(link);
  const parts = Promise.all([
    fetchViews(viewsOf(figure).map(([, view]) => view.kind)),
    fetchControls(figure.spec.controls.map((id) => description.parameters[id])),
  ]);
  // Awaited below; if the run fails first, that is what the reader is told.
  parts.catch(() => undefined);
  try {
    await firstRun(figure);
  } catch (error) {
    if (!link || Object.keys(link.state.parameters).length === 0) {
      figure.close();
      throw error;
    }
    const why = error instanceof Error ? error.message : String(error);
    figure.open(nothing(`Its run failed: ${why.replace(/\.$/, '')}`));
    await firstRun(figure);
  }
  await parts;
  return figure;
}

async function readLink(
  description: Description,
  text: string,
  engine: Engine,
): Promise<DecodedLink> {
  try {
    const { decodeLink } = await import('@/lib/simulation/read-link');
    return await decodeLink(description, text, engine.migrate);
  } catch {
    return nothing(
      'The link could not be read: a part of the program could not be loaded. Check the connection, then reload the page',
    );
  }
}

function firstRun(figure: Figure): Promise<void> {
  return new Promise((resolve, reject) => {
    const unsubscribe = figure.store.subscribe(() => {
      const { shown, error, status } = figure.store.get();
      if (shown) resolve();
      else if (status === 'failed') reject(new Error(error ?? 'The run failed.'));
      else return;
      unsubscribe();
    });
  });
}
