import type { SizingRule } from './sizing';

/** As many as the operator says. */
export const byHand: SizingRule = ({ instances }) => instances;
