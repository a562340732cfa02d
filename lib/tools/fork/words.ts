/** Facts of a recording in words, with the names that the views of its simulation give to things. */
import { OUTCOMES } from '@/lib/kernel/outcomes';
import type { Description } from '@/lib/simulation/definition';
import { formatMoment, formatNumber } from '@/lib/simulation/format';
import type { Divergence, Fact } from './divergence';

/** What ids of a recording are called on screen. */
interface Names {
  readonly node: (id: string) => string;
  readonly field: (id: string) => string;
  readonly series: (id: string) => string;
}

/**
 * Gathered from whatever the views declare: an `id` or a `field` or a `series` beside a `label`, and
 * tables of `names`. So a new kind of view is understood as it is.
 */
export function namesOf({ views }: Pick<Description, 'views'>): Names {
  const nodes = new Map<string, string>();
  const fields = new Map<string, string>();
  const series = new Map<string, string>();
  const learn = (known: Map<string, string>, id: unknown, name: unknown): void => {
    if (typeof id === 'string' && typeof name === 'string' && name !== '' && !known.has(id))
      known.set(id, name);
  };
  const gather = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (key === 'names' && !Array.isArray(value)) {
      for (const [id, name] of Object.entries(value)) learn(nodes, id, name);
      return;
    }
    if (Array.isArray(value)) {
      for (const each of value) gather(each, key);
      return;
    }
    const { id, field, series: name, label } = value as Readonly<Record<string, unknown>>;
    learn(key === 'fields' ? fields : nodes, id, label);
    learn(fields, field, label);
    learn(series, name, label);
    for (const [inner, each] of Object.entries(value)) gather(each, inner);
  };
  gather(Object.values(views), 'views');
  return {
    node: (id) => nodes.get(id) ?? id,
    field: (id) => fields.get(id) ?? id,
    series: (id) => series.get(id) ?? id,
  };
}

/** A fact as part of a sentence, without a full stop. */
export function factInWords(fact: Fact, names: Names): string {
  switch (fact.kind) {
    case 'note':
      return `“${fact.text.replace(/\.$/, '')}”`;
    case 'message':
    case 'loss': {
      const outcome = OUTCOMES[fact.outcome].label;
      const what =
        fact.label === '' || fact.label.endsWith(outcome)
          ? fact.label || outcome
          : `${fact.label}, ${outcome}`;
      const way = `“${what}” from ${names.node(fact.from)} to ${names.node(fact.to)}`;
      return fact.kind === 'message' ? `${way} is sent` : `${way} is lost on its way`;
    }
    case 'begin':
      return `“${fact.label}” begins at ${names.node(fact.lane)}`;
    case 'end':
      return fact.outcome === ''
        ? `“${fact.label}” ends at ${names.node(fact.lane)}`
        : `“${fact.label}” ends at ${names.node(fact.lane)}: ${OUTCOMES[fact.outcome].label}`;
    case 'state':
      return `${names.node(fact.node)}, ${names.field(fact.field)}: ${valueInWords(fact.value)}`;
    case 'sample':
      return `${names.series(fact.series)}: ${valueInWords(fact.value)}`;
    default:
      return fact satisfies never;
  }
}

const valueInWords = (value: number | string): string =>
  typeof value === 'number' ? formatNumber(value) : value;

/**
 * Where a fork leaves its original, in a sentence or two.
 *
 * @param shownMs length of what is shown, simulated ms
 */
export function divergenceInWords(
  divergence: Divergence | null,
  names: Names,
  shownMs: number,
): string {
  if (!divergence) return 'Nothing that is recorded differs from the original.';
  const { atMs, first, second } = divergence;
  const parts = [
    ...(second ? [`in the fork ${factInWords(second, names)}`] : []),
    ...(first ? [`in the original ${factInWords(first, names)}`] : []),
  ];
  const only =
    parts.length === 1 ? (second ? ', and not in the original' : ', and not in the fork') : '';
  return `First difference at ${formatMoment(atMs, shownMs)}: ${parts.join('; ')}${only}.`;
}
