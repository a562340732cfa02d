import { graced } from './models/graced';
import { neverRotated } from './models/never-rotated';
import { reuseDetected } from './models/reuse-detected';
import { rotated } from './models/rotated';

export const variants = {
  'never-rotated': {
    title: 'Not rotated',
    describe: 'A login has one refresh token, which is valid until it ends.',
    model: neverRotated,
  },
  rotated: {
    title: 'Rotated',
    describe: 'A refresh token is used once and replaced; one that was replaced is refused.',
    model: rotated,
  },
  'reuse-detected': {
    title: 'Reuse detected',
    describe: 'The same, and a replaced token that comes again ends the session.',
    model: reuseDetected,
  },
  graced: {
    title: 'With grace',
    describe: 'The same, but the token before the present one still passes for a short while.',
    model: graced,
  },
};

export type VariantId = keyof typeof variants;
