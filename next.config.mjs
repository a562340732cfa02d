import { basePathOf, siteUrlOf } from './scripts/environment.mjs';

const basePath = basePathOf(process.env);

/** @type {import('next').NextConfig} */
export default {
  output: 'export',
  trailingSlash: true,
  basePath,
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // Read by lib/site.ts on both sides of the server line.
  env: { SITE_URL: siteUrlOf(process.env), SITE_BASE_PATH: basePath },
  turbopack: {
    // A lockfile in a folder above would otherwise be taken for the root.
    root: import.meta.dirname,
    rules: { '*.mdx': { loaders: ['./scripts/mdx-loader.mjs'], as: '*.jsx' } },
  },
};
