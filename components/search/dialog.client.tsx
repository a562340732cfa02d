'use client';
/**
 * The search: a combobox over a list of results in a native dialog, which keeps the focus and closes
 * on Escape by itself. The field keeps the focus throughout; the arrows move through the results.
 */
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Piece } from '@/lib/search/highlight';
import { addRecent, RECENT_KEY, readRecent } from '@/lib/search/recent';
import type { Hit } from '@/lib/search/search';
import { href } from '@/lib/site';
import { type Reply, resetSearchEngine, searchEngine } from './engine';
import { isField } from './shortcut';

/** Starts the worker and its downloads before the first keystroke. */
export function warmUp(): void {
  searchEngine();
}

export function SearchDialog({
  query: initialQuery,
  isTyped,
  onClose,
}: {
  readonly query: string;
  /** Whether the reader has begun to type it: the caret stands behind it then. */
  readonly isTyped: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState(initialQuery);
  const [reply, setReply] = useState<Reply | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const [recent, setRecent] = useState<readonly string[]>(() => readRecent(stored()));

  // Before the next keystroke, not after the next frame.
  useLayoutEffect(() => {
    dialog.current?.showModal();
    const end = input.current?.value.length ?? 0;
    input.current?.setSelectionRange(isTyped ? end : 0, end);
  }, [isTyped]);

  useEffect(
    () =>
      searchEngine().listen({
        onReply: (next) => {
          setReply(next);
          setFailure(null);
        },
        onFailure: (message) => {
          resetSearchEngine();
          setFailure(message);
        },
      }),
    [],
  );

  useEffect(() => {
    if (query.trim() === '') setReply(null);
    else searchEngine().ask(query);
  }, [query]);

  const isEmpty = query.trim() === '';
  const groups = isEmpty ? [] : (reply?.answer.groups ?? []);
  const hits = groups.flatMap((group) => group.hits);
  const optionCount = isEmpty ? recent.length : hits.length;
  const optionId = (index: number): string => `${id}-option-${index}`;

  const type = (text: string): void => {
    setQuery(text);
    setActive(0);
  };

  const remember = (): void => {
    const next = addRecent(recent, query);
    setRecent(next);
    try {
      localStorage.setItem(RECENT_KEY, JSON.stringify(next));
    } catch {
      // Not remembered: storage is full or closed to us.
    }
  };

  const move = (to: number): void => {
    if (optionCount === 0) return;
    const next = (to + optionCount) % optionCount;
    setActive(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };

  const choose = (index: number, inNewTab: boolean): void => {
    if (isEmpty) {
      type(recent[index] ?? '');
      return;
    }
    const hit = hits[index];
    if (hit === undefined) return;
    remember();
    if (inNewTab) {
      open(href(hit.url), '_blank', 'noopener');
      return;
    }
    dialog.current?.close();
    location.assign(href(hit.url));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const isChord = event.metaKey || event.ctrlKey;
    switch (event.key) {
      case 'ArrowDown':
        move(active + 1);
        break;
      case 'ArrowUp':
        move(active - 1);
        break;
      case 'Enter':
        choose(active, isChord);
        break;
      case 'Home':
      case 'End':
        // With a modifier the caret moves, as in every field.
        if (!isChord) return;
        move(event.key === 'Home' ? 0 : -1);
        break;
      case 'k':
      case 'K':
        if (!isChord) return;
        dialog.current?.close();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <dialog
      ref={dialog}
      className="search-dialog"
      aria-label="Search"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
      // No key of the page's figures may act behind the dialog.
      onKeyDown={(event) => {
        if (isField(event.target)) event.stopPropagation();
      }}
    >
      <div className="search-panel">
        <div className="search-field">
          <svg width="18" height="18" viewBox="0 0 16 16" aria-hidden="true">
            <circle
              cx="6.75"
              cy="6.75"
              r="4.5"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.4"
            />
            <path
              d="m10.2 10.2 4 4"
              stroke="currentColor"
              strokeWidth="1.4"
              strokeLinecap="round"
            />
          </svg>
          <input
            ref={input}
            // In a search field Escape would first empty the field.
            type="text"
            inputMode="search"
            role="combobox"
            aria-label="Search guides, sections and simulations"
            aria-expanded={optionCount > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={optionCount > 0 ? optionId(active) : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
            placeholder="Search guides, sections, simulations"
            value={query}
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <button type="button" className="search-close" onClick={() => dialog.current?.close()}>
            <kbd className="max-sm:hidden">Esc</kbd>
            <span className="sm:sr-only">Close</span>
          </button>
        </div>
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={isEmpty ? 'Recent searches' : 'Results'}
          className="search-list"
          hidden={optionCount === 0}
        >
          {isEmpty ? (
            // biome-ignore lint/a11y/useSemanticElements: a group of options of a listbox
            <div role="group" aria-labelledby={`${id}-recent`}>
              <p id={`${id}-recent`} className="search-group">
                Recent searches
              </p>
              {recent.map((each, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
                // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus
                <div
                  key={each}
                  id={optionId(index)}
                  role="option"
                  aria-selected={index === active}
                  className="search-option"
                  onClick={() => {
                    choose(index, false);
                    input.current?.focus();
                  }}
                  onPointerMove={() => setActive(index)}
                >
                  <span className="search-title">{each}</span>
                </div>
              ))}
            </div>
          ) : (
            groups.map((group, groupIndex) => {
              const before = groups
                .slice(0, groupIndex)
                .reduce((sum, each) => sum + each.hits.length, 0);
              return (
                // biome-ignore lint/a11y/useSemanticElements: a group of options of a listbox
                <div key={group.title} role="group" aria-labelledby={`${id}-group-${groupIndex}`}>
                  <p id={`${id}-group-${groupIndex}`} className="search-group">
                    {group.title}
                  </p>
                  {group.hits.map((hit, hitIndex) => {
                    const index = before + hitIndex;
                    return (
                      <Option
                        key={hit.url}
                        id={optionId(index)}
                        hit={hit}
                        isActive={index === active}
                        onPoint={() => setActive(index)}
                        onFollow={remember}
                      />
                    );
                  })}
                </div>
              );
            })
          )}
        </div>
        <Status
          query={query}
          reply={isEmpty ? null : reply}
          failure={failure}
          hasRecent={recent.length > 0}
          onTry={(text) => {
            type(text);
            input.current?.focus();
          }}
        />
      </div>
    </dialog>
  );
}

const KINDS: Readonly<Record<Hit['kind'], string>> = {
  guide: 'Guide',
  section: 'Section',
  simulation: 'Simulation',
  category: 'Category',
};

/** A link, so that it can be opened in a new tab as any link can; the keys are the combobox's. */
function Option({
  id,
  hit,
  isActive,
  onPoint,
  onFollow,
}: {
  readonly id: string;
  readonly hit: Hit;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onFollow: () => void;
}): ReactNode {
  return (
    <a
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      href={href(hit.url)}
      className="search-option"
      onPointerMove={onPoint}
      onClick={(event) => {
        onFollow();
        // A section of this very page: the page stays, so the dialog has to go.
        if (!event.metaKey && !event.ctrlKey) event.currentTarget.closest('dialog')?.close();
      }}
    >
      <span className="search-title">
        <Marked pieces={hit.title} />
      </span>
      <span className="search-kind">{KINDS[hit.kind]}</span>
      {hit.text.length > 0 && (
        <span className="search-text">
          <Marked pieces={hit.text} />
        </span>
      )}
    </a>
  );
}

function Marked({ pieces }: { readonly pieces: readonly Piece[] }): ReactNode {
  let at = 0;
  return pieces.map(({ text, hit }) => {
    const key = at;
    at += text.length;
    return hit ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>;
  });
}

/** What is to be said below the list; read out when it has settled. */
function Status({
  query,
  reply,
  failure,
  hasRecent,
  onTry,
}: {
  readonly query: string;
  readonly reply: Reply | null;
  readonly failure: string | null;
  readonly hasRecent: boolean;
  readonly onTry: (query: string) => void;
}): ReactNode {
  const settled = useDeferredValue(reply);
  return (
    <div className="search-status" role="status">
      {failure !== null ? (
        <p>
          {failure} Check the connection and type again, or go to the{' '}
          <a href={href('/#guides')}>list of guides</a>.
        </p>
      ) : settled === null ? (
        <p>
          {query.trim() !== ''
            ? 'Searching …'
            : hasRecent
              ? '↑ ↓ to choose, Enter to search again'
              : 'Titles, sections, simulations and other names of things'}
        </p>
      ) : (
        <Outcome reply={settled} onTry={onTry} />
      )}
    </div>
  );
}

function Outcome({
  reply: { query, answer, complete },
  onTry,
}: {
  readonly reply: Reply;
  readonly onTry: (query: string) => void;
}): ReactNode {
  const { count, repairs, suggestions } = answer;
  if (count > 0) {
    return (
      <p>
        {count} {count === 1 ? 'result' : 'results'}
        {repairs.map(({ asked, meant }) => (
          <span key={asked}>
            {', “'}
            {asked}
            {'” taken for “'}
            {meant}
            {'”'}
          </span>
        ))}
      </p>
    );
  }
  if (!complete) return <p>Searching …</p>;
  return (
    <>
      <p>Nothing has “{query.trim()}” in it.</p>
      {suggestions.length > 0 && (
        <p>
          Did you mean{' '}
          {suggestions.map((word, index) => (
            <span key={word}>
              {index > 0 && ' or '}
              <button type="button" className="search-try" onClick={() => onTry(word)}>
                {word}
              </button>
            </span>
          ))}
          ?
        </p>
      )}
      <p>
        Try a more general word, or look through the <a href={href('/#guides')}>list of guides</a>.
      </p>
    </>
  );
}

function stored(): string | null {
  try {
    return localStorage.getItem(RECENT_KEY);
  } catch {
    return null;
  }
}
