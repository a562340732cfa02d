/**
 * The vocabulary of a guide: which elements may be written, with which attributes. One table, from
 * which follow the checks, their messages, and the list in CONTRIBUTING.
 */

export interface ElementRule {
  /** What it puts on the page, one sentence. */
  readonly describe: string;
  /** Attribute → what it takes; `required` ones must be there. */
  readonly attributes: Readonly<
    Record<string, { readonly required: boolean; readonly describe: string }>
  >;
  /** What stands between the tags: must (`required`), may (`optional`), must not (`none`). */
  readonly children: 'required' | 'optional' | 'none';
  /** What the children are for; shown when they are missing. */
  readonly childrenAre?: string;
}

const required = (describe: string) => ({ required: true, describe });
const optional = (describe: string) => ({ required: false, describe });

const id = required('id of the simulation');
const scenario = required('id of one of its scenarios');

export const VOCABULARY = {
  Simulation: {
    describe: 'A figure: a scenario of a simulation, running.',
    attributes: {
      id,
      scenario,
      figure: optional('name of the figure in links, unique on the page; the scenario by default'),
      controls: optional('parameters with a control, instead of those of the scenario'),
      views: optional('views, instead of those of the scenario'),
      variants: optional('variants that race, instead of those of the scenario'),
      measures: optional('results shown, instead of those of the scenario'),
    },
    children: 'required',
    childrenAre: 'the caption, which states the conclusion',
  },
  Comparison: {
    describe: 'A chart that compares measures of the variants of a scenario.',
    attributes: {
      id,
      scenario,
      figure: optional('name of the figure in links; "<scenario>-comparison" by default'),
      measures: optional('results compared, instead of those of the scenario'),
      variants: optional('variants compared, instead of those of the scenario'),
    },
    children: 'required',
    childrenAre: 'the caption, which states the conclusion',
  },
  Sweep: {
    describe: 'A chart of results over the whole range of a parameter, with their cliff.',
    attributes: {
      id,
      scenario,
      parameter: required('the parameter that is varied'),
      measures: optional('results shown, a chart each, instead of those of the scenario'),
      variants: optional('variants that run, instead of those of the scenario'),
      value: optional('the value that is marked, instead of that of the scenario'),
      set: optional('other parameters than those of the scenario: "limit=20 burst=5"'),
      points: optional('points along the range, 3 to 33; 9 by default'),
      seeds: optional('runs of each point, 2 to 20; 5 by default'),
      figure: optional('name of the figure in links; "<scenario>-<parameter>" by default'),
    },
    children: 'required',
    childrenAre: 'the caption, which states the conclusion',
  },
  Tasks: {
    describe: 'Goals that the reader reaches with the controls and the engine ticks.',
    attributes: { id, tasks: optional('ids of the tasks, in order; all by default') },
    children: 'none',
  },
  Prediction: {
    describe: 'A question answered before the run and scored after it.',
    attributes: { id, prediction: required('id of one of its predictions') },
    children: 'none',
  },
  Checks: {
    describe: 'The statements that the tests hold the simulation to, runnable in the page.',
    attributes: { id },
    children: 'none',
  },
  Omissions: {
    describe: 'What the model leaves out, with the direction of the error.',
    attributes: { id },
    children: 'none',
  },
  Lab: {
    describe: 'A lab: a real engine, with steps to take and room for the reader’s own.',
    attributes: { id: required('id of the lab') },
    children: 'required',
    childrenAre: 'the caption, which states the conclusion',
  },
  ModelSource: {
    describe:
      'The source of a model, or a region of it, as it runs; a numbered list between the tags explains its "// (1)" comments.',
    attributes: {
      id,
      variant: required('variant whose model is shown'),
      file: optional(
        'a file beside the model that it imports, without ".ts"; the model by default',
      ),
      region: optional('name of a "// #region" of the file; the whole file by default'),
    },
    children: 'optional',
  },
  Finding: {
    describe: 'A number out of a run with a pinned seed.',
    attributes: {
      id,
      scenario,
      variant: optional('variant; may be left out if the scenario has only one'),
      result: required('id of a result, for example latency.p99'),
      over: optional('another variant: the finding is then the quotient of the two'),
      set: optional('parameters other than those of the scenario: "limit=20 burst=5"'),
      digits: optional('significant digits, 1 to 6; 3 by default'),
      format: optional('"number" leaves off the unit'),
    },
    children: 'none',
  },
  Param: {
    describe: 'The value of a parameter.',
    attributes: {
      id,
      name: required('id of one of its parameters'),
      scenario: optional('scenario whose value is meant; the default of the parameter otherwise'),
    },
    children: 'none',
  },
  Fact: {
    describe: 'A number, or a statement, that a source of the front matter supports.',
    attributes: { source: required('key of a source of the front matter') },
    children: 'required',
    childrenAre: 'what the source says',
  },
  Claim: {
    describe: 'A sentence that may be said only while the runs make it true.',
    attributes: { id, claim: required('id of one of its claims') },
    children: 'required',
    childrenAre: 'the sentence',
  },
  Outcome: {
    describe: 'A word with the colour and the shape of an outcome.',
    attributes: { of: required('an outcome: accepted, queued, rejected …') },
    children: 'required',
    childrenAre: 'the word',
  },
} as const satisfies Record<string, ElementRule>;

export type ElementName = keyof typeof VOCABULARY;

/** Elements of HTML that Markdown has no mark for; written without attributes save those named. */
export const HTML_ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  abbr: ['title'],
  br: [],
  kbd: [],
  sub: [],
  sup: [],
};

export const ELEMENT_NAMES = Object.keys(VOCABULARY) as readonly ElementName[];

export function isElementName(name: string): name is ElementName {
  return Object.hasOwn(VOCABULARY, name);
}
