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
  // Written into the scripts at build time: a static site has no environment later.
  env: {
    BASE_PATH: basePath,
    SITE_URL: process.env.SITE_URL ?? '',
    EDIT_URL: process.env.EDIT_URL ?? '',
    REPORT_URL: process.env.REPORT_URL ?? '',
  },
  turbopack: {
    root: fileURLToPath(new URL('.', import.meta.url)),
  },
};

export default config;
