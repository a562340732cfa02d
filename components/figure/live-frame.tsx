/** A figure that runs: the frame, with its keys, its voice, and its place in the reader's attention. */
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useKeySheet } from '@/components/player/use-key-sheet';
import { OPEN_KEY_SHEET } from '@/components/player/utilities';
import { singleKeysAct } from '@/components/site/single-keys';
import type { ToolContext } from '@/components/tools/tool';
import type { Figure } from '@/lib/figure/figure';
import { type Command, commandOf, type KeyTarget } from '@/lib/figure/keys';
import { createNarrator } from '@/lib/figure/narration';
import { attend } from './attention';
import { FrameBottom, FrameTop } from './frame';
import { pageTimer } from './frame-clock';
import { describeStage } from './stage';

export function LiveFrame({
  figure,
  context,
  caption,
  open,
}: {
  readonly figure: Figure;
  readonly context: ToolContext;
  readonly caption?: ReactNode;
  /** Sections that the reader had opened in the still. */
  readonly open?: ReadonlySet<string>;
}): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const { sheet, open: openKeySheet, callOff } = useKeySheet();
  const { figure: id } = figure.spec;

  useEffect(() => {
    const stage = root.current?.querySelector('.fig-stage');
    return stage ? attend(id, figure, stage) : undefined;
  }, [id, figure]);

  useEffect(() => {
    const element = root.current;
    element?.addEventListener(OPEN_KEY_SHEET, openKeySheet);
    return () => element?.removeEventListener(OPEN_KEY_SHEET, openKeySheet);
  }, [openKeySheet]);

  const onKeyDown = (event: KeyboardEvent): void => {
    callOff();
    if (event.defaultPrevented || !(event.target instanceof Element) || !singleKeysAct()) return;
    const command = commandOf(event, keyTarget(event.target));
    if (!command) return;
    event.preventDefault();
    if (command === 'help') openKeySheet();
    else OBEY[command](figure);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up here from the parts that have the focus
    <div ref={root} className="fig-frame" onKeyDown={onKeyDown}>
      <figure className="fig-part" aria-labelledby={`${id}-title`}>
        <div>
          <FrameTop figure={figure} context={context} />
        </div>
        {caption}
      </figure>
      <div>
        <FrameBottom figure={figure} open={open} />
      </div>
      <Voice figure={figure} root={root} />
      {sheet}
    </div>
  );
}

const OBEY: Readonly<Record<Exclude<Command, 'help'>, (figure: Figure) => void>> = {
  toggle: (figure) => figure.toggle(),
  'next-event': (figure) => figure.step(1),
  'previous-event': (figure) => figure.step(-1),
  forward: (figure) => figure.leap(1 / 20),
  back: (figure) => figure.leap(-1 / 20),
  start: (figure) => figure.seek(0),
  end: (figure) => figure.seek(Number.POSITIVE_INFINITY),
  faster: (figure) => figure.shiftSpeed(1),
  slower: (figure) => figure.shiftSpeed(-1),
  reset: (figure) => figure.reset(),
};

const TARGETS: readonly KeyTarget[] = ['frame', 'scrubber', 'button', 'slider', 'text'];

/** Parts say what their keys are; the rest is told by its element. */
function keyTarget(element: Element): KeyTarget {
  const said = element.closest<HTMLElement>('[data-keys]')?.dataset.keys;
  const known = TARGETS.find((target) => target === said);
  if (known && (known !== 'frame' || !element.closest('button, summary, a'))) return known;
  if (element.closest('input, select, textarea, [contenteditable="true"]')) return 'text';
  return element.closest('button, summary, a') ? 'button' : 'frame';
}

/**
 * The live region. It speaks only for a figure that has the focus or that the reader has started:
 * what plays by itself must not talk into what is being read.
 */
function Voice({
  figure,
  root,
}: {
  readonly figure: Figure;
  readonly root: RefObject<HTMLDivElement | null>;
}): ReactNode {
  const [text, setText] = useState('');
  useEffect(() => {
    const narrator = createNarrator({
      timer: pageTimer,
      read: () => describeStage(figure),
      say: setText,
    });
    let before = figure.store.get();
    const unsubscribe = figure.store.subscribe(() => {
      const after = figure.store.get();
      const moved = after.t !== before.t || after.shown !== before.shown;
      before = after;
      const wanted =
        after.startedBy === 'reader' || root.current?.contains(document.activeElement) === true;
      if (moved && wanted) narrator.changed();
    });
    return () => {
      unsubscribe();
      narrator.stop();
    };
  }, [figure, root]);
  return (
    <p className="sr-only" role="status" aria-live="polite">
      {text}
    </p>
  );
}
