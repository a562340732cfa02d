/** The seed of a run: shown, editable, and drawn anew at a press. */
import { type ReactNode, useState } from 'react';
import { useFigure } from '@/components/figure/use-figure';
import type { Figure } from '@/lib/figure/figure';

export function SeedField({ figure }: { readonly figure: Figure }): ReactNode {
  const seed = useFigure(figure, (state) => state.seed);
  /** What is being typed; null while the field shows the seed. */
  const [draft, setDraft] = useState<string | null>(null);
  const id = `${figure.spec.figure}-seed`;
  const commit = (): void => {
    if (draft !== null && /^\d+$/.test(draft.trim())) figure.setSeed(Number(draft));
    setDraft(null);
  };
  return (
    <div className="fig-setting">
      <label htmlFor={id} title="The same seed gives the same run, on every machine">
        Seed
      </label>
      <input
        id={id}
        className="fig-field fig-seed"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        data-keys="text"
        value={draft ?? String(seed)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
      <button
        type="button"
        className="fig-text-button"
        onClick={figure.reroll}
        aria-label="Re-roll the seed"
        title="Another seed: the same situation with other chance"
      >
        Re-roll
      </button>
    </div>
  );
}
