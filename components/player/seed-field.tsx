/** The seed of a run: shown, editable, and drawn anew at a press. */
import { type ReactNode, useState } from 'react';
import { useFigure } from '@/components/figure/use-figure';
import type { Figure } from '@/lib/figure/figure';
import { grouped } from '@/lib/kernel/grouped';
import { SEED_MAX } from '@/lib/simulation/link';

export function SeedField({ figure }: { readonly figure: Figure }): ReactNode {
  const seed = useFigure(figure, (state) => state.seed);
  /** What is being typed; null while the field shows the seed. */
  const [draft, setDraft] = useState<string | null>(null);
  const [isRefused, setRefused] = useState(false);
  const id = `${figure.spec.figure}-seed`;
  const commit = (): void => {
    if (draft === null) return;
    const fits = /^\d+$/.test(draft.trim()) && Number(draft) <= SEED_MAX;
    if (fits) figure.setSeed(Number(draft));
    setRefused(!fits);
    setDraft(null);
  };
  return (
    <div className="fig-setting">
      <label htmlFor={id} title="The same seed gives the same run, on every machine">
        Seed
      </label>
      <span className="fig-seed-place">
        <input
          id={id}
          className="fig-field fig-seed"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          data-keys="text"
          aria-describedby={isRefused ? `${id}-refusal` : undefined}
          value={draft ?? String(seed)}
          onChange={(event) => {
            setDraft(event.target.value);
            setRefused(false);
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape') {
              setDraft(null);
              setRefused(false);
            }
          }}
        />
        {isRefused && (
          <span id={`${id}-refusal`} className="fig-refusal" role="status">
            {`A whole number from 0 to ${grouped(String(SEED_MAX))}`}
          </span>
        )}
      </span>
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
