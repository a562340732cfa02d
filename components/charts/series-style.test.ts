import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FORKS_MAX } from '@/lib/simulation/link';
import { forkStyle } from './series-style';

describe('the dash of a fork', () => {
  const css = readFileSync(fileURLToPath(new URL('../figure/sight.css', import.meta.url)), 'utf8');

  it('is one for each fork there can be, all of them different', () => {
    const dashes = Array.from({ length: FORKS_MAX + 1 }, (_, i) => forkStyle(i || null).dash);
    expect(dashes[0]).toBeUndefined();
    expect(dashes.slice(1)).not.toContain(undefined);
    expect(new Set(dashes).size).toBe(FORKS_MAX + 1);
  });

  it('is the same in our drawings, which know it by class, and where it is set', () => {
    for (let fork = 0; fork <= FORKS_MAX; fork++) {
      const { className, dash } = forkStyle(fork || null);
      const [, inCss] =
        new RegExp(`\\.${className} \\{\\s*stroke-dasharray: ([^;]+);`).exec(css) ?? [];
      expect(inCss, className).toBe(dash ?? 'none');
    }
  });
});
