/**
 * Figures that nobody has seen have a usual height (`components/figure/frame.css`), until they come near
 * and get their own. A page that is to be shown at a certain place is therefore laid out whole: one that
 * opens by a link to a part of it or as the reader left it, and one whose reader follows such a link on it.
 * `components/figure/heights.ts` ends that.
 *
 * Runs before the first paint and before any other program. The build puts its hash into the page's
 * content security policy.
 */
export const PLACE_SCRIPT = `(function(r){function whole(){r.dataset.whole=''}var n=performance.getEntriesByType('navigation')[0];if(location.hash||n&&n.type!=='navigate')whole();addEventListener('click',function(e){if(e.target.closest&&e.target.closest('a[href*="#"]'))whole()},true)})(document.documentElement)`;

/** For a program that is about to show another part of the page, as a link would. */
export function beginWhole(): void {
  document.documentElement.dataset.whole = '';
}

/** Figures out of sight may rest again. */
export function endWhole(): void {
  delete document.documentElement.dataset.whole;
}
