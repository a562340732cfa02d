'use client';
/** The reader's settings, and all that the site keeps for them: shown, cleared, and put back. */
import { type ReactNode, type RefObject, useEffect, useReducer, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { KEYS } from '@/lib/figure/key-list';
import { forgetPagesKeptHere, pagesKeptHere } from '@/lib/offline/here';
import type { KeptPage } from '@/lib/offline/kept';
import { type Kept, keptIn, progressOf } from '@/lib/settings/kept';
import { letSingleKeysAct, singleKeysAct } from './single-keys';
import { THEME_KEY, THEME_LABELS, themeOf } from './theme';
import { ThemeChoice } from './theme-choice.client';
import { chooseTheme, useTheme } from './theme-store';
import { useIsLive } from './use-is-live';

/** @param titles of the simulations and labs, by id */
export function Settings({
  titles,
}: {
  readonly titles: Readonly<Record<string, string>>;
}): ReactNode {
  // A changed theme is kept as well: this draws the list anew.
  useTheme();
  const isLive = useIsLive();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [cleared, setCleared] = useState<Cleared>(NOTHING);
  const [pages, setPages] = useState<readonly KeptPage[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    void pagesKeptHere().then(setPages);
    addEventListener('storage', redraw);
    return () => removeEventListener('storage', redraw);
  }, []);

  const kept = isLive ? readKept() : [];
  const forget = (keys: readonly string[]): readonly Kept[] => {
    const gone = kept?.filter(({ key }) => keys.includes(key)) ?? [];
    for (const { key } of gone) localStorage.removeItem(key);
    if (keys.includes(THEME_KEY)) chooseTheme('system');
    return gone;
  };
  const forgetPages = (): boolean => {
    void forgetPagesKeptHere().then(() => setPages([]));
    return pages.length > 0;
  };
  /** The button that was pressed may go: the focus moves to what can be done next. */
  const show = (next: Cleared): void => {
    flushSync(() => setCleared(next));
    (undo.current ?? heading.current)?.focus();
  };
  const putBack = (): void => {
    for (const { key, value } of cleared.kept) {
      localStorage.setItem(key, value);
      if (key === THEME_KEY) chooseTheme(themeOf(value));
    }
    show(NOTHING);
  };
  const rows = [
    ...rowsOf(kept ?? [], titles).map(({ keys, ...row }) => ({
      ...row,
      onClear: () => show({ kept: forget(keys), pages: false }),
    })),
    ...(pages.length === 0
      ? []
      : [
          {
            title: 'Pages to read without a network',
            holds: `${counted(pages.length, 'page')}, figures included`,
            onClear: () => show({ kept: [], pages: forgetPages() }),
          },
        ]),
  ];

  return (
    <>
      <Section title="Theme">
        <fieldset className="settings-choices">
          <legend className="sr-only">Theme</legend>
          <ThemeChoice name="theme-setting" />
        </fieldset>
      </Section>
      <Section title="Keys">
        <label className="settings-switch">
          <input
            type="checkbox"
            checked={!isLive || singleKeysAct()}
            disabled={!isLive}
            onChange={(event) => {
              letSingleKeysAct(event.target.checked);
              redraw();
            }}
          />
          Single keys act
        </label>
        <p className="settings-note">
          Switch them off if you dictate, or if keys are pressed by accident. Ctrl K and ⌘ K open
          the search in any case.
        </p>
        <KeyTable />
      </Section>
      <Section title="Kept on this machine" heading={heading}>
        {kept === null ? (
          <p className="settings-note">
            Nothing: this browser does not let the site keep anything.
          </p>
        ) : (
          <>
            <KeptList rows={rows} />
            <p className="settings-note">
              {rows.length === 0
                ? 'Nothing so far. Your theme, recent searches, tasks, predictions, edited code, questions to labs, pasted logs and the pages that you read will be kept here, in this browser alone.'
                : 'All of it stays in this browser and is sent nowhere.'}
            </p>
            {rows.length > 1 && (
              <button
                type="button"
                className="settings-button"
                onClick={() =>
                  show({ kept: forget(kept.map(({ key }) => key)), pages: forgetPages() })
                }
              >
                Clear all of it
              </button>
            )}
          </>
        )}
        <p className="settings-note" role="status">
          {(cleared.kept.length > 0 || cleared.pages) && 'Cleared. '}
          {cleared.kept.length > 0 && (
            <button ref={undo} type="button" className="settings-undo" onClick={putBack}>
              {cleared.pages ? 'Put back all but the pages' : 'Put it back'}
            </button>
          )}
          {cleared.pages && ' Pages are kept again when you read them.'}
        </p>
      </Section>
    </>
  );
}

/** What the last click has cleared. */
interface Cleared {
  /** What can be put back, as it was. */
  readonly kept: readonly Kept[];
  /** Whether pages went as well: what was fetched for them is gone, and comes only by reading them. */
  readonly pages: boolean;
}

const NOTHING: Cleared = { kept: [], pages: false };

/** Null where storage is closed to us. */
function readKept(): readonly Kept[] | null {
  try {
    return keptIn(localStorage);
  } catch {
    return null;
  }
}

function Section({
  title,
  heading,
  children,
}: {
  readonly title: string;
  /** For a section that takes the focus when what had it has gone. */
  readonly heading?: RefObject<HTMLHeadingElement | null>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="page-grid" aria-label={title}>
      <h2 ref={heading} tabIndex={-1} className="page-side settings-title">
        {title}
      </h2>
      <div className="page-main settings-body">{children}</div>
    </section>
  );
}

function KeyTable(): ReactNode {
  return (
    <>
      <h3 className="settings-subtitle">Anywhere</h3>
      <KeyRows rows={[{ keys: ['/'], does: 'open the search' }]} />
      <h3 className="settings-subtitle">In a figure that has the focus</h3>
      <KeyRows rows={KEYS} />
    </>
  );
}

function KeyRows({ rows }: { readonly rows: typeof KEYS }): ReactNode {
  return (
    <dl className="settings-keys">
      {rows.map(({ keys, does }) => (
        <div key={does}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}

interface Row {
  readonly title: string;
  readonly holds: string;
}

/** What storage holds, in words, with the names under which it holds it. */
function rowsOf(
  kept: readonly Kept[],
  titles: Readonly<Record<string, string>>,
): (Row & { readonly keys: readonly string[] })[] {
  return [
    ...kept.flatMap(({ key, kind, simulation, count, value }) => {
      switch (kind) {
        case 'theme':
          return [{ title: 'Theme', holds: THEME_LABELS[themeOf(value)], keys: [key] }];
        case 'single-keys':
          return [{ title: 'Single keys', holds: 'switched off', keys: [key] }];
        case 'searches':
          return [{ title: 'Recent searches', holds: counted(count, 'search', 'es'), keys: [key] }];
        case 'other':
          return [{ title: key, holds: 'from another version of the site', keys: [key] }];
        case 'code':
          return [
            {
              title: `Your code: ${titles[simulation ?? ''] ?? simulation}`,
              holds: `${counted(count, 'file')} edited`,
              keys: [key],
            },
          ];
        case 'lab':
          return [
            {
              title: `Your questions: ${titles[simulation ?? ''] ?? simulation}`,
              holds: `${counted(count, 'step')} edited`,
              keys: [key],
            },
          ];
        case 'traffic':
          return [
            {
              title: `Your traffic: ${titles[simulation ?? ''] ?? simulation}`,
              holds: 'lines you pasted',
              keys: [key],
            },
          ];
        case 'tasks':
        case 'prediction':
          return [];
        default:
          return kind satisfies never;
      }
    }),
    ...progressOf(kept).map(({ simulation, tasks, predictions, keys }) => ({
      title: titles[simulation] ?? simulation,
      holds: [
        ...(tasks > 0 ? [`${counted(tasks, 'task')} reached`] : []),
        ...(predictions > 0 ? [`${counted(predictions, 'prediction')} made`] : []),
      ].join(', '),
      keys,
    })),
  ];
}

function KeptList({
  rows,
}: {
  readonly rows: readonly (Row & { readonly onClear: () => void })[];
}): ReactNode {
  if (rows.length === 0) return null;
  return (
    <ul className="settings-kept">
      {rows.map(({ title, holds, onClear }) => (
        <li key={title}>
          <span>
            {title} <span className="text-ink-faint">{holds}</span>
          </span>
          <button
            type="button"
            className="settings-button"
            aria-label={`Clear ${title}`}
            onClick={onClear}
          >
            Clear
          </button>
        </li>
      ))}
    </ul>
  );
}

function counted(count: number, noun: string, plural = 's'): string {
  return `${count} ${noun}${count === 1 ? '' : plural}`;
}
