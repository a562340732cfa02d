/**
 * Nobody sees it: wrong addresses are answered by the page of `lost/`. Without it the framework's own
 * would travel in the data of every page.
 */
export default function NotFound(): null {
  return null;
}
