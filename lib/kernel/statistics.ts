/** The kernel's statistics under one name; each idea has its own file in `statistics/`. */

export { type BatchInterval, batchInterval } from './statistics/batch-interval';
export { BatchMeans, type BatchMeansEstimate } from './statistics/batch-means';
export {
  type Interval,
  type PairedDifference,
  pairedDifference,
  studentT975,
  wilsonInterval,
} from './statistics/intervals';
export { type CdfPoints, LogHistogram } from './statistics/log-histogram';
export { Mean } from './statistics/mean';
export { independentCount, quantileInterval } from './statistics/quantile-interval';
export { ExactQuantiles } from './statistics/quantiles';
export { RecentCount } from './statistics/recent-count';
export { type QuantileAnswer, Samples, samplesNeeded } from './statistics/samples';
