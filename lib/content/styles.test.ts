import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stylesOf, stylesOfLab, writeStyles } from './styles';

const root = mkdtempSync(join(tmpdir(), 'steady-state-styles-'));
const source = join(root, 'components/views');
mkdirSync(source, { recursive: true });
afterAll(() => rmSync(root, { recursive: true }));

const served = (): string[] => readdirSync(join(root, 'public/styles'));

test('each kind has its styles in a file that is named by what is in it', async () => {
  writeFileSync(join(source, 'views.css'), '.v { color: red; }');
  writeFileSync(join(source, 'ring.css'), '@layer components { .v-ring { fill: none; } }');
  const first = await writeStyles(root);
  expect(Object.keys(first)).toEqual(['ring']);
  const address = first.ring ?? '';
  const css = readFileSync(join(root, 'public', address), 'utf8');
  expect(css).toContain('.v-ring{fill:none}');
  expect(css.indexOf('@layer theme,base,components,utilities')).toBe(0);

  writeFileSync(join(source, 'ring.css'), '@layer components { .v-ring { fill: red; } }');
  const second = await writeStyles(root);
  expect(second.ring).not.toBe(address);
  expect(served()).toEqual([second.ring?.slice('/styles/'.length)]);
});

test('a simulation has the styles of the kinds that its views are of', () => {
  const styles = { ring: '/styles/ring.1.css', flow: '/styles/flow.1.css' };
  const view = { title: 'V' } as const;
  expect(
    stylesOf(styles, {
      views: {
        scene: { ...view, kind: 'flow', nodes: [], edges: [] },
        again: { ...view, kind: 'flow', nodes: [], edges: [] },
        list: { ...view, kind: 'events' },
      } as never,
    }),
  ).toEqual(['/styles/flow.1.css']);
});

test('a lab has its own styles, and those of the views that its kind draws', async () => {
  const labs = join(root, 'components/labs');
  mkdirSync(join(labs, 'sql'), { recursive: true });
  mkdirSync(join(labs, 'http'));
  writeFileSync(join(labs, 'lab.css'), '.lab { color: red; }');
  writeFileSync(
    join(labs, 'sql/still.css'),
    '/* Pages as rings. */\n@import "../../views/ring.css";\n\n.lab { fill: none; }',
  );
  const styles = await writeStyles(root);
  const css = readFileSync(join(root, 'public', styles['lab-sql'] ?? ''), 'utf8');
  expect(css).toBe('@layer theme,base,components,utilities;.lab{fill:none}\n');
  expect(stylesOfLab(root, styles, 'sql')).toEqual([styles.ring, styles.lab, styles['lab-sql']]);
  expect(stylesOfLab(root, styles, 'http')).toEqual([styles.lab]);
});
