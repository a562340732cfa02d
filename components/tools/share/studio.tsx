/** Draws a figure out of sight, in one theme and one width, to be taken along as a picture or a film. */
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { viewPropsAt, viewsOf } from '@/components/figure/view-props';
import { AtOnce, Parts } from '@/components/views/part';
import { View } from '@/components/views/view';
import type { Shown } from '@/lib/figure/extras';
import type { Figure } from '@/lib/figure/figure';
import { forkName, forksOf } from '@/lib/figure/forks';
import type { Face, Picture } from '@/lib/tools/share/svg';
import { colourOf } from './colour';
import { facesOf } from './faces';
import { trace } from './trace';

export type Theme = 'light' | 'dark';

/** Words below a picture. */
export interface Legend {
  /** Accessible name. */
  readonly title: string;
  /** What it shows. */
  readonly words: string;
  /** Settings, and where it is from. */
  readonly source: string;
}

interface Studio {
  /** The picture of a moment, simulated ms. */
  readonly draw: (t: number, legend: Legend) => Picture;
  /** The typefaces of what has been drawn. */
  readonly faces: () => Promise<readonly Face[]>;
  readonly close: () => void;
}

/** Width of a picture, px: that of a figure on a wide page. */
const WIDTH_PX = 880;

/** Names in a file must differ from those of another on the same page. */
let pictures = 0;

/** @param shown stays as it is, whatever becomes of the figure meanwhile */
export function openStudio(figure: Figure, shown: Shown, theme: Theme): Studio {
  const host = document.createElement('div');
  host.className = 'tool-share-studio';
  host.inert = true;
  host.ariaHidden = 'true';
  host.style.colorScheme = theme;
  host.style.width = `${WIDTH_PX}px`;
  document.body.append(host);
  const root = createRoot(host, { identifierPrefix: `picture-${++pictures}-` });
  const families = new Set<string>();
  const prefix = `picture-${(performance.timeOrigin + performance.now()).toString(36).replace('.', '')}`;
  return {
    draw: (t, legend) => {
      flushSync(() => root.render(<Sheet figure={figure} shown={shown} t={t} legend={legend} />));
      const sheet = host.firstElementChild;
      if (!(sheet instanceof HTMLElement))
        throw new Error('Expected the picture to be drawn, found nothing. Try again.');
      const { pieces, families: used } = trace(sheet, prefix);
      for (const family of used) families.add(family);
      return {
        width: WIDTH_PX,
        height: Math.ceil(sheet.getBoundingClientRect().height),
        paper: colourOf(getComputedStyle(sheet).backgroundColor)?.hex ?? '#ffffff',
        title: legend.title,
        describe: `${legend.words} ${legend.source}`,
        pieces,
      };
    },
    faces: () => facesOf(families),
    close: () => {
      root.unmount();
      host.remove();
    },
  };
}

function Sheet({
  figure,
  shown,
  t,
  legend,
}: {
  readonly figure: Figure;
  readonly shown: Shown;
  readonly t: number;
  readonly legend: Legend;
}): ReactNode {
  const { scenario } = figure;
  const forks = forksOf(figure.store.get().extras);
  return (
    <article className="fig tool-share-sheet">
      <p className="fig-title">{scenario.title}</p>
      <p className="fig-question">{scenario.question}</p>
      {shown.sight !== null &&
        forks.map(({ number, fork }) => (
          <p key={fork.id} className="tool-share-fork">
            {forkName(number)}: {fork.title}
          </p>
        ))}
      <div className="fig-stage">
        {viewsOf(figure).map(([name, view]) => (
          <div key={name} className="fig-view" data-kind={view.kind}>
            <p className="fig-view-title">{view.title}</p>
            <Parts value={AtOnce}>
              <View {...viewPropsAt(view, shown, t)} />
            </Parts>
          </div>
        ))}
      </div>
      <p className="tool-share-source">{legend.source}</p>
    </article>
  );
}
