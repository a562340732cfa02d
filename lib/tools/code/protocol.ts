/**
 * What passes between a page, the sandbox in it, and the worker in the sandbox. The page trusts nothing
 * that comes back (`outcome.ts`); the sandbox trusts nothing that its worker says.
 */
import type { CheckDescriptions, PlantedBug } from '../../simulation/definition';
import type { ToWorker } from '../../simulation/protocol';
import type { Interface } from './shape';

/** What the tool knows of a simulation's code: written beside its script, fetched when it is opened. */
export interface CodeData {
  /** Address of the document in which the reader's code runs. */
  readonly sandbox: string;
  /** Name of each file of the models, without its ending, to its text. */
  readonly files: Readonly<Record<string, string>>;
  /** Variant → what its model is; those without a file of their own are absent. */
  readonly interfaces: Readonly<Record<string, Interface>>;
  readonly checks: CheckDescriptions;
  /** Check → the variants that it says something about. */
  readonly checkedVariants: Readonly<Record<string, readonly string[]>>;
  readonly plantedBugs: Readonly<Record<string, PlantedBug<string>>>;
}

/** A file of the reader's program, as JavaScript with its lines where they were. */
export interface Module {
  readonly file: string;
  readonly code: string;
}

/** Models that take the place of ours: all files of one variant. */
export interface Program {
  readonly variant: string;
  readonly modules: readonly Module[];
  readonly interface: Interface;
}

/** To the sandbox: run this program once, and ask it this. */
export interface SandboxRequest {
  readonly type: 'ask';
  readonly id: number;
  readonly program: Program;
  /** Text of the simulation's script. */
  readonly script: string;
  readonly question: ToWorker;
  /** Real ms from the start of the worker, its own included, to its answer. */
  readonly deadlineMs: number;
}

export type ToSandbox = SandboxRequest | { readonly type: 'end'; readonly id: number };

/** A position in a file of the reader's; line and column from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type SandboxAnswer =
  | { readonly id: number; readonly type: 'answered'; readonly answer: unknown }
  | {
      readonly id: number;
      readonly type: 'failed';
      readonly message: string;
      /** Where in the reader's files, as far as the browser tells. */
      readonly place: Place | null;
    };

export type FromSandbox = { readonly type: 'ready' } | SandboxAnswer;
