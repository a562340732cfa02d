import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    include: ['{lib,components,scripts,app,content,deploy}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // A file of tests leaves nothing behind, and so needs no process of its own: most of the time of a
    // small one went into loading again what others had loaded.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // By default one core is left to whoever watches.
    maxWorkers: '100%',
  },
});
