/** The list of keys of a figure, whose program and styles are fetched when somebody asks for it. */
import { type ReactNode, useCallback, useRef, useState } from 'react';

type Sheet = (props: { readonly closed: () => void }) => ReactNode;

export interface KeySheetPlace {
  /** What is drawn of it; nothing until it has been asked for. */
  readonly sheet: ReactNode;
  readonly open: () => void;
  /** The reader does something else: what comes late must not open over it. */
  readonly callOff: () => void;
}

export function useKeySheet(): KeySheetPlace {
  const [Shown, setShown] = useState<Sheet | null>(null);
  const asked = useRef(0);
  const callOff = useCallback((): void => {
    asked.current++;
  }, []);
  const open = useCallback((): void => {
    const mine = ++asked.current;
    import('./key-sheet').then(
      ({ KeySheet }) => {
        if (mine === asked.current) setShown(() => KeySheet);
      },
      () => {
        if (mine === asked.current) setShown(() => Failed);
      },
    );
  }, []);
  const closed = useCallback(() => setShown(null), []);
  return { sheet: Shown && <Shown closed={closed} />, open, callOff };
}

function Failed(): ReactNode {
  return (
    <div className="fig-notice fig-failure" role="alert">
      <p>The list of keys could not be loaded: check the connection.</p>
    </div>
  );
}
