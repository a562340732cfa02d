/** The keys of a figure as lists show them; what they do is in keys.ts, which every figure loads. */

export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Space'], does: 'play or pause' },
  { keys: ['←', '→'], does: 'previous or next event' },
  { keys: ['Shift ←', 'Shift →'], does: 'back or forward by a twentieth of the run' },
  { keys: ['Home', 'End'], does: 'start or end of the run' },
  { keys: ['+', '−'], does: 'faster or slower' },
  { keys: ['R'], does: 'reset parameters, seed, speed and forks, and go to the start' },
  { keys: ['?'], does: 'this list' },
];
