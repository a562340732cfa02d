/**
 * The outcomes a request, message or span can have: one closed vocabulary for the scene, the chart,
 * the table and the prose. Each has one colour and one shape, so that neither is needed alone.
 */
export const OUTCOMES = {
  sent: { label: 'sent', describe: 'on its way, nothing decided yet' },
  accepted: { label: 'accepted', describe: 'let through, or answered with success' },
  queued: { label: 'queued', describe: 'waiting for its turn' },
  rejected: { label: 'rejected', describe: 'refused at once, on purpose' },
  failed: { label: 'failed', describe: 'tried, and ended in an error' },
  retried: { label: 'retried', describe: 'sent again after a failure' },
  expired: { label: 'expired', describe: 'given up when its time ran out' },
  undone: { label: 'undone', describe: 'taken back after it had been done' },
  lost: { label: 'lost', describe: 'gone on the way; nobody was told' },
} as const satisfies Record<string, { label: string; describe: string }>;

export type Outcome = keyof typeof OUTCOMES;

export const OUTCOME_IDS = Object.keys(OUTCOMES) as readonly Outcome[];
