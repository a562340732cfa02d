/**
 * A tool that is asked for from elsewhere on the page, by the name of the figure under which it is to
 * open. A figure that is still asleep finds the wish when it wakes.
 */
export interface Wish {
  /** Name of the figure on its page. */
  readonly figure: string;
  /** Id of the tool. */
  readonly tool: string;
  /** What the tool is to show first. */
  readonly about: string;
}

let waiting: Wish | null = null;
const grantors = new Map<string, (wish: Wish) => void>();

export function wishFor(wish: Wish): void {
  const grant = grantors.get(wish.figure);
  if (grant) grant(wish);
  else waiting = wish;
}

/** Grants what is wished for under this figure, until the result is called. */
export function grantWishes(figure: string, grant: (wish: Wish) => void): () => void {
  grantors.set(figure, grant);
  if (waiting?.figure === figure) {
    const wish = waiting;
    waiting = null;
    grant(wish);
  }
  return () => {
    if (grantors.get(figure) === grant) grantors.delete(figure);
  };
}
