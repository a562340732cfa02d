/** Files that the framework's export writes and no page of ours reads. */

const UNREAD = [
  // Payloads of client-side routing, of which there is none (docs/decisions/001-whole-pages.md).
  /\.txt$/,
  // What a router would need to know about pages that it has not loaded.
  /^\/_next\/static\/[^/]+\/_\w+Manifest\.js$/,
  /\.map$/,
  // Sources of workers, which the bundler copies beside what it has made of them.
  /^\/_next\/static\/media\/.*\.tsx?$/,
];

/** Written by us, for those who are no browsers. */
const READ = new Set(['/robots.txt', '/llms.txt']);

/** @param path address of a file from the root of the site */
export function isUnread(path: string): boolean {
  return !READ.has(path) && UNREAD.some((pattern) => pattern.test(path));
}
