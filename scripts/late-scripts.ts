/**
 * The scripts of a page, asked for once the page has been painted. What there is to read is HTML; the
 * framework's scripts, which make it live, would else compete with its fonts for the connection and
 * with its first layout for the processor.
 */

const ASYNC_SCRIPT = /<script src="([^"]+)" async=""><\/script>/g;
const PRELOADED_SCRIPT = /<link rel="preload" as="script"[^>]*>/g;

/**
 * Runs in the page. A timer that is set while a frame is made fires after it has been painted; a
 * hidden page paints nothing, and waits for nothing.
 */
const LOADER = `(() => {
  const late = document.currentScript.dataset.late.split(' ');
  const load = () => {
    for (const src of late) {
      const script = document.createElement('script');
      script.src = src;
      document.head.append(script);
    }
  };
  if (document.hidden) load();
  else requestAnimationFrame(() => setTimeout(load));
})();`.replace(/\n\s*/g, '');

/**
 * The page with its asynchronous scripts named by one inline script at its end, in their order.
 *
 * @throws Error if a page with such scripts has no end of its body
 */
export function withLateScripts(html: string): string {
  const late = [...html.matchAll(ASYNC_SCRIPT)].map(([, src = '']) => src);
  if (late.length === 0) return html;
  const bare = html.replace(ASYNC_SCRIPT, '').replace(PRELOADED_SCRIPT, '');
  const end = bare.lastIndexOf('</body>');
  if (end < 0) throw new Error('A page with scripts must have a </body> to put them before.');
  const loader = `<script data-late="${[...new Set(late)].join(' ')}">${LOADER}</script>`;
  return `${bare.slice(0, end)}${loader}${bare.slice(end)}`;
}
