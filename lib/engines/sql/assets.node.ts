/** Files that the engine fetches beside its script: name → path from the root of the repository. */
const DIST = 'node_modules/@electric-sql/pglite/dist';

export const assets: Readonly<Record<string, string>> = {
  'pglite.wasm': `${DIST}/pglite.wasm`,
  'pglite.data': `${DIST}/pglite.data`,
  'initdb.wasm': `${DIST}/initdb.wasm`,
  'pageinspect.tar.gz': `${DIST}/pageinspect.tar.gz`,
};
