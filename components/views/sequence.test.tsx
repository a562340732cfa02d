/** The words of sequence diagrams, in every scenario that shows one: none stands on another. */
import { describe, expect, it } from 'vitest';
import type { AnyDefinition } from '@/lib/simulation/definition';
import { loadEntries } from '@/lib/simulation/entries.node';
import { type Entry, runRace, scenarioRequest } from '@/lib/simulation/run';
import type { SequenceView } from '@/lib/simulation/views';
import { draw, propsOf, runOf } from './promises';

/** The narrowest phone, the narrowest with more room, and a wide screen; px of the drawing. */
const WIDTHS = [298, 470, 1100];
const ROOMY_PX = 470;

interface Word {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const attribute = (tag: string, name: string): number =>
  Number(new RegExp(` ${name}="(-?[\\d.]+)`).exec(tag)?.[1] ?? 0);

/** The texts of a diagram where they stand in a drawing of this width; letters are as wide as digits. */
function wordsOf(html: string, widthPx: number): Word[] {
  const hidden = widthPx >= ROOMY_PX ? 'v-tight-only' : 'v-roomy-only';
  const words: Word[] = [];
  const open: { readonly x: number; readonly y: number; readonly isShown: boolean }[] = [];
  for (const [tag, isEnd, name, text] of html.matchAll(/<(\/?)(svg|g|text)\b[^>]*>([^<]*)/g)) {
    if (isEnd === '/') {
      open.pop();
      continue;
    }
    const { x, y, isShown } = open.at(-1) ?? { x: 0, y: 0, isShown: true };
    const across = attribute(tag, 'x') * (/ x="-?[\d.]+%"/.test(tag) ? widthPx / 100 : 1);
    const place = {
      x: x + across,
      y: y + attribute(tag, 'y'),
      isShown: isShown && !tag.includes(hidden),
    };
    open.push(place);
    if (name !== 'text' || !text || !place.isShown) continue;
    const size = attribute(tag, 'font-size') || 11;
    const wide = text.length * size * 0.56;
    const before = tag.includes('v-mid') ? wide / 2 : tag.includes('v-end') ? wide : 0;
    const left = place.x + attribute(tag, 'dx') - before;
    words.push({
      text,
      left,
      right: left + wide,
      top: place.y - 0.75 * size,
      bottom: place.y + 0.2 * size,
    });
  }
  return words;
}

const overlap = (a: Word, b: Word): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const sequencesOf = (
  { scenarios, views }: AnyDefinition,
  scenarioId: string,
): readonly SequenceView[] =>
  (scenarios[scenarioId]?.views ?? [])
    .map((id) => views[id])
    .filter((view): view is SequenceView => view?.kind === 'sequence');

const cases = (await loadEntries()).flatMap((entry): [string, Entry, string][] =>
  Object.keys(entry.definition.scenarios)
    .filter((id) => sequencesOf(entry.definition, id).length > 0)
    .map((id) => [`${entry.id}, ${id}`, entry, id]),
);

describe('a sequence diagram', () => {
  it.each(cases)('of %s: no two words overlap, and none is cut off', (_, entry, scenarioId) => {
    const { definition } = entry;
    const { runs } = runRace(entry, scenarioRequest(definition, scenarioId));
    const drawn = runs.map(({ variant, recording }) => runOf(recording, variant));
    const shownMs = drawn[0]?.index.shownMs ?? 0;
    const still = definition.scenarios[scenarioId]?.stillAtMs ?? shownMs;
    const faults: string[] = [];
    let seen = 0;
    for (const view of sequencesOf(definition, scenarioId))
      for (const t of [0.2, 0.45, 0.7].map((share) => share * shownMs).concat(still)) {
        // A drawing of its participants and one of its messages for each run.
        const drawings = draw(propsOf(view, drawn, t))
          .split('fig-drawing')
          .slice(1);
        for (const html of drawings.filter((_, i) => i % 2 === 1))
          for (const width of WIDTHS) {
            const words = wordsOf(html, width);
            seen += words.length;
            // What stands left of the drawing is the axis of time.
            for (const [i, word] of words.entries()) {
              if (word.right > width || (word.left < 0 && word.right > 0) || word.top < 0)
                faults.push(`at ${t} ms, ${width} px: “${word.text}” is cut off`);
              for (const other of words.slice(i + 1))
                if (overlap(word, other))
                  faults.push(`at ${t} ms, ${width} px: “${word.text}” on “${other.text}”`);
            }
          }
      }
    expect(faults).toEqual([]);
    expect(seen).toBeGreaterThan(20);
  });

  const races = cases.filter(([, { definition }, id]) => {
    const variants = definition.scenarios[id]?.variants ?? [];
    return variants.length > 1;
  });
  it.each(races)('of %s: its runs stand on one scale of time', (_, entry, scenarioId) => {
    const { runs } = runRace(entry, scenarioRequest(entry.definition, scenarioId));
    const drawn = runs.map(({ variant, recording }) => runOf(recording, variant));
    const shownMs = drawn[0]?.index.shownMs ?? 0;
    for (const view of sequencesOf(entry.definition, scenarioId)) {
      const scales = draw(propsOf(view, drawn, shownMs))
        .split('fig-drawing')
        .slice(1)
        .flatMap((html) => {
          const moments = wordsOf(html, 1100).filter(({ right }) => right < 0);
          const [first, second] = moments;
          if (!first || !second) return [];
          const apart = Number.parseFloat(second.text) - Number.parseFloat(first.text);
          return (second.top - first.top) / apart;
        });
      expect(scales).toHaveLength(runs.length);
      for (const scale of scales) expect(scale).toBeCloseTo(scales[0] ?? Number.NaN, 0);
    }
  });
});
