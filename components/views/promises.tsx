/**
 * What the tests of all views share: a view drawn at a moment, and what every kind of view promises.
 * The tests of each kind call `keepsPromises` with an example of theirs.
 */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Recording } from '@/lib/kernel/recording';
import type { ParameterValue } from '@/lib/simulation/parameters';
import { indexRecording } from '@/lib/simulation/recording-index';
import type { View as ViewSpec } from '@/lib/simulation/views';
import './all';
import { describeView, tableView, View } from './view';
import type { ViewProps, ViewRun } from './view-props';

export const runOf = (recording: Recording, title = 'Only'): ViewRun => ({
  id: title,
  title,
  fork: null,
  index: indexRecording(recording),
});

const PARAMETERS: Readonly<Record<string, ParameterValue>> = { capacity: 10 };

export function propsOf<V extends ViewSpec>(
  view: V,
  runs: readonly ViewRun[],
  t: number,
  shownMs = runs[0]?.index.shownMs ?? 0,
): ViewProps<V> {
  return { view, runs, t, shownMs, parameters: PARAMETERS };
}

export const draw = (props: ViewProps<ViewSpec>): string =>
  renderToStaticMarkup(<View {...props} />);

/** How often a part occurs in markup. */
export const counted = (html: string, part: string | RegExp): number =>
  [...html.matchAll(typeof part === 'string' ? new RegExp(part, 'g') : part)].length;

/** What a style of its own may say: where things are, never how they look. */
const PLACES =
  /^(height:\d+px|--columns:\d+;--cell:\d+px;--gap:\d+px|--left:\d+px;--right:\d+px|--now:[\d.]+%)$/;

/** Kinds that are tables or lists; all others are pictures with one name. */
const isPicture = ({ kind }: ViewSpec): boolean => kind !== 'states' && kind !== 'events';

/** @param view must look different at a quarter and at a half of what is shown */
export function keepsPromises(name: string, view: ViewSpec, runs: readonly ViewRun[]): void {
  const shownMs = runs[0]?.index.shownMs ?? 0;

  describe(`the view ${name}`, () => {
    it('draws the same for the same moment, and something else later', () => {
      const half = draw(propsOf(view, runs, shownMs / 2));
      expect(draw(propsOf(view, runs, shownMs / 2))).toBe(half);
      expect(draw(propsOf(view, runs, shownMs / 4))).not.toBe(half);
    });

    it.each([0, 1, shownMs / 3, shownMs / 2, shownMs])(
      'has clean numbers and styles of its own for places alone at %s ms',
      (t) => {
        const html = draw(propsOf(view, runs, t));
        expect(html).not.toMatch(/NaN|Infinity|undefined/);
        for (const [, style] of html.matchAll(/style="([^"]*)"/g)) expect(style).toMatch(PLACES);
      },
    );

    it('says in words what stands there, as its accessible name where it is a picture', () => {
      const props = propsOf(view, runs, shownMs / 2);
      const said = describeView(props);
      expect(said.startsWith(view.title)).toBe(true);
      expect(said.endsWith('.')).toBe(true);
      if (isPicture(view)) expect(draw(props)).toContain('role="img"');
    });

    it('has a table of equally long rows', () => {
      const table = tableView(propsOf(view, runs, shownMs / 2));
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    });

    it('gives pictures one name, and their parts none', () => {
      const html = draw(propsOf(view, runs, shownMs / 2));
      if (isPicture(view)) {
        expect(counted(html, 'role=')).toBe(1);
        expect(counted(html, 'aria-label=')).toBe(1);
      } else {
        for (const [svg] of html.matchAll(/<svg[^>]*>/g))
          expect(svg).toContain('aria-hidden="true"');
      }
    });
  });
}
