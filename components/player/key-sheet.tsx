/** The list of keys, and the switch that turns them off. */
import { type ReactNode, type RefObject, useState } from 'react';
import { pageMemory } from '@/components/figure/page-memory';
import { KEYS } from '@/lib/figure/keys';

/** Bubbles from a button to the figure, which owns the sheet. */
export const OPEN_KEY_SHEET = 'figure:keys';

const MEMORY_NAME = 'figure-keys';
const isOff = (value: unknown): value is 'off' => value === 'off';

/** Whether single keys act on figures; readers who dictate or use a switch may turn them off (WCAG 2.1.4). */
export function keysAreOn(): boolean {
  return pageMemory.read(MEMORY_NAME, isOff) === undefined;
}

export function KeySheet({
  dialog,
}: {
  readonly dialog: RefObject<HTMLDialogElement | null>;
}): ReactNode {
  const [on, setOn] = useState(keysAreOn);
  return (
    <dialog
      ref={dialog}
      className="fig-sheet"
      aria-label="Keys of the figure"
      data-keys="text"
      // Another figure's sheet may have changed it since.
      onFocus={() => setOn(keysAreOn())}
    >
      <p className="fig-sheet-title">Keys, while the figure has the focus</p>
      <dl className="fig-sheet-keys">
        {KEYS.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="fig-sheet-switch">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            const next = event.target.checked;
            if (next) pageMemory.forget(MEMORY_NAME);
            else pageMemory.write(MEMORY_NAME, 'off');
            setOn(next);
          }}
        />
        Keys act on figures
      </label>
      <form method="dialog">
        <button type="submit" className="fig-button">
          Close
        </button>
      </form>
    </dialog>
  );
}
