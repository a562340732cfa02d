/** Where along a run something happens: the marks on the slider of time. */
import type { Recording, Tone } from '@/lib/kernel/recording';

export interface Ticks {
  /** Places from 0 to `bins` − 1 at which something happens, rising; each once. */
  readonly events: readonly number[];
  /** Notes worth finding, with their place. */
  readonly notes: readonly { readonly place: number; readonly tone: Tone; readonly text: string }[];
}

/** More marks than that would be a bar. */
const NOTES_MAX = 40;

/**
 * @param shownMs length of the slider, simulated ms, above 0
 * @param bins number of places along it
 */
export function ticksOf(recordings: readonly Recording[], shownMs: number, bins: number): Ticks {
  const hit = new Uint8Array(bins);
  const placeOf = (at: number): number => Math.min(bins - 1, Math.floor((at / shownMs) * bins));
  const mark = (column: Float64Array): void => {
    for (const at of column) if (at <= shownMs) hit[placeOf(at)] = 1;
  };
  const notes: { place: number; tone: Tone; text: string }[] = [];
  for (const { messages, spans, states, notes: said, strings } of recordings) {
    mark(messages.sentAt);
    mark(spans.start);
    mark(states.at);
    mark(said.at);
    for (let i = 0; i < said.length && notes.length < NOTES_MAX; i++) {
      const tone = (strings[said.tone[i] ?? 0] ?? 'plain') as Tone;
      const at = said.at[i] ?? 0;
      if (tone !== 'plain' && at <= shownMs)
        notes.push({ place: placeOf(at), tone, text: strings[said.text[i] ?? 0] ?? '' });
    }
  }
  const events: number[] = [];
  for (let place = 0; place < bins; place++) if (hit[place]) events.push(place);
  return { events, notes };
}
