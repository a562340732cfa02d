/** Figures and the address bar. */
import { figureText, withFigure } from '@/lib/simulation/link';

/** What the address says about a figure; null if nothing. */
export function readAddress(figure: string): string | null {
  return figureText(location.search, figure);
}

/** Puts a figure's state into the address without a new entry: Back leaves the page. */
export function writeAddress(figure: string, text: string | null): void {
  replace(`${location.pathname}${withFigure(location.search, figure, text)}${location.hash}`);
}

/** The figure that the address is about: that of its anchor, or else the first in its query. */
export function addressedFigure(figures: readonly string[]): string | undefined {
  const anchor = decodedAnchor();
  return (
    figures.find((figure) => figure === anchor) ??
    figures.find((figure) => readAddress(figure) !== null)
  );
}

/** Makes the address lead to a figure as it opens, without a new entry. */
export function turnAddressTo(figure: string): void {
  replace(`${location.pathname}#${encodeURIComponent(figure)}`);
}

/** The full address of a figure in this state, and of no other: what was tried above is left out. */
export function addressOf(figure: string, text: string | null): string {
  return new URL(pathOf(figure, text), location.href).href;
}

const pathOf = (figure: string, text: string | null): string =>
  `${location.pathname}${withFigure('', figure, text)}#${encodeURIComponent(figure)}`;

/**
 * Copies a link to the figure in this state. Where the browser refuses the clipboard, the address
 * bar gets the link instead, from where it can be taken by hand.
 */
export async function copyLink(figure: string, text: string | null): Promise<'copied' | 'shown'> {
  try {
    await navigator.clipboard.writeText(addressOf(figure, text));
    return 'copied';
  } catch {
    replace(pathOf(figure, text));
    return 'shown';
  }
}

function decodedAnchor(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    // Not an encoding of ours, and so no name of a figure.
    return '';
  }
}

/**
 * The prototype's own method: the router wraps the one of the instance and would draw the page anew
 * on each call, and there is nothing for it to do here.
 */
function replace(url: string): void {
  History.prototype.replaceState.call(history, history.state, '', url);
}
