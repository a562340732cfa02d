'use client';
/**
 * The way into the search. Without JavaScript it is a link to the index. The dialog and its
 * worker are fetched when they are asked for, or when the pointer or the focus comes near.
 */
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { loadStyles } from '@/components/site/load-styles';
import { singleKeysAct } from '@/components/site/single-keys';
import { useIsLive } from '@/components/site/use-is-live';
import { href } from '@/lib/site';
import { takeEarlyKeys } from './early-keys';
import { onSearchRequest } from './request';
import { isField, opensSearch, queryOfSelection, typedBefore } from './shortcut';

type DialogModule = typeof import('./dialog.client');

/** The dialog with its styles: it is not shown before it looks as it should. */
const loadDialog = async (styles: string): Promise<DialogModule> => {
  const [dialog] = await Promise.all([import('./dialog.client'), loadStyles(styles)]);
  return dialog;
};

/** Everything from A to Z; with a query in its address it opens the search. */
const INDEX = '/search/';

interface Opening {
  readonly dialog: DialogModule['SearchDialog'];
  readonly query: string;
  /** Whether the reader has typed it already, while the dialog was on its way. */
  readonly isTyped: boolean;
  /** Distinguishes one opening from the next. */
  readonly count: number;
}

export function SearchButton({
  styles,
}: {
  /** Address of the styles of the dialog. */
  readonly styles: string;
}): ReactNode {
  const [opening, setOpening] = useState<Opening | null>(null);
  const isLive = useIsLive();
  /** What is typed between the shortcut and the dialog; null when none is on its way. */
  const typed = useRef<string | null>(null);

  const open = useCallback(
    (query: string): void => {
      typed.current = '';
      loadDialog(styles).then(
        ({ SearchDialog }) => {
          const isTyped = typed.current !== '';
          const asked = isTyped ? (typed.current ?? '') : query;
          // At once, so that no keystroke falls between this and the field that takes them over.
          if (typed.current !== null) {
            flushSync(() =>
              setOpening((last) => ({
                dialog: SearchDialog,
                query: asked,
                isTyped,
                count: (last?.count ?? 0) + 1,
              })),
            );
          }
          typed.current = null;
        },
        // Offline or redeployed: the index is a search by eye.
        () => location.assign(href(INDEX)),
      );
    },
    [styles],
  );

  useEffect(() => {
    const act = (event: KeyboardEvent): void => {
      if (typed.current !== null) {
        const next = typedBefore(typed.current, event);
        if (next === undefined) return;
        typed.current = next;
        event.preventDefault();
        return;
      }
      if (!opensSearch(event, !isField(event.target) && singleKeysAct())) return;
      event.preventDefault();
      open(queryOfSelection(String(getSelection() ?? '')));
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && !event.isComposing) act(event);
    };
    addEventListener('keydown', onKeyDown);
    for (const key of takeEarlyKeys()) act(key);
    const stopListening = onSearchRequest(open);
    const asked = queryOfAddress(location);
    if (asked !== '') open(asked);
    return () => {
      removeEventListener('keydown', onKeyDown);
      stopListening();
    };
  }, [open]);

  const prefetch = (): void => {
    void loadDialog(styles).then(
      ({ warmUp }) => requestIdleCallbackOrSoon(warmUp),
      () => undefined,
    );
  };
  const Dialog = opening?.dialog;
  return (
    <>
      <a
        id="search"
        href={href(INDEX)}
        className="search-button"
        // A link while it leads somewhere, a button once it opens something.
        {...(isLive ? { role: 'button', 'aria-haspopup': 'dialog' as const } : {})}
        onPointerEnter={prefetch}
        onFocus={prefetch}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          open('');
        }}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          open('');
        }}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="6.75" cy="6.75" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="m10.2 10.2 4 4" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
        <span className="search-button-text max-[23rem]:sr-only">Search</span>
        <span className="js-only search-button-key" aria-hidden="true">
          <span className="on-mac">⌘K</span>
          <span className="off-mac">Ctrl K</span>
        </span>
      </a>
      {Dialog !== undefined && opening !== null && (
        <Dialog
          key={opening.count}
          query={opening.query}
          isTyped={opening.isTyped}
          onClose={() => setOpening(null)}
        />
      )}
    </>
  );
}

/** Safari has no requestIdleCallback. */
function requestIdleCallbackOrSoon(callback: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(callback);
  else setTimeout(callback, 200);
}

/** What another program has asked for by the address of the index, as a browser's own search does. */
function queryOfAddress({ pathname, search }: Location): string {
  return pathname === href(INDEX) ? (new URLSearchParams(search).get('q') ?? '').trim() : '';
}
