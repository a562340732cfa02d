import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { indexRecording } from '@/lib/simulation/recording-index';
import { limiterChart, limiterRecording } from './fixtures';

// As it is before any program has been fetched, whatever other tests have fetched.
vi.resetModules();
const { describeView, fetchViews, isViewKind, View } = await import('./view');

const run = { id: 'a', title: 'A', fork: null, index: indexRecording(limiterRecording()) };
const props = {
  view: limiterChart,
  runs: [run],
  t: 1000,
  shownMs: run.index.shownMs,
  parameters: {},
};

test('a view is drawn once the program of its kind has been fetched, and not before', async () => {
  expect(() => describeView(props)).toThrow(
    'Expected the program of views of kind "chart" to be loaded before one is drawn. Wait for fetchViews',
  );
  await fetchViews(['chart', 'chart']);
  expect(renderToStaticMarkup(<View {...props} />)).toContain('role="img"');
  expect(() =>
    describeView({ ...props, view: { ...limiterChart, kind: 'flow' } as never }),
  ).toThrow('kind "flow"');
});

test('the name of a kind is told from any other', () => {
  expect(['chart', 'flow', 'toString', '', undefined].map(isViewKind)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
