import { fileURLToPath } from 'node:url';

// The build needs no network and tells nobody about it; a line here works in every shell.
process.env.NEXT_TELEMETRY_DISABLED = '1';

const folder = (process.env.BASE_PATH ?? '').replace(/^\/+|\/+$/g, '');
const basePath = folder === '' ? '' : `/${folder}`;

/** @type {import('next').NextConfig} */
const config = {
  output: 'export',
  trailingSlash: true,
  // Only client-side routing asks for it, and there is none. As a constant, pages that have not changed
  // are the same bytes in the next build, and browsers need not fetch them again.
  generateBuildId: () => 'steady-state',
  basePath,
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // A second build of the same sources has its types checked by the first (scripts/growth.ts).
  typescript: { ignoreBuildErrors: process.env.TYPES_CHECKED === 'true' },
  // Written into the scripts at build time: a static site has no environment later.
  env: {
    BASE_PATH: basePath,
    SITE_URL: process.env.SITE_URL ?? '',
    EDIT_URL: process.env.EDIT_URL ?? '',
    REPORT_URL: process.env.REPORT_URL ?? '',
  },
  experimental: {
    // Parts of the framework for a routing in the browser that there is none of (docs/decisions/001).
    prefetchInlining: false,
    optimisticRouting: false,
    varyParams: false,
    // What nobody calls of its modules is left out of the scripts.
    turbopackCjsTreeShaking: true,
    // Somewhat larger scripts than the default of 50 kB of sources, which compress better. Far larger ones
    // repeat each other: with 1 MB a first figure took 1.5 kB less, and a guide read to its end 90 kB more.
    turbopackChunking: { minChunkSize: 100_000, maxMergeChunkSize: 10_000_000 },
  },
  turbopack: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    // Parts of the framework that browsers load and never run, as its own modules name them, and what
    // browsers get in their place (docs/decisions/013).
    resolveAlias: {
      // There is no server that could be asked for one.
      './reducers/server-action-reducer': { browser: './lib/framework/nothing.ts' },
      // The same constants, as a module from which those that nobody reads are left out.
      '../../../lib/constants': { browser: 'next/dist/esm/lib/constants.js' },
      // The supported browsers have all of it.
      '../build/polyfills/polyfill-module': { browser: './lib/framework/nothing.ts' },
      'next/dist/compiled/process': { browser: './lib/framework/process.ts' },
      // The site's own, which would else come beside the framework's.
      './builtin/global-error': { browser: './app/global-error.tsx' },
      '../components/builtin/global-error': { browser: './app/global-error.tsx' },
    },
  },
};

export default config;
