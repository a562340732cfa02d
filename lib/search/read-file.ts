/** Reads a file of the search. */

/**
 * The content of a JSON file of this site.
 *
 * @throws Error with what came in its place, to stand behind "got"
 */
export async function readFile(
  url: string,
  fetch: (url: string) => Promise<Response>,
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    // Browsers tell no more than that nothing came, each in words of its own.
    throw new Error('no answer. Without a network it answers only if it was used with one before');
  }
  if (!response.ok) throw new Error(`the answer ${response.status} from ${url}`);
  try {
    return await response.json();
  } catch {
    throw new Error(`no JSON from ${url}`);
  }
}
