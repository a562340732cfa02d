/** What one does with a whole figure: start over, pass it on, look at it large, learn its keys. */
import {
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { copyLink } from '@/components/figure/address';
import { useFigure } from '@/components/figure/use-figure';
import { type Figure, isChanged } from '@/lib/figure/figure';

/** Bubbles from a button to the figure, which opens the sheet. */
export const OPEN_KEY_SHEET = 'figure:keys';

/** How long a button says what it has done, real ms. */
const SAID_MS = 2500;

export function Utilities({ figure }: { readonly figure: Figure }): ReactNode {
  const changed = useFigure(figure, (state) => isChanged(figure, state));
  const [said, setSaid] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const isFull = useSyncExternalStore(onFullScreen, () => document.fullscreenElement !== null);

  const share = async (): Promise<void> => {
    const done = await copyLink(figure.spec.figure, figure.linkText());
    setSaid(done === 'copied' ? 'Copied' : 'Now in the address bar');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaid(null), SAID_MS);
  };

  return (
    <div className="fig-utilities">
      <button
        type="button"
        className="fig-text-button"
        data-changed={changed || undefined}
        onClick={figure.reset}
        title="Parameters, seed and speed as at first, no forks, time at the start (R)"
      >
        Reset
      </button>
      <button
        type="button"
        className="fig-text-button"
        onClick={() => void share()}
        title="A link to these parameters, this seed and this moment"
      >
        {said ?? 'Copy link'}
      </button>
      <button
        type="button"
        className="fig-text-button"
        // A phone may have none.
        hidden={!document.fullscreenEnabled}
        onClick={toggleFullScreen}
      >
        {isFull ? 'Leave full screen' : 'Full screen'}
      </button>
      <button
        type="button"
        className="fig-text-button"
        aria-label="Keys"
        title="Keys (?)"
        onClick={(event) =>
          event.currentTarget.dispatchEvent(new CustomEvent(OPEN_KEY_SHEET, { bubbles: true }))
        }
      >
        Keys
      </button>
      <span className="sr-only" role="status">
        {said === null ? '' : `Link to this moment: ${said}`}
      </span>
    </div>
  );
}

function onFullScreen(changed: () => void): () => void {
  const take = (): void => {
    // For the page's own style (app/base.css).
    const { documentElement, fullscreenElement } = document;
    documentElement.toggleAttribute('data-full-screen', fullscreenElement !== null);
    changed();
  };
  document.addEventListener('fullscreenchange', take);
  return () => document.removeEventListener('fullscreenchange', take);
}

function toggleFullScreen(event: MouseEvent<HTMLButtonElement>): void {
  const frame = event.currentTarget.closest('.fig');
  // Refused (a frame without permission, a browser without it): the figure stays as it is.
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : frame?.requestFullscreen?.();
  done?.catch(() => undefined);
}
