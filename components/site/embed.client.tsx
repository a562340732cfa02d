'use client';
/** A figure in somebody's page: takes its choices from the query, its theme from the host, and says how tall it is. */
import { type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { type EmbedList, embedChoices, heightMessage, themeIn } from '@/lib/tools/share/embed';

/** Before the figure comes to life, which is an effect; on the server nothing is done. */
const useBeforeLife = typeof window === 'undefined' ? useEffect : useLayoutEffect;

interface Home {
  readonly path: string;
  /** Name of the figure there. */
  readonly figure: string;
  /** Name of the site. */
  readonly site: string;
}

export function EmbedPage({
  known,
  figure: name,
  home,
  children,
}: {
  /** Name of the figure on this page. */
  readonly figure: string;
  /** The ids that a query may name. */
  readonly known: Readonly<Record<EmbedList, readonly string[]>>;
  /** Where the whole simulation is. */
  readonly home: Home;
  readonly children: ReactNode;
}): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  useBeforeLife(() => {
    const figure = root.current?.querySelector<HTMLElement>('[data-figure]');
    if (!figure) return;
    const spec = JSON.parse(figure.dataset.figure ?? '{}') as Readonly<Record<string, unknown>>;
    figure.dataset.figure = JSON.stringify({ ...spec, ...embedChoices(location.search, known) });
  }, [known]);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const tell = (): void =>
      parent.postMessage(heightMessage(element.getBoundingClientRect().height), '*');
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    const onMessage = ({ source, data }: MessageEvent<unknown>): void => {
      const theme = source === parent ? themeIn(data) : null;
      const { dataset } = document.documentElement;
      if (theme === 'system') delete dataset.theme;
      else if (theme !== null) dataset.theme = theme;
    };
    addEventListener('message', onMessage);
    return () => {
      observer.disconnect();
      removeEventListener('message', onMessage);
    };
  }, []);
  return (
    <div ref={root}>
      {children}
      <p className="embed-home">
        <a
          href={`${home.path}#${home.figure}`}
          target="_blank"
          rel="noopener"
          onClick={(event) => leadToThis(event, name, home)}
        >
          Open in {home.site}
        </a>
      </p>
    </div>
  );
}

/** The figure as it is now, and not as it was when the page was made: its state is in the address. */
function leadToThis(
  { currentTarget }: MouseEvent<HTMLAnchorElement>,
  name: string,
  { path, figure }: Home,
): void {
  const fields = location.search.slice(1).split('&');
  const state = fields.find((field) => field.startsWith(`${name}=`))?.slice(name.length + 1);
  const query = state === undefined ? '' : `?${figure}=${state}`;
  currentTarget.href = `${path}${query}#${figure}`;
}
