'use client';
/**
 * Where a figure stands in a page: first as its still, which is in the HTML; then, once the page has
 * loaded and the figure comes near, alive, in the same place and size.
 */
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Live } from './live';
import { Still } from './still.client';

/** Strings only: they cross from the server. Lists are words with blanks between them. */
export interface MountProps {
  readonly kind: 'simulation' | 'explorer' | 'tasks' | 'prediction' | 'checks';
  /** Name of the figure on its page. */
  readonly figure: string;
  readonly still: string;
  readonly bundle: string;
  readonly scenario?: string;
  readonly controls?: string;
  readonly views?: string;
  readonly variants?: string;
  readonly measures?: string;
  readonly tasks?: string;
  readonly prediction?: string;
  readonly children?: ReactNode;
}

type Phase =
  | { readonly name: 'still' }
  | { readonly name: 'live'; readonly live: Live; readonly open: ReadonlySet<string> }
  | { readonly name: 'failed'; readonly message: string };

export function Mount(props: MountProps): ReactNode {
  const { still, figure, children } = props;
  const root = useRef<HTMLElement>(null);
  const [phase, setPhase] = useState<Phase>({ name: 'still' });
  const [attempt, setAttempt] = useState(0);
  const isNear = useNear(root);
  // What a figure is made of does not change while it stands in its page.
  const initial = useRef(props);

  useEffect(() => {
    if (!isNear) return;
    let wanted = true;
    let live: Live | undefined;
    // The number of the attempt is part of what this effect depends on: trying again runs it anew.
    bringToLife(initial.current, attempt).then(
      (made) => {
        live = made;
        if (wanted) setPhase({ name: 'live', live: made, open: openSections(root.current) });
        else made.close();
      },
      (error: unknown) => {
        if (!wanted) return;
        setPhase({
          name: 'failed',
          message: error instanceof Error ? error.message : String(error),
        });
      },
    );
    return () => {
      wanted = false;
      live?.close();
    };
  }, [isNear, attempt]);

  const retry = useCallback(() => {
    setPhase({ name: 'still' });
    setAttempt((count) => count + 1);
  }, []);

  if (phase.name === 'live') {
    return (
      <article id={figure} ref={root} className="fig" aria-labelledby={`${figure}-title`}>
        {phase.live.render({ caption: children, open: phase.open })}
      </article>
    );
  }
  return (
    <article id={figure} ref={root} className="fig" aria-labelledby={`${figure}-title`}>
      <div className="fig-frame">
        {phase.name === 'failed' && (
          <div className="fig-notice fig-failure" role="alert">
            <p>This figure stands still: it could not be started. {phase.message}</p>
            <button type="button" className="fig-button" onClick={retry}>
              Try again
            </button>
          </div>
        )}
        <Still still={still} caption={children} />
      </div>
    </article>
  );
}

/** The chunk that draws live figures is fetched when the first of them comes near. */
async function bringToLife(props: MountProps, attempt: number): Promise<Live> {
  let module: typeof import('./live');
  try {
    module = await import('./live');
  } catch {
    throw new Error(
      attempt === 0
        ? 'Its program could not be loaded: check the connection.'
        : 'Its program still could not be loaded: check the connection, then reload the page.',
    );
  }
  return module.prepare(props);
}

/** Whether the page has loaded and the element has come within a window's height of being seen. */
function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target || isNear) return;
    let observer: IntersectionObserver | undefined;
    const watch = (): void => {
      observer = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) setNear(true);
        },
        { rootMargin: '100% 0px' },
      );
      observer.observe(target);
    };
    if (document.readyState === 'complete') watch();
    else addEventListener('load', watch, { once: true });
    return () => {
      removeEventListener('load', watch);
      observer?.disconnect();
    };
  }, [element, isNear]);
  return isNear;
}

/** Sections that the reader has opened in the still stay open in what takes its place. */
function openSections(root: HTMLElement | null): ReadonlySet<string> {
  const sections = root?.querySelectorAll<HTMLElement>('details[open][data-section]') ?? [];
  return new Set([...sections].map(({ dataset }) => dataset.section ?? ''));
}
