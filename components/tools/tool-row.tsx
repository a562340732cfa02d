/**
 * The tools of a figure: a row of buttons for what goes further than its controls. One is open at a time. What
 * a tool has done to the figure stays when its panel is closed.
 */
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { Figure } from '@/lib/figure/figure';
import type { Tool, ToolContext, ToolPanel } from './tool';
import { toolsOf } from './tools';
import { grantWishes, type Wish } from './wish';

/** In a still there is nothing to press: the row is kept free, in the same height. */
export function ToolsPlace({ figure }: { readonly figure: Figure }): ReactNode {
  const { length } = toolsOf(figure.description);
  return length > 0 ? <div className="fig-tools" data-tools={length} /> : null;
}

type Opened =
  | { readonly tool: Tool; readonly phase: 'loading' }
  | {
      readonly tool: Tool;
      readonly phase: 'open';
      readonly Panel: ToolPanel;
      /** What was asked for from elsewhere on the page; absent if the button was pressed. */
      readonly wish?: Wish;
    }
  | { readonly tool: Tool; readonly phase: 'failed' };

export function ToolRow({
  figure,
  context,
}: {
  readonly figure: Figure;
  readonly context: ToolContext;
}): ReactNode {
  const [opened, setOpened] = useState<Opened | null>(null);
  /** Counts the presses: a panel that arrives late must not open over a later choice. */
  const press = useRef(0);
  useEffect(
    () => () => {
      press.current++;
    },
    [],
  );
  const open = useCallback((tool: Tool, wish?: Wish): void => {
    const mine = ++press.current;
    setOpened({ tool, phase: 'loading' });
    tool.load().then(
      (Panel) => {
        if (mine === press.current) setOpened({ tool, phase: 'open', Panel, wish });
      },
      () => {
        if (mine === press.current) setOpened({ tool, phase: 'failed' });
      },
    );
  }, []);
  useEffect(
    () =>
      grantWishes(figure.spec.figure, (wish) => {
        const tool = toolsOf(figure.description).find(({ id }) => id === wish.tool);
        if (tool) open(tool, wish);
      }),
    [figure, open],
  );
  const panel = useRef<HTMLElement>(null);
  const wish = opened?.phase === 'open' ? opened.wish : undefined;
  useEffect(() => {
    // Whoever asked from far away is brought here, with the focus.
    if (wish) panel.current?.focus();
  }, [wish]);
  const tools = toolsOf(figure.description);
  if (tools.length === 0) return null;

  const close = (): void => {
    press.current++;
    setOpened(null);
  };
  const panelId = `${figure.spec.figure}-tools`;

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups the fields of a form, of which there is none. */}
      <div className="fig-tools" data-tools={tools.length} role="group" aria-label="Tools">
        {tools.map((tool) => {
          const isOpen = opened?.tool === tool;
          return (
            <button
              key={tool.id}
              type="button"
              className="fig-tool-button"
              title={tool.describe}
              aria-expanded={isOpen}
              aria-controls={isOpen ? panelId : undefined}
              onClick={() => (isOpen ? close() : open(tool))}
            >
              {tool.label}
            </button>
          );
        })}
      </div>
      {opened && (
        <section
          ref={panel}
          id={panelId}
          className="fig-tools-panel"
          tabIndex={-1}
          aria-label={opened.tool.label}
          aria-busy={opened.phase === 'loading' || undefined}
        >
          {opened.phase === 'open' && (
            <opened.Panel figure={figure} context={context} about={opened.wish?.about} />
          )}
          {opened.phase === 'loading' && <p className="fig-tools-wait">Loading…</p>}
          {opened.phase === 'failed' && (
            <div className="fig-notice fig-failure" role="alert">
              <p>
                The program of “{opened.tool.label}” could not be loaded: check the connection. The
                figure goes on without it.
              </p>
              <button type="button" className="fig-button" onClick={() => open(opened.tool)}>
                Try again
              </button>
            </div>
          )}
        </section>
      )}
    </>
  );
}
