/** Standard deviation of the nodes' numbers of keys, as a share of their mean. */
export function spreadOf(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const square = counts.reduce((sum, count) => sum + (count - mean) * (count - mean), 0);
  return Math.sqrt(square / counts.length) / mean;
}
