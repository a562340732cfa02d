/** The seed of a run: shown, editable, and drawn anew at a press. */
import type { ReactNode } from 'react';
import { useDraft } from '@/components/controls/use-draft';
import { useFigure } from '@/components/figure/use-figure';
import type { Figure } from '@/lib/figure/figure';
import { grouped } from '@/lib/kernel/grouped';
import { SEED_MAX } from '@/lib/simulation/link';

export function SeedField({ figure }: { readonly figure: Figure }): ReactNode {
  const seed = useFigure(figure, (state) => state.seed);
  const id = `${figure.spec.figure}-seed`;
  const { text, refusal, handlers } = useDraft(String(seed), (typed) => {
    const fits = /^\d+$/.test(typed.trim()) && Number(typed) <= SEED_MAX;
    if (fits) figure.setSeed(Number(typed));
    return fits ? null : `A whole number from 0 to ${grouped(String(SEED_MAX))}`;
  });
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
          aria-describedby={refusal === null ? undefined : `${id}-refusal`}
          value={text}
          {...handlers}
        />
        {refusal !== null && (
          <span id={`${id}-refusal`} className="fig-refusal" role="status">
            {refusal}
          </span>
        )}
      </span>
      <button
        type="button"
        className="fig-text-button"
        onClick={figure.reroll}
        aria-label="Re-roll the seed"
        title="Another seed: the same situation with different luck"
      >
        Re-roll
      </button>
    </div>
  );
}
