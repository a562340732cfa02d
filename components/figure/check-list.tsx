/** The statements that the tests hold a simulation to, with what a run of them in the page gave. */
import type { ReactNode } from 'react';
import type { CheckReport } from '@/lib/simulation/checks';
import type { CheckDescriptions } from '@/lib/simulation/definition';
import { formatNumber } from '@/lib/simulation/format';

export type CheckState = 'running' | CheckReport | { readonly error: string };

export interface CheckListProps {
  readonly figure: string;
  readonly checks: CheckDescriptions;
  readonly states: Readonly<Record<string, CheckState>>;
  readonly live: boolean;
  readonly isRunning: boolean;
  readonly onRun?: () => void;
  readonly onStop?: () => void;
}

export function CheckList({
  figure,
  checks,
  states,
  live,
  isRunning,
  onRun,
  onStop,
}: CheckListProps): ReactNode {
  const listed = Object.entries(checks);
  return (
    <div className="fig-panel">
      <div className="fig-panel-head">
        <p className="fig-title" id={`${figure}-title`}>
          Checks
        </p>
        <p className="fig-panel-count" role="status">
          {summary(listed.length, Object.values(states), isRunning)}
        </p>
        <button
          type="button"
          className="fig-button"
          disabled={!live}
          onClick={isRunning ? onStop : onRun}
        >
          {isRunning ? 'Stop' : 'Run the checks'}
        </button>
      </div>
      <ul className="fig-checks">
        {listed.map(([id, check]) => (
          <li key={id} className="fig-check" data-check={id}>
            <Mark state={states[id]} />
            <div>
              <p>{check.statement}</p>
              <p className="fig-against">
                {heldTo(check)}
                {outcome(states[id])}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Check = CheckDescriptions[string];

export const heldTo = ({ against, seeds }: Omit<Check, 'statement'>): string =>
  `Held to: ${against.replace(/\.$/, '')}. ${formatNumber(seeds)} ${seeds === 1 ? 'seed' : 'seeds'}`;

const HELD_TO = /^Held to: (.*)\. ([^ ]+) seeds?$/s;

/**
 * The check that is drawn with these words.
 *
 * @param words as `heldTo` says them
 * @throws Error if they are others
 */
export function checkOf(statement: string, words: string): Check {
  const [, against, seeds] = HELD_TO.exec(words) ?? [];
  if (against === undefined || seeds === undefined)
    throw new Error(`Expected what a check is held to and its seeds, got "${words}".`);
  return { statement, against, seeds: Number(seeds.replaceAll(',', '')) };
}

function summary(total: number, states: readonly CheckState[], isRunning: boolean): string {
  const ended = states.filter((state) => state !== 'running');
  if (ended.length === 0 && !isRunning) return `${total} statements`;
  const held = ended.filter(isHeld).length;
  const failed = ended.length - held;
  return `${held} of ${total} hold${failed > 0 ? `, ${failed} fail` : ''}`;
}

function isHeld(state: CheckState): boolean {
  return typeof state === 'object' && 'comparisons' in state && state.failure === null;
}

function outcome(state: CheckState | undefined): string {
  if (state === undefined || state === 'running') return '';
  if ('error' in state) return `. Could not be run: ${state.error}`;
  const { failure, comparisons } = state;
  const made = `${formatNumber(comparisons)} ${comparisons === 1 ? 'comparison' : 'comparisons'}`;
  return failure === null
    ? `, ${made}: holds.`
    : `, ${made}: fails at seed ${failure.seed}. ${failure.message}`;
}

function Mark({ state }: { readonly state: CheckState | undefined }): ReactNode {
  const kind =
    state === undefined
      ? 'idle'
      : state === 'running'
        ? 'running'
        : isHeld(state)
          ? 'held'
          : 'failed';
  const label = { idle: 'Not run', running: 'Running', held: 'Holds', failed: 'Fails' }[kind];
  return (
    <svg
      className="fig-tick"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      role="img"
      aria-label={label}
      data-state={kind}
    >
      <circle cx="10" cy="10" r="8.25" />
      {kind === 'held' && <path d="M6 10.4l2.7 2.7L14 7.6" />}
      {kind === 'failed' && <path d="M7 7l6 6M13 7l-6 6" />}
      {kind === 'running' && <path d="M10 5.5V10l3 2" />}
    </svg>
  );
}
