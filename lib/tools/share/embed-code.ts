/** The code that puts a figure into a page of the reader's own: address, frame, and the script that fits it. */
import type { FigureSpec } from '@/lib/figure/spec';
import type { ScenarioDescription } from '@/lib/simulation/definition';
import { withFigure } from '@/lib/simulation/link';
import { EMBED_LISTS, type EmbedList, type EmbedTheme, KEY } from './embed';

interface EmbedState {
  /** Name of the figure on the page (`embedFigure`). */
  readonly figure: string;
  /** Text of the figure's link; null if it is as the scenario has it. */
  readonly text: string | null;
  readonly theme: EmbedTheme;
  /** What the figure shows and offers; what is as in the scenario is not said. */
  readonly spec: Pick<FigureSpec, EmbedList>;
}

/** The query of the page: empty if there is nothing to be said. */
export function embedQuery(
  { figure, text, theme, spec }: EmbedState,
  scenario: Pick<ScenarioDescription, EmbedList>,
): string {
  const lists = EMBED_LISTS.map((list): [string, string | null] => {
    const said = spec[list].join();
    return [list, said === scenario[list].join() ? null : said];
  });
  const fields: readonly (readonly [string, string | null])[] = [
    [figure, text],
    ...lists,
    ['theme', theme === 'system' ? null : theme],
  ];
  return fields.reduce((query, [name, value]) => withFigure(query, name, value), '');
}

interface EmbedCode {
  /** Full address of the page. */
  readonly address: string;
  /** What is in the frame, for those who hear it. */
  readonly title: string;
  /** Until the page says better, px. */
  readonly heightPx: number;
}

/**
 * The code to be pasted. The script gives the frame the height that its page asks for; where none is
 * admitted, the frame keeps the height in the style, and scrolls.
 */
export function embedCode({ address, title, heightPx }: EmbedCode): string {
  const { origin } = new URL(address);
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" loading="lazy" allow="fullscreen; clipboard-write" style="width: 100%; height: ${Math.ceil(heightPx)}px; border: 0"></iframe>
<script>
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== '${origin}' || data?.${KEY} !== 'height') return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.style.height = data.heightPx + 'px';
  });
</script>
`;
}

const escaped = (text: string): string =>
  text.replace(/[&"<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);
