/**
 * Brings the figures of a page to life. A page is static HTML, stills included; each figure is a
 * root of its own, made in the still's place once the page has loaded and the figure comes near.
 * What fails in one figure leaves its still standing, and the rest of the page alone.
 */
import { offerEditing } from '@/components/tools/edit-here';
import type { FigureSpec } from '@/lib/content/figures';
import type { FigureChoices } from '@/lib/figure/spec';
import type { Incident } from '@/lib/simulation/incident';
import { href } from '@/lib/site';
import type { ReadyChoices } from '@/lib/tools/sweep/ready';
import { calm, watchReader } from './calm';
import { keepPlaces } from './heights';

type IncidentSpec = Extract<FigureSpec, { readonly kind: 'incident' }>;
/**
 * A figure as its still tells it: of a simulation or a sweep, what the scenario does not say; of
 * incidents, what they say, which is in no script that figures load.
 */
export type LiveSpec =
  | Exclude<FigureSpec, { readonly kind: 'omissions' | 'incident' | 'simulation' | 'sweep' }>
  | ({
      readonly kind: 'simulation';
      readonly figure: string;
      readonly scenario: string;
    } & FigureChoices)
  | ({ readonly kind: 'sweep'; readonly figure: string } & ReadyChoices)
  | (IncidentSpec & { readonly declared: Incident })
  /** A lab fetches all that it needs by the address of its script. */
  | { readonly kind: 'lab'; readonly figure: string };

/** A figure of the page, as its still describes it. */
export interface Place<S extends LiveSpec = LiveSpec> {
  readonly element: HTMLElement;
  /** Address of the worker's script. */
  readonly bundle: string;
  readonly spec: S;
  /** What was drawn can no longer be drawn. */
  readonly failed: (error: unknown) => void;
}

/** Draws what is alive into the place and keeps it so; the result ends it. */
export type Start = (place: Place) => Promise<() => void>;

/**
 * @param root holds static HTML that nothing else changes
 * @returns ends everything that was begun
 */
export function bringToLife(root: ParentNode): () => void {
  const islands = new Map<HTMLElement, Island>();
  for (const element of root.querySelectorAll<HTMLElement>('[data-figure]')) {
    islands.set(element, createIsland(element));
  }
  const endEditing = offerEditing(root);
  const endWatching = watchReader();
  const endKeeping = keepPlaces(root);
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        islands.get(target as HTMLElement)?.start();
      }
    },
    { rootMargin: '100% 0px' },
  );
  const watch = (): void => {
    for (const element of islands.keys()) observer.observe(element);
  };
  if (document.readyState === 'complete') watch();
  else addEventListener('load', watch, { once: true });
  return () => {
    removeEventListener('load', watch);
    observer.disconnect();
    endEditing();
    endWatching();
    endKeeping();
    for (const island of islands.values()) island.stop();
  };
}

interface Island {
  readonly start: () => void;
  readonly stop: () => void;
}

function createIsland(element: HTMLElement): Island {
  const { bundle = '', figure = '' } = element.dataset;
  const spec = { ...JSON.parse(figure), figure: element.id } as LiveSpec;
  const still = element.innerHTML;
  let attempt = 0;
  let stopped = false;
  let end = (): void => undefined;

  const start = (): void => {
    const mine = ++attempt;
    // What belongs to an attempt that has failed meanwhile says nothing about the present one.
    const failed = (error: unknown): void => {
      if (stopped || mine !== attempt) return;
      attempt++;
      end();
      element.innerHTML = still;
      // Its still and its table say the same; without a connection nothing is missing.
      if (spec.kind !== 'comparison' && spec.kind !== 'sweep')
        element.prepend(notice(error, start));
    };
    // To start what is fetched, and to draw a figure for the first time, each takes longer than a drag of
    // its neighbour may stand still.
    calm()
      .then(() => programOf(spec, mine > 1))
      .then(async (run) => {
        await calm();
        return run({ element, bundle: href(bundle), spec, failed });
      })
      .then((stop) => {
        if (stopped || mine !== attempt) stop();
        else end = stop;
      }, failed);
  };
  return {
    start,
    stop: () => {
      stopped = true;
      end();
    },
  };
}

/** Fetched when the first figure that needs it comes near. */
async function programOf({ kind }: LiveSpec, isRetry: boolean): Promise<Start> {
  try {
    switch (kind) {
      case 'comparison':
        return (await import('@/components/charts/comparison-live')).start;
      case 'incident':
        return (await import('@/components/incident/live')).start;
      case 'lab':
        return (await import('@/components/labs/live')).start;
      case 'sweep':
        return (await import('@/components/tools/sweep/live')).start;
      default:
        return (await import('./live')).start;
    }
  } catch {
    throw new Error(
      isRetry
        ? 'Its program still could not be loaded: check the connection, then reload the page.'
        : 'Its program could not be loaded: check the connection.',
    );
  }
}

/** Made by hand, since what failed may be the program that draws. */
function notice(error: unknown, retry: () => void): HTMLElement {
  const box = document.createElement('div');
  box.className = 'fig-notice fig-failure';
  box.role = 'alert';
  const text = document.createElement('p');
  const why = error instanceof Error ? error.message : String(error);
  text.textContent = `This figure stands still: it could not be started. ${why}`;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'fig-button';
  button.textContent = 'Try again';
  button.addEventListener('click', () => {
    box.remove();
    retry();
  });
  box.append(text, button);
  return box;
}
