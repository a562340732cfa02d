/**
 * Asks for the search from anywhere on the page, without knowing who opens it: an event, so that no
 * page pays for the dialog before it is wanted.
 */

const REQUEST = 'steady-state:search';

/** Opens the search with this query in its field. */
export function requestSearch(query = ''): void {
  dispatchEvent(new CustomEvent<string>(REQUEST, { detail: query }));
}

/** @returns a function that stops listening */
export function onSearchRequest(listener: (query: string) => void): () => void {
  const handle = (event: Event): void => {
    if (event instanceof CustomEvent) listener(String(event.detail));
  };
  addEventListener(REQUEST, handle);
  return () => removeEventListener(REQUEST, handle);
}
