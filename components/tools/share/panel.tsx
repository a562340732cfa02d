/** The tool "Share": everything in which what a figure shows can be taken elsewhere. */
import './share.css';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { addressOf } from '@/components/figure/address';
import { describeStage } from '@/components/figure/stage';
import { usePaced } from '@/components/figure/use-figure';
import { momentOf, viewPropsAt, viewsOf } from '@/components/figure/view-props';
import { tableView } from '@/components/views/view';
import type { Shown } from '@/lib/figure/extras';
import type { Figure, FigureState } from '@/lib/figure/figure';
import { formatMoment } from '@/lib/simulation/format';
import { href, SITE_NAME } from '@/lib/site';
import { type Caption, captionOf, fullCaption, shortCaption } from '@/lib/tools/share/caption';
import { asMarkdown, citation } from '@/lib/tools/share/citation';
import { runDocument } from '@/lib/tools/share/document';
import {
  EMBED_THEMES,
  type EmbedTheme,
  embedFigure,
  embedPath,
  embedTheme,
} from '@/lib/tools/share/embed';
import { embedCode, embedQuery } from '@/lib/tools/share/embed-code';
import { filmSpan } from '@/lib/tools/share/film';
import { svgText } from '@/lib/tools/share/svg';
import { type SharedTable, sharedTables } from '@/lib/tools/share/tables';
import { saveCsv, saveFile } from '../save';
import type { ToolPanelProps } from '../tool';
import { film, filmType } from './film';
import { pngOf } from './raster';
import { type Legend, openStudio, type Theme } from './studio';

export function SharePanel({ figure }: ToolPanelProps): ReactNode {
  const state = usePaced(figure, stillDiffers);
  const [theme, setTheme] = useState(themeOfPage);
  const [failure, setFailure] = useState<string | null>(null);
  if (!state.shown) return null;
  const actions: Actions = { figure, theme, failed: setFailure };
  return (
    <div className="tool-share">
      <Words {...actions} />
      <Pictures {...actions} onTheme={setTheme} />
      <Numbers {...actions} />
      <Film {...actions} />
      <Embed {...actions} />
      <p className="tool-share-failure" role="alert">
        {failure}
      </p>
    </div>
  );
}

interface Actions {
  readonly figure: Figure;
  /** Of pictures and films. */
  readonly theme: Theme;
  /** Says why something could not be done; null takes it back. */
  readonly failed: (why: string | null) => void;
}

/** What the panel says of a moment changes when time stands still: nobody could read it before. */
const stillDiffers = (a: FigureState, b: FigureState): boolean =>
  a.shown !== b.shown ||
  a.extras !== b.extras ||
  (b.mode !== 'playing' && (a.mode === 'playing' || momentOf(a) !== momentOf(b)));

/** All there is to share, as it is at this moment. */
interface Moment {
  readonly shown: Shown;
  readonly t: number;
  readonly caption: Caption;
  readonly address: string;
}

function momentNow(figure: Figure): Moment {
  const state = figure.store.get();
  const { shown } = state;
  if (!shown) throw new Error('There is no run to share yet. Wait for it, then try again.');
  const t = momentOf(state);
  return {
    shown,
    t,
    caption: captionOf(figure, describeStage(figure), t),
    address: addressOf(figure.spec.figure, figure.linkText()),
  };
}

function legendOf(figure: Figure, { shown, caption, address }: Moment): Legend {
  return {
    title: shortCaption(caption),
    words: fullCaption(caption),
    source: sourceLine(figure, { shown, caption, address }, caption.moment),
  };
}

/** @param when the moment or the stretch that is shown, in words */
const sourceLine = (
  figure: Figure,
  { shown, caption, address }: Pick<Moment, 'shown' | 'caption' | 'address'>,
  when: string,
): string =>
  `At ${[when, ...caption.settings].join('; ')}. ${citation(figure, shown, SITE_NAME)} ${address}`;

/** "rate-limiter-race-boundary-1250ms". */
const fileName = ({ description, spec }: Figure, t: number): string =>
  `${description.id}-${spec.scenario}-${Math.round(t)}ms`;

/* Words -------------------------------------------------------------------------------------------- */

function Words({ figure, failed }: Actions): ReactNode {
  const { caption, address } = momentNow(figure);
  const field = useRef<HTMLInputElement>(null);
  return (
    <Part title="Link to this moment">
      <p className="tool-share-caption">{fullCaption(caption)}</p>
      <input
        ref={field}
        className="tool-share-address"
        data-keys="text"
        aria-label="Address of this moment"
        readOnly
        value={address}
        onFocus={() => field.current?.select()}
      />
      <Deeds
        failed={failed}
        deeds={[
          {
            label: 'Copy link',
            act: async () => copy(momentNow(figure).address),
          },
          {
            label: 'Copy link with caption',
            act: async () => {
              const now = momentNow(figure);
              return copy(`${fullCaption(now.caption)}\n${now.address}`);
            },
          },
          {
            label: 'Copy as Markdown',
            title: 'Caption, measures, and a citation with seed and version',
            act: async () => {
              const now = momentNow(figure);
              const source = { site: SITE_NAME, address: now.address };
              return copy(asMarkdown(figure, now.shown, now.caption, source));
            },
          },
        ]}
      />
    </Part>
  );
}

/* Pictures ----------------------------------------------------------------------------------------- */

/** Pixels for each px: sharp on a dense screen, and in print at half its width. */
const PNG_SCALE = 2;

function Pictures({
  figure,
  theme,
  failed,
  onTheme,
}: Actions & { readonly onTheme: (theme: Theme) => void }): ReactNode {
  const id = useId();
  const png = async (): Promise<Blob> => {
    const { picture, svg } = await pictureNow(figure, theme, { withFaces: true });
    return pngOf(svg, picture, PNG_SCALE);
  };
  return (
    <Part title="Picture">
      <p className="tool-share-choice">
        <label htmlFor={`${id}-theme`}>Theme</label>
        <select
          id={`${id}-theme`}
          className="fig-select"
          data-keys="text"
          value={theme}
          onChange={(event) => onTheme(event.target.value === 'dark' ? 'dark' : 'light')}
        >
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </p>
      <Deeds
        failed={failed}
        deeds={[
          {
            label: 'Download SVG',
            act: async () => {
              const { t, svg } = await pictureNow(figure, theme, { withFaces: true });
              saveFile(`${fileName(figure, t)}.svg`, new Blob([svg], { type: 'image/svg+xml' }));
              return 'Downloaded';
            },
          },
          {
            label: 'Copy SVG',
            title: 'Without its typeface, which is most of the file',
            act: async () => copy((await pictureNow(figure, theme, { withFaces: false })).svg),
          },
          {
            label: 'Download PNG',
            act: async () => {
              const { t } = momentNow(figure);
              saveFile(`${fileName(figure, t)}.png`, await png());
              return 'Downloaded';
            },
          },
          {
            label: 'Copy PNG',
            act: async () => {
              try {
                // A promise, since some browsers ask for the permission before the picture is made.
                await navigator.clipboard.write([new ClipboardItem({ 'image/png': png() })]);
              } catch {
                throw new Error(
                  'The browser did not let the page copy a picture. Download it instead.',
                );
              }
              return 'Copied';
            },
          },
        ]}
      />
    </Part>
  );
}

async function pictureNow(figure: Figure, theme: Theme, { withFaces }: { withFaces: boolean }) {
  const now = momentNow(figure);
  const studio = openStudio(figure, now.shown, theme);
  try {
    const picture = studio.draw(now.t, legendOf(figure, now));
    const faces = withFaces ? await studio.faces() : [];
    return { t: now.t, picture, svg: svgText(picture, faces) };
  } finally {
    studio.close();
  }
}

/* Numbers ------------------------------------------------------------------------------------------ */

function tablesNow(figure: Figure): readonly SharedTable[] {
  const { shown, t } = momentNow(figure);
  const views = viewsOf(figure).map(([id, view]) => ({
    id,
    ...tableView(viewPropsAt(view, shown, t)),
  }));
  return sharedTables(shown, views, figure.store.get().traffic?.startMs ?? null);
}

function Numbers({ figure, failed }: Actions): ReactNode {
  const id = useId();
  const tables = tablesNow(figure);
  const [chosen, choose] = useState('');
  const tableNow = (): SharedTable => {
    const now = tablesNow(figure);
    const table = now.find((each) => each.id === chosen) ?? now[0];
    if (!table) throw new Error('There is no table of this figure.');
    return table;
  };
  return (
    <Part title="Numbers">
      <p className="tool-share-choice">
        <label htmlFor={`${id}-table`}>Table</label>
        <select
          id={`${id}-table`}
          className="fig-select"
          data-keys="text"
          value={tables.some((table) => table.id === chosen) ? chosen : tables[0]?.id}
          onChange={(event) => choose(event.target.value)}
        >
          {tables.map((table) => (
            <option key={table.id} value={table.id}>
              {table.title}
            </option>
          ))}
        </select>
      </p>
      <Deeds
        failed={failed}
        deeds={[
          {
            label: 'Download CSV',
            act: async () => {
              const { id: table, csv } = tableNow();
              saveCsv(`${fileName(figure, momentNow(figure).t)}-${table}.csv`, csv());
              return 'Downloaded';
            },
          },
          { label: 'Copy CSV', act: async () => copy(tableNow().csv()) },
          {
            label: 'Download recording',
            title: 'Everything that was recorded and measured, as JSON',
            act: async () => {
              const { shown, address, t } = momentNow(figure);
              const run = runDocument(figure, shown, { site: SITE_NAME, address });
              const text = JSON.stringify(run);
              saveFile(
                `${fileName(figure, t)}.json`,
                new Blob([text], { type: 'application/json' }),
              );
              return 'Downloaded';
            },
          },
        ]}
      />
    </Part>
  );
}

/* Film --------------------------------------------------------------------------------------------- */

function Film({ figure, theme, failed }: Actions): ReactNode {
  const [share, setShare] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const work = useRef<AbortController | null>(null);
  useEffect(() => () => work.current?.abort(), []);
  if (filmType() === null)
    return (
      <Part title="Film">
        <p className="fig-about">
          This browser cannot record WebM from a page. A link opens at the same moment and plays; a
          picture stands still.
        </p>
      </Part>
    );

  const make = async (): Promise<void> => {
    const controller = new AbortController();
    work.current = controller;
    failed(null);
    setSaid('');
    setShare(0);
    const now = momentNow(figure);
    const { speed } = figure.store.get();
    const span = filmSpan(now.t, speed, now.shown.shownMs);
    const [from, to] = [span.fromMs, span.toMs].map((t) => formatMoment(t, now.shown.shownMs));
    const legend = {
      ...legendOf(figure, now),
      source: sourceLine(figure, now, `${from} to ${to}`),
    };
    const studio = openStudio(figure, now.shown, theme);
    try {
      const content = await film({
        t: now.t,
        speed,
        shownMs: now.shown.shownMs,
        draw: (t) => studio.draw(t, legend),
        faces: studio.faces,
        progress: setShare,
        signal: controller.signal,
      });
      saveFile(`${fileName(figure, span.fromMs)}.webm`, content);
      setSaid(`Downloaded: ten seconds, from ${from} to ${to} of the run.`);
    } catch (error) {
      if (controller.signal.aborted) setSaid('Cancelled.');
      else failed(messageOf(error));
    } finally {
      studio.close();
      setShare(null);
    }
  };

  return (
    <Part title="Film">
      <div className="tool-share-buttons">
        <button
          type="button"
          className="fig-button"
          disabled={share !== null}
          onClick={() => void make()}
        >
          Record ten seconds
        </button>
        {share !== null && (
          <>
            <progress aria-label="Recording" value={share} />
            <button type="button" className="fig-text-button" onClick={() => work.current?.abort()}>
              Cancel
            </button>
          </>
        )}
      </div>
      <p className="fig-about" role="status">
        {share === null
          ? said || 'A WebM of the run from this moment on, at its speed and in the theme above.'
          : 'Drawing, then recording in real time: keep this page in sight.'}
      </p>
    </Part>
  );
}

/* Embed -------------------------------------------------------------------------------------------- */

const EMBED_THEME_LABELS: Readonly<Record<EmbedTheme, string>> = {
  system: 'As the page around it',
  light: 'Light',
  dark: 'Dark',
};

function Embed({ figure, failed }: Actions): ReactNode {
  const id = useId();
  const [theme, setTheme] = useState<EmbedTheme>('system');
  const field = useRef<HTMLTextAreaElement>(null);
  const codeNow = (): string => {
    const { description, scenario, spec } = figure;
    const { caption } = momentNow(figure);
    const path = href(embedPath(description.id, spec.scenario));
    const name = embedFigure(description.id, spec.scenario);
    const query = embedQuery({ figure: name, text: figure.linkText(), theme, spec }, scenario);
    return embedCode({
      address: new URL(`${path}${query}`, location.href).href,
      title: caption.title,
      heightPx: ownHeight(spec.figure),
    });
  };
  return (
    <Part title="On a page of your own">
      <p className="tool-share-choice">
        <label htmlFor={`${id}-theme`}>Theme of the frame</label>
        <select
          id={`${id}-theme`}
          className="fig-select"
          data-keys="text"
          value={theme}
          onChange={(event) => setTheme(embedTheme(event.target.value) ?? 'system')}
        >
          {EMBED_THEMES.map((each) => (
            <option key={each} value={each}>
              {EMBED_THEME_LABELS[each]}
            </option>
          ))}
        </select>
      </p>
      <textarea
        ref={field}
        className="tool-share-code"
        data-keys="text"
        aria-label="Code to paste"
        readOnly
        rows={4}
        value={codeNow()}
        onFocus={() => field.current?.select()}
      />
      <Deeds failed={failed} deeds={[{ label: 'Copy code', act: async () => copy(codeNow()) }]} />
    </Part>
  );
}

/** Height of a figure without the open panel, px; until it says it itself, a frame has this one. */
function ownHeight(name: string): number {
  const figure = document.getElementById(`${name}-title`)?.closest<HTMLElement>('.fig');
  const panel = figure?.querySelector<HTMLElement>('.fig-tools-panel');
  return Math.max(HEIGHT_MIN_PX, (figure?.offsetHeight ?? 0) - (panel?.offsetHeight ?? 0));
}

const HEIGHT_MIN_PX = 400;

/* Parts -------------------------------------------------------------------------------------------- */

function Part({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups the fields of a form, of which there is none.
    <div role="group" className="tool-share-part" aria-labelledby={id}>
      <p id={id} className="tool-share-heading">
        {title}
      </p>
      <div>{children}</div>
    </div>
  );
}

interface Deed {
  readonly label: string;
  /** Says more, when the button is pointed at. */
  readonly title?: string;
  /** Returns what was done, in a word; rejects with why it was not. */
  readonly act: () => Promise<string>;
}

/** How long it is said what a button has done, real ms. */
const SAID_MS = 2500;

/** Buttons, and behind them what the last one has done. */
function Deeds({
  deeds,
  failed,
}: {
  readonly deeds: readonly Deed[];
  readonly failed: Actions['failed'];
}): ReactNode {
  const [said, setSaid] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const press = async ({ act }: Deed): Promise<void> => {
    failed(null);
    try {
      setSaid(await act());
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setSaid(''), SAID_MS);
    } catch (error) {
      failed(messageOf(error));
    }
  };
  return (
    <div className="tool-share-buttons">
      {deeds.map((deed) => (
        <button
          key={deed.label}
          type="button"
          className="fig-button"
          title={deed.title}
          onClick={() => void press(deed)}
        >
          {deed.label}
        </button>
      ))}
      <span className="tool-share-said" role="status">
        {said}
      </span>
    </div>
  );
}

async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error(
      'The browser did not let the page copy. Allow it, or take the address from its field or a download.',
    );
  }
  return 'Copied';
}

/** The theme that the page has now, whoever chose it. */
function themeOfPage(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
