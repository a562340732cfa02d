/**
 * The scripts of a page, asked for once the page has been painted. What there is to read is HTML; the
 * framework's scripts, which make it live, would else compete with its fonts for the connection and
 * with its first layout for the processor.
 */

const ASYNC_SCRIPT = /<script src="([^"]+)" async=""><\/script>/g;
/**
 * What the framework runs in the body: data for its scripts, which come after all of it. A script of the
 * page's own stays where it stands, since it runs before what follows, and React looks for it there.
 */
const INLINE_SCRIPT = /<script(?: id="_R_">|>(?=\(?self\.__next_f\b))([\s\S]*?)<\/script>/g;
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

/** What the framework has for browsers without modules, none of which is supported. */
const LEGACY_SCRIPT = /<script src="([^"]+)" noModule=""><\/script>/g;

/** Addresses of the scripts that a page has for browsers which are not supported. */
export function legacyScripts(html: string): string[] {
  return [...html.matchAll(LEGACY_SCRIPT)].map(([, src = '']) => src);
}

/** The page as supported browsers read it. */
export function withoutLegacyScripts(html: string): string {
  return html.replace(LEGACY_SCRIPT, '');
}

/** Addresses of the asynchronous scripts that the framework has put into a page, each once. */
export function lateScripts(html: string): string[] {
  return [...new Set([...html.matchAll(ASYNC_SCRIPT)].map(([, src = '']) => src))];
}

/** Tells V8, where it is the first line of a script, to compile all of it in the background. */
const COMPILE_WHOLE = '//# allFunctionsCalledOnLoad\n';

/** Below this a script (bytes) is compiled in no time anyway. */
const COMPILED_WHOLE_MIN = 20_000;

/**
 * A script of the framework, marked to be compiled before it runs. Most of it runs while a page comes to
 * life, in one task; what is compiled function by function as it is called makes that task twice as long.
 * Browsers without such a mark read a comment. (v8.dev, Explicit compile hints; Chrome 136.)
 */
export function withCompileHint(script: string): string {
  return script.length < COMPILED_WHOLE_MIN || script.startsWith(COMPILE_WHOLE)
    ? script
    : COMPILE_WHOLE + script;
}

/**
 * The page with its asynchronous scripts named by one inline script at its end, in their order. What
 * the framework has in others in the body is run there, too: each costs the page a hash in its policy.
 *
 * @throws Error if a page with such scripts has no end of its body
 */
export function withLateScripts(html: string): string {
  const late = lateScripts(html);
  if (late.length === 0) return html;
  const bare = html.replace(ASYNC_SCRIPT, '').replace(PRELOADED_SCRIPT, '');
  const start = bare.indexOf('<body');
  const end = bare.lastIndexOf('</body>');
  if (end < 0) throw new Error('A page with scripts must have a </body> to put them before.');
  const programs: string[] = [];
  const body = bare.slice(start, end).replace(INLINE_SCRIPT, (_all, program: string) => {
    programs.push(program.replace(/;*$/, ';'));
    return '';
  });
  const script = `<script data-late="${late.join(' ')}">${programs.join('')}${LOADER}</script>`;
  return `${bare.slice(0, start)}${body}${script}${bare.slice(end)}`;
}
