'use client';
/**
 * The search: a combobox over a list of results in a native dialog, which keeps the focus and closes
 * on Escape by itself. The field keeps the focus throughout; the arrows move through the results. Once
 * the reader has begun to choose, what is shown stays where it is.
 */
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { beginWhole } from '@/components/site/place';
import { KINDS } from '@/lib/search/documents';
import type { Piece } from '@/lib/search/highlight';
import { held } from '@/lib/search/hold';
import { addRecent, RECENT_KEY, readRecent } from '@/lib/search/recent';
import type { Hit, HitGroup } from '@/lib/search/search';
import { href } from '@/lib/site';
import { runCommand } from './commands';
import { type Reply, searchEngine } from './engine';
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
  /** Whether the reader is choosing from the results of the present query. */
  const isChoosing = useRef(false);
  /** Enter that came before the answer to what was typed; tells whether in a new tab. */
  const [wanted, setWanted] = useState<{ readonly inNewTab: boolean } | null>(null);

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
          setReply((shown) =>
            isChoosing.current && shown !== null && shown.query === next.query
              ? { ...next, answer: held(shown.answer, next.answer) }
              : next,
          );
          setFailure(null);
        },
        onFailure: setFailure,
      }),
    [],
  );

  useEffect(() => {
    if (initialQuery.trim() !== '') searchEngine().ask(initialQuery);
  }, [initialQuery]);

  // A phone's keyboard covers the lower half of a page without making it smaller.
  useEffect(() => {
    const { visualViewport } = window;
    if (visualViewport === null) return;
    const fill = (): void =>
      dialog.current?.style.setProperty(
        '--visible-height',
        `${Math.round(visualViewport.height * visualViewport.scale)}px`,
      );
    fill();
    visualViewport.addEventListener('resize', fill);
    return () => visualViewport.removeEventListener('resize', fill);
  }, []);

  const isEmpty = query.trim() === '';
  const groups = isEmpty ? NO_GROUPS : (reply?.answer.groups ?? NO_GROUPS);
  const hits = groups.flatMap((group) => group.hits);
  const optionCount = isEmpty ? recent.length : hits.length;
  const optionId = (index: number): string => optionOf(id, index);

  const type = (text: string): void => {
    // Before anything is drawn: meanwhile the worker looks for the answer.
    if (text.trim() === '') setReply(null);
    else searchEngine().ask(text);
    setQuery(text);
    setActive(0);
    setWanted(null);
    isChoosing.current = false;
    list.current?.scrollTo({ top: 0 });
  };

  const keep = (next: readonly string[]): void => {
    setRecent(next);
    try {
      if (next.length === 0) localStorage.removeItem(RECENT_KEY);
      else localStorage.setItem(RECENT_KEY, JSON.stringify(next));
    } catch {
      // Not remembered: storage is full or closed to us.
    }
  };

  const point = (index: number): void => {
    isChoosing.current = true;
    setActive(index);
  };

  const move = (to: number): void => {
    if (optionCount === 0) return;
    const next = (to + optionCount) % optionCount;
    point(next);
    const option = document.getElementById(optionId(next));
    // With the first of a group its heading comes into sight as well.
    const isFirst = option?.previousElementSibling?.classList.contains('search-group') === true;
    if (isFirst) option.parentElement?.scrollIntoView({ block: 'nearest' });
    option?.scrollIntoView({ block: 'nearest' });
  };

  const go = (hit: Hit, inNewTab: boolean): void => {
    if (hit.kind === 'command') {
      dialog.current?.close();
      runCommand(hit.url);
      return;
    }
    keep(addRecent(recent, query));
    if (inNewTab) {
      open(href(hit.url), '_blank', 'noopener');
      return;
    }
    dialog.current?.close();
    // It may lead to another part of this page.
    beginWhole();
    location.assign(href(hit.url));
  };

  const choose = (index: number, inNewTab: boolean): void => {
    if (isEmpty) {
      type(recent[index] ?? '');
      input.current?.focus();
      return;
    }
    // What is shown still answers an earlier query: the reader has not seen what they chose.
    if (reply?.query !== query) {
      setWanted({ inNewTab });
      return;
    }
    const hit = hits[index];
    if (hit !== undefined) go(hit, inNewTab);
  };

  useEffect(() => {
    const [first] = reply?.answer.groups[0]?.hits ?? [];
    if (wanted === null || reply?.query !== query || first === undefined) return;
    setWanted(null);
    go(first, wanted.inNewTab);
  });

  const acts = useRef<Acts>(null);
  useLayoutEffect(() => {
    acts.current = {
      point,
      follow: () => keep(addRecent(recent, query)),
      run: (hit) => go(hit, false),
    };
  });

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
            aria-label="Search the handbook"
            aria-expanded={optionCount > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={optionCount > 0 ? optionId(active) : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
            placeholder="Search the handbook"
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
          onScroll={() => {
            if ((list.current?.scrollTop ?? 0) > 0) isChoosing.current = true;
          }}
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
                  className="search-option search-option-recent"
                  onClick={() => choose(index, false)}
                  onPointerMove={(event) => {
                    if (hasMoved(event)) point(index);
                  }}
                >
                  <span className="search-title">{each}</span>
                </div>
              ))}
            </div>
          ) : (
            <Results id={id} groups={groups} active={active} acts={acts} />
          )}
        </div>
        <Status
          query={query}
          reply={isEmpty ? null : reply}
          failure={failure}
          canChoose={optionCount > 0}
          onForget={
            recent.length > 0
              ? () => {
                  keep([]);
                  // The button goes, and the focus with it.
                  input.current?.focus();
                }
              : null
          }
          onTry={(text) => {
            type(text);
            input.current?.focus();
          }}
        />
      </div>
    </dialog>
  );
}

const NO_GROUPS: readonly HitGroup[] = [];

function optionOf(id: string, index: number): string {
  return `${id}-option-${index}`;
}

/** What may be done with a result. */
interface Acts {
  readonly point: (index: number) => void;
  /** A link is followed by the browser itself. */
  readonly follow: () => void;
  readonly run: (hit: Hit) => void;
}

/** Drawn when they change or another is chosen, and not at every keystroke. */
const Results = memo(function Results({
  id,
  groups,
  active,
  acts,
}: {
  readonly id: string;
  readonly groups: readonly HitGroup[];
  readonly active: number;
  readonly acts: RefObject<Acts | null>;
}): ReactNode {
  return groups.map((group, groupIndex) => {
    const before = groups.slice(0, groupIndex).reduce((sum, each) => sum + each.hits.length, 0);
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
              id={optionOf(id, index)}
              hit={hit}
              isActive={index === active}
              onPoint={() => acts.current?.point(index)}
              onFollow={() => acts.current?.follow()}
              onRun={() => acts.current?.run(hit)}
            />
          );
        })}
      </div>
    );
  });
});

/** Rows that come under a pointer at rest do not mean that it points at them. */
function hasMoved({ movementX, movementY }: PointerEvent): boolean {
  return movementX !== 0 || movementY !== 0;
}

/**
 * A link, so that it can be opened in a new tab as any link can, or what runs a command; the keys are
 * the combobox's.
 */
function Option({
  id,
  hit,
  isActive,
  onPoint,
  onFollow,
  onRun,
}: {
  readonly id: string;
  readonly hit: Hit;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onFollow: () => void;
  readonly onRun: () => void;
}): ReactNode {
  const props = {
    id,
    role: 'option',
    'aria-selected': isActive,
    tabIndex: -1,
    className: 'search-option',
    onPointerMove: (event: PointerEvent) => {
      if (hasMoved(event)) onPoint();
    },
  } as const;
  const content = (
    <>
      <span className="search-title">
        <Marked pieces={hit.title} />
      </span>
      <span className="search-kind">{KINDS[hit.kind].label}</span>
      <span className="search-text">
        <Marked pieces={hit.text} />
      </span>
    </>
  );
  if (hit.kind === 'command') {
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
      // biome-ignore lint/a11y/noStaticElementInteractions: its role, an option, is among the props
      <div {...props} onClick={onRun}>
        {content}
      </div>
    );
  }
  return (
    <a
      {...props}
      href={href(hit.url)}
      onClick={(event) => {
        onFollow();
        // A section of this very page: the page stays, so the dialog has to go.
        if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
          event.currentTarget.closest('dialog')?.close();
        }
      }}
    >
      {content}
    </a>
  );
}

function Marked({ pieces }: { readonly pieces: readonly Piece[] }): ReactNode {
  let at = 0;
  return pieces.map(({ text, hit }) => {
    const key = at;
    at += text.length;
    return hit ? <mark key={key}>{text}</mark> : text;
  });
}

/** What is to be said below the list; read out when it has settled. */
function Status({
  query,
  reply,
  failure,
  canChoose,
  onForget,
  onTry,
}: {
  readonly query: string;
  readonly reply: Reply | null;
  readonly failure: string | null;
  readonly canChoose: boolean;
  /** Null if there is nothing to forget. */
  readonly onForget: (() => void) | null;
  readonly onTry: (query: string) => void;
}): ReactNode {
  const settled = useDeferredValue(reply);
  const isEmpty = query.trim() === '';
  return (
    <div className="search-foot">
      <div className="search-status" role="status">
        {failure !== null ? (
          <p>
            {failure} Check the connection and type again, or look into the{' '}
            <a href={href(INDEX)}>index</a>.
          </p>
        ) : isEmpty ? (
          <p>
            Guides, sections, simulations, terms and commands. <a href={href(INDEX)}>Index</a>
          </p>
        ) : settled === null ? (
          <p>Searching …</p>
        ) : (
          <Outcome reply={settled} onTry={onTry} />
        )}
      </div>
      {isEmpty && onForget !== null ? (
        <button type="button" className="search-try" onClick={onForget}>
          Clear recent searches
        </button>
      ) : (
        canChoose && (
          <p className="search-keys" aria-hidden="true">
            <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> open
          </p>
        )
      )}
    </div>
  );
}

function Outcome({
  reply: { query, answer, progress },
  onTry,
}: {
  readonly reply: Reply;
  readonly onTry: (query: string) => void;
}): ReactNode {
  const { count, repairs, suggestions } = answer;
  const missing = progress.missing > 0 && (
    <p>Some texts could not be read: only the titles of their guides are searched.</p>
  );
  if (count > 0) {
    return (
      <>
        <p>
          {count} {count === 1 ? 'result' : 'results'}
          {progress.isComplete ? '' : ' so far'}
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
        {missing}
      </>
    );
  }
  if (!progress.isComplete) return <p>Searching …</p>;
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
        Try a more general word, or look in the <a href={href(INDEX)}>index</a>.
      </p>
      {missing}
    </>
  );
}

/** Everything in the handbook, from A to Z: a search by eye. */
const INDEX = '/search/';

function stored(): string | null {
  try {
    return localStorage.getItem(RECENT_KEY);
  } catch {
    return null;
  }
}
