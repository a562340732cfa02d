/** A text that is being typed into a field: taken over on Enter and when the field is left. */
import { type ChangeEvent, type KeyboardEvent, useState } from 'react';

interface Draft {
  /** What stands in the field. */
  readonly text: string;
  /** What is said of the text that was typed last; null if there is nothing to say. */
  readonly refusal: string | null;
  /** What the field is given. */
  readonly handlers: {
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    readonly onBlur: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

/**
 * The draft of a field. Afterwards the field shows its value again, whatever was typed; Escape takes the
 * draft back.
 *
 * @param shown the value, as it stands there while nothing is typed
 * @param take takes over what was typed; returns what is to be said of it, or null
 */
export function useDraft(shown: string, take: (text: string) => string | null): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const commit = (): void => {
    if (draft === null) return;
    setRefusal(take(draft));
    setDraft(null);
  };
  return {
    text: draft ?? shown,
    refusal,
    handlers: {
      onChange: ({ target }) => {
        setDraft(target.value);
        setRefusal(null);
      },
      onBlur: commit,
      onKeyDown: ({ key }) => {
        if (key === 'Enter') commit();
        if (key === 'Escape') {
          setDraft(null);
          setRefusal(null);
        }
      },
    },
  };
}
