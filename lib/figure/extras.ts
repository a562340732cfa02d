/**
 * What is run beside the original, on the same inputs but for one thing: a fork of its past, or the
 * reader's own model. Here is what it is, how its runs come together with those of the original, and
 * which of them the views draw.
 */
import type { Description, InterventionEvent, Race, VariantRun } from '@/lib/simulation/definition';
import type { DistributionResult, Result } from '@/lib/simulation/measures';
import type { Judged, Judgement, RunRequest } from '@/lib/simulation/protocol';
import { indexRecording, type RecordingIndex } from '@/lib/simulation/recording-index';
import type { OutsideTraffic } from '@/lib/simulation/traffic';
import { forkName } from './forks';

/** What a run gives back: the recordings with their measures, and the goals and questions judged on it. */
export interface RunOutcome extends Judgement {
  readonly race: Race;
}

export const NOTHING_JUDGED: Judged = { tasks: [], predictions: [] };

export type RunFigure = (request: RunRequest, judged: Judged) => Promise<RunOutcome>;

interface ExtraBase {
  /** Unique in its figure; setting another extra of this id takes its place. */
  readonly id: string;
  /** What it is, in words: "Crash a server (Server 2) at 12.3 s". */
  readonly title: string;
  /** The inputs of its run, from those of the original. */
  readonly request: (base: RunRequest) => RunRequest;
  readonly run: RunFigure;
}

/** The same run, in which something is done from a moment on. */
export interface ForkExtra extends ExtraBase {
  readonly kind: 'fork';
  /** At least one, in order of time. */
  readonly interventions: readonly InterventionEvent[];
}

/** The reader's model in place of one of ours. */
export interface ReaderExtra extends ExtraBase {
  readonly kind: 'reader';
}

export type Extra = ForkExtra | ReaderExtra;

export interface ExtraState {
  readonly extra: Extra;
  readonly status: 'running' | 'ready' | 'failed';
  /** Why its last run failed; null if it did not. */
  readonly error: string | null;
}

/** One run of a figure. */
export interface FigureRun {
  /** Unique among the runs on screen. */
  readonly id: string;
  readonly variant: string;
  readonly title: string;
  /** Id of the extra that it belongs to; null for the original. */
  readonly extra: string | null;
  /** Place among the forks, from 1, of the one that it belongs to; null if it is none. */
  readonly fork: number | null;
  readonly index: RecordingIndex;
  readonly results: readonly Result[];
  readonly distributions: readonly DistributionResult[];
}

/** The runs on screen. They stay there until the next ones have arrived. */
export interface Shown {
  /** The original. */
  readonly race: Race;
  /** What it ran on in place of the simulation's own traffic; null if on that. */
  readonly traffic: OutsideTraffic | null;
  /** All runs: those of the original, then those of each extra. */
  readonly runs: readonly FigureRun[];
  /** Those that views and measures show, under titles that tell them apart. */
  readonly drawn: readonly FigureRun[];
  /** What was chosen to be drawn; null while there are no forks, and all runs are. */
  readonly sight: Sight | null;
  /** End of the longest recording, simulated ms. */
  readonly shownMs: number;
  /** Whether the bound on records cut a recording short. */
  readonly truncated: boolean;
  readonly tasks: RunOutcome['tasks'];
  readonly predictions: RunOutcome['predictions'];
}

/**
 * A race and its forks are a table of runs: variants across, original and forks down. More than a
 * line of it at once could not be read.
 */
export type Sight =
  /** One variant: the original and what would have become of it. */
  | { readonly kind: 'variant'; readonly variant: string }
  /** All variants of the original (null) or of one fork. */
  | { readonly kind: 'race'; readonly extra: string | null };

/** An original with its extras on the same inputs. */
export interface Round {
  readonly base: RunRequest;
  readonly outcome: RunOutcome;
  /** In order; without a race are those that failed or are late. */
  readonly extras: readonly { readonly extra: Extra; readonly race: Race | null }[];
}

/** @param wanted what the reader has chosen to see; null for what is shown by itself */
export function shownOf(description: Description, round: Round, wanted: Sight | null): Shown {
  const { race, tasks, predictions } = round.outcome;
  const forks = round.extras.filter(({ extra }) => extra.kind === 'fork');
  const runs = [
    ...race.runs.map((run) => runOf(description, run, NO_EXTRA)),
    ...round.extras.flatMap((each) => {
      const fork = forks.indexOf(each) + 1 || null;
      return (each.race?.runs ?? []).map((run) =>
        runOf(description, run, { extra: each.extra, fork }),
      );
    }),
  ];
  const recordings = runs.map(({ index }) => index.recording);
  return withSight(
    {
      race,
      traffic: round.base.traffic ?? null,
      runs,
      drawn: runs,
      sight: null,
      shownMs: Math.max(...recordings.map(({ shownMs }) => shownMs)),
      truncated: recordings.some(({ truncated }) => truncated),
      tasks,
      predictions,
    },
    wanted,
  );
}

/** The same runs, of which others are drawn. What is not there (any more) is not drawn. */
export function withSight(shown: Shown, wanted: Sight | null): Shown {
  const { runs } = shown;
  if (runs.every(({ fork }) => fork === null)) return { ...shown, drawn: runs, sight: null };
  const originals = runs.filter(({ extra }) => extra === null);
  const sight =
    wanted && inSight(runs, wanted).length > 0
      ? wanted
      : ({ kind: 'variant', variant: originals[0]?.variant ?? '' } as const);
  const drawn = inSight(runs, sight).map((run): FigureRun => {
    if (run.extra !== null && run.fork === null) return run;
    if (sight.kind === 'race' && originals.length > 1)
      return {
        ...run,
        title: originals.find((each) => each.variant === run.variant)?.title ?? run.variant,
      };
    return { ...run, title: run.fork === null ? 'Original' : forkName(run.fork) };
  });
  return { ...shown, drawn, sight };
}

function inSight(runs: readonly FigureRun[], sight: Sight): readonly FigureRun[] {
  return sight.kind === 'variant'
    ? runs.filter(({ variant }) => variant === sight.variant)
    : runs.filter(({ extra }) => extra === sight.extra);
}

const NO_EXTRA = { extra: null, fork: null };

function runOf(
  description: Description,
  { variant, recording, results, distributions }: VariantRun,
  { extra, fork }: { readonly extra: Extra | null; readonly fork: number | null },
): FigureRun {
  const own = description.variants[variant]?.title ?? variant;
  return {
    id: extra === null ? variant : `${extra.id}/${variant}`,
    variant,
    title: extra === null ? own : fork === null ? extra.title : `${own}, ${forkName(fork)}`,
    extra: extra?.id ?? null,
    fork,
    index: indexOf(recording),
    results,
    distributions,
  };
}

/** A recording is indexed once, however often it is shown among others. */
const indices = new WeakMap<VariantRun['recording'], RecordingIndex>();

function indexOf(recording: VariantRun['recording']): RecordingIndex {
  const known = indices.get(recording);
  if (known) return known;
  const index = indexRecording(recording);
  indices.set(recording, index);
  return index;
}
