/** What the reader must be told: a run that failed, a link that was not all used. */
import { type ReactNode, useRef } from 'react';
import type { Figure } from '@/lib/figure/figure';
import { useFigure } from './use-figure';

export function Notices({ figure }: { readonly figure: Figure }): ReactNode {
  const error = useFigure(figure, (state) => state.error);
  const notices = useFigure(figure, (state) => state.notices);
  const root = useRef<HTMLDivElement>(null);
  /** A notice takes its button with it when it goes: the focus moves on to the scene. */
  const leave = (): void =>
    root.current?.parentElement
      ?.querySelector<HTMLElement>('.fig-stage')
      ?.focus({ preventScroll: true });
  return (
    <div ref={root}>
      {error !== null && (
        <Failure
          message={error}
          retry={() => {
            leave();
            figure.retry();
          }}
        />
      )}
      {notices.length > 0 && (
        <div className="fig-notice" role="status">
          <p>This link could not be followed in full:</p>
          <ul className="fig-notice-list">
            {notices.map((notice) => (
              <li key={notice}>{notice}.</li>
            ))}
          </ul>
          <button
            type="button"
            className="fig-text-button"
            onClick={() => {
              leave();
              figure.dismissNotices();
            }}
          >
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}

export function Failure({
  message,
  retry,
}: {
  readonly message: string;
  readonly retry: () => void;
}): ReactNode {
  return (
    <div className="fig-notice fig-failure" role="alert">
      <p>This run did not come to its end. {message}</p>
      <button type="button" className="fig-button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
