/** The list of keys, and the switch that turns them off. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { letSingleKeysAct, singleKeysAct } from '@/components/site/single-keys';
import { KEYS } from '@/lib/figure/key-list';
import './key-sheet.css';

/** Open for as long as it is drawn. */
export function KeySheet({ closed }: { readonly closed: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const [on, setOn] = useState(singleKeysAct);
  return (
    <dialog
      ref={dialog}
      className="fig-sheet"
      aria-label="Keys of the figure"
      data-keys="text"
      onClose={closed}
      // Another switch may have changed it since.
      onFocus={() => setOn(singleKeysAct())}
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
            letSingleKeysAct(event.target.checked);
            setOn(event.target.checked);
          }}
        />
        Single keys act, here and on the whole site
      </label>
      <form method="dialog">
        <button type="submit" className="fig-button">
          Close
        </button>
      </form>
    </dialog>
  );
}
