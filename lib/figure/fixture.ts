/** A small simulation's description and a run of it, for the tests of everything around a figure. */
import { Recorder } from '@/lib/kernel/recorder';
import type { CheckDescriptions, Description } from '@/lib/simulation/definition';
import type { Result } from '@/lib/simulation/measures';
import {
  choice,
  count,
  defaultsOf,
  duration,
  quantity,
  schedule,
  toggle,
} from '@/lib/simulation/parameters';
import type { RunRequest } from '@/lib/simulation/protocol';
import type { RunOutcome } from './extras';

const describe = 'For the tests.';

const parameters = {
  rate: quantity({
    describe: 'Requests that arrive each second.',
    live: true,
    label: 'Arrival rate',
    unit: 'requests/s',
    min: 1,
    max: 100,
    step: 1,
    default: 10,
    scale: 'log',
  }),
  timeout: duration({ describe, label: 'Timeout', min: 100, max: 5000, step: 100, default: 1000 }),
  servers: count({
    describe,
    label: 'Servers',
    unit: 'servers',
    min: 1,
    max: 8,
    step: 1,
    default: 2,
  }),
  order: choice<'fifo' | 'lifo'>({
    describe,
    label: 'Order',
    options: { fifo: { label: 'in turn' }, lifo: { label: 'last first' } },
    default: 'fifo',
  }),
  retries: toggle({ describe, label: 'Retries', default: false }),
  load: schedule({
    describe,
    label: 'Load',
    unit: 'requests/s',
    min: 0,
    max: 50,
    step: 1,
    untilMs: 10_000,
    stepsMax: 4,
    default: [
      { atMs: 0, value: 5 },
      { atMs: 4000, value: 20 },
    ],
  }),
};

export const FIXTURE: Description = {
  id: 'fixture',
  category: 'template',
  title: 'Fixture',
  describe: 'A simulation for tests.',
  version: 1,
  linkVersion: 1,
  parameters,
  variants: {
    plain: { title: 'Plain', describe: 'Does nothing special.' },
    fancy: { title: 'Fancy', describe: 'Does something special.' },
  },
  measures: {},
  views: {
    admitted: {
      kind: 'chart',
      title: 'Requests admitted',
      y: { label: 'Admitted', unit: 'requests', min: 0 },
      marks: [{ type: 'step', series: 'admitted', label: 'admitted' }],
    },
    log: { kind: 'events', title: 'What happens' },
  },
  interventions: {
    stop: {
      label: 'Stop a server',
      describe: 'It takes no more requests.',
      targets: { 'server-1': 'Server 1', 'server-2': 'Server 2' },
    },
    burst: { label: 'Send a burst', describe: 'Ten requests at once.' },
  },
  scenarios: {
    calm: {
      title: 'A calm day',
      question: 'How many get in?',
      story: 'Ten requests arrive each second.',
      watch: 'Watch the line rise.',
      parameters: defaultsOf(parameters),
      variants: ['plain'],
      views: ['admitted', 'log'],
      controls: ['rate', 'servers'],
      measures: ['share', 'latency.p99'],
      seed: 1,
      speed: 1,
    },
    race: {
      title: 'A race',
      question: 'Which lets more in?',
      story: 'Both meet the same requests.',
      watch: 'Watch the distance between the lines.',
      parameters: { ...defaultsOf(parameters), rate: 20 },
      variants: ['plain', 'fancy'],
      views: ['admitted'],
      controls: ['rate', 'timeout', 'servers', 'order', 'retries', 'load'],
      measures: ['share', 'latency.p99'],
      seed: 7,
      seedReason: 'A burst comes early.',
      stillAtMs: 5000,
      speed: 2,
    },
  },
  tasks: {
    half: {
      title: 'Let half of them in',
      goal: 'Admit at least half of the requests.',
      hint: 'More servers.',
      scenario: 'calm',
      held: [],
    },
    all: {
      title: 'Let all in',
      goal: 'Admit every request.',
      hint: 'Fewer requests.',
      scenario: 'calm',
      held: [],
    },
  },
  predictions: {
    who: {
      question: 'Which lets more in?',
      scenario: 'race',
      options: { plain: 'The plain one', fancy: 'The fancy one' },
      explain: 'Because it does something special.',
    },
  },
  omissions: [{ what: 'The network', effect: 'Real latencies are longer.' }],
};

export const FIXTURE_CHECKS: CheckDescriptions = {
  conserved: { statement: 'No request is lost.', against: 'Counting', seeds: 3 },
  fair: { statement: 'Requests are served in turn.', against: 'The order of arrival', seeds: 1 },
};

const SHOWN_MS = 10_000;

/** One step a second, a note at 3 s and a warning at 6 s; whatever is done to it lets in one more. */
export function fixtureOutcome(request: Partial<RunRequest> = {}): RunOutcome {
  const scenario = FIXTURE.scenarios.calm;
  const variants = request.variants ?? ['plain'];
  const values = request.parameters ?? scenario?.parameters ?? {};
  const share: Result = {
    id: 'share',
    label: 'Admitted',
    unit: '%',
    better: 'higher',
    value: 41.66,
    n: 1204,
    halfWidth: 1.2,
  };
  const refused: Result = {
    ...share,
    id: 'latency.p99',
    label: 'Latency, p99',
    unit: 'ms',
    better: 'lower',
    value: null,
    refused: 'p99 needs 1,000 values, there are 40',
    n: 40,
    halfWidth: null,
  };
  return {
    race: {
      simulation: FIXTURE.id,
      version: 1,
      parameters: values,
      seed: request.seed ?? 1,
      arrivals: 10,
      measuredMs: SHOWN_MS,
      warmUpMs: 0,
      runs: variants.map((variant) => {
        const recorder = new Recorder({ shownMs: SHOWN_MS });
        for (let second = 0; second <= 10; second++) {
          const atMs = second * 1000;
          const done = (request.interventions ?? []).filter(({ at }) => at <= atMs).length;
          recorder.sample(atMs, 'admitted', second + done);
          recorder.state(atMs, 'server', 'admitted', second + done);
          if (second === 3) recorder.note(3000, 'The third request is let in.');
          if (second === 6) recorder.note(6000, 'The bucket is empty.', 'warning');
        }
        return {
          variant,
          recording: recorder.finish(),
          results: [share, refused],
          distributions: [],
          tables: [],
          eventsProcessed: 11,
        };
      }),
    },
    tasks: {
      half: { reached: Number(values.servers) > 2, reading: `${values.servers} servers` },
      all: { reached: false, reading: '41.7 % are let in' },
    },
    predictions: { who: 'fancy' },
  };
}
