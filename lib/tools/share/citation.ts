/** A run as Markdown, with what it takes to run it again: address, version, seed. */
import type { Shown } from '@/lib/figure/extras';
import type { Figure } from '@/lib/figure/figure';
import { formatResult } from '@/lib/simulation/format';
import type { Result } from '@/lib/simulation/measures';
import { type Caption, shortCaption } from './caption';

/** Where a run can be found again. */
export interface Source {
  /** Name of the site. */
  readonly site: string;
  /** Full address that opens the figure at this moment. */
  readonly address: string;
}

type Cited = Pick<Figure, 'description' | 'scenario' | 'spec'>;

/** "Steady State, “Rate limiter race”, version 1, scenario “…”, seed 7." */
export function citation({ description, scenario }: Cited, { race }: Shown, site: string): string {
  return `${site}, “${description.title}”, version ${race.version}, scenario “${scenario.title}”, seed ${race.seed}.`;
}

/** Caption, measures and source. */
export function asMarkdown(figure: Cited, shown: Shown, caption: Caption, source: Source): string {
  return [
    `**${escaped(shortCaption(caption))}**`,
    escaped([caption.words, ...caption.missing].filter((part) => part !== '').join(' ')),
    measuresTable(figure.spec.measures, shown),
    caption.settings.length === 0 ? '' : `Settings: ${escaped(caption.settings.join('; '))}.`,
    `Source: ${escaped(citation(figure, shown, source.site))} <${source.address}>`,
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}

/** The measures of the figure, a line for each run. */
function measuresTable(measures: readonly string[], { drawn }: Shown): string {
  const columns = measures.flatMap((id) => {
    const first = drawn.flatMap(({ results }) => resultOf(results, id) ?? [])[0];
    return first ? [{ id, label: first.label }] : [];
  });
  if (columns.length === 0) return '';
  const row = (cells: readonly string[]): string => `| ${cells.map(cellText).join(' | ')} |`;
  return [
    row(['Run', ...columns.map(({ label }) => label)]),
    row(['---', ...columns.map(() => '---:')]),
    ...drawn.map(({ title, results }) =>
      row([
        title,
        ...columns.map(({ id }) => {
          const result = resultOf(results, id);
          return result ? formatResult(result) : '–';
        }),
      ]),
    ),
  ].join('\n');
}

const resultOf = (results: readonly Result[], id: string): Result | undefined =>
  results.find((result) => result.id === id);

/** Marks that Markdown would take for its own. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>#|]/g, (mark) => `\\${mark}`);

const cellText = (text: string): string => (/^-+:?$/.test(text) ? text : escaped(text));
