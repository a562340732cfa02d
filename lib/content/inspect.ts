/**
 * Reads a parsed guide against the simulations: checks everything that its elements name, computes
 * the numbers of its prose, and lists what it uses (figures, links, anchors, code). The tree is not
 * changed; what an element becomes is noted by its offset, for the compiler to put in its place.
 */
import type { Code, Definition, Image, Link, List, Paragraph, Root } from 'mdast';
import { OUTCOME_IDS } from '../kernel/outcomes';
import { formatNumber, formatParameter, formatValue } from '../simulation/format';
import type { Result } from '../simulation/measures';
import { misfit, type Parameter, type ParameterValue } from '../simulation/parameters';
import { type FigureSpec, figureKey } from './figures';
import { extractRegion, regionsOf, type SourceRegion } from './model-source';
import { suggest } from './nearest';
import { childrenOf, isJsxElement, type JsxElement, textOf, walk } from './nodes';
import { findNumeralInText, findNumerals } from './numerals';
import type { ParsedGuide } from './parse';
import { type Place, type Problem, placeOf } from './problem';
import { requestOf, type SimulationRecord, type Simulations } from './simulations';
import {
  ELEMENT_NAMES,
  type ElementName,
  type ElementRule,
  HTML_ELEMENTS,
  isElementName,
  VOCABULARY,
} from './vocabulary';

/** What the compiler puts in the place of an element. */
export type Replacement =
  /** The same element with these attributes. */
  | { readonly kind: 'attributes'; readonly attributes: Readonly<Record<string, string>> }
  /** Highlighted source in front of the element's children. */
  | { readonly kind: 'model-source'; readonly source: SourceRegion; readonly path: string };

export interface FigureUse {
  readonly simulation: SimulationRecord;
  readonly spec: FigureSpec;
  readonly key: string;
}

export interface LinkUse extends Place {
  readonly url: string;
}

export interface Section {
  /** Id of the heading; empty for what stands above the first. */
  readonly id: string;
  readonly title: string;
  /** Prose with its numbers filled in; no code. */
  readonly text: string;
}

export interface InspectedGuide {
  readonly guide: ParsedGuide;
  readonly problems: readonly Problem[];
  /** By offset of the element in the source. */
  readonly replacements: ReadonlyMap<number, Replacement>;
  readonly figures: readonly FigureUse[];
  readonly links: readonly LinkUse[];
  /** Everything that "#…" may point at on the guide's page. */
  readonly anchors: readonly string[];
  /** Ids of the simulations named, each once, in order of appearance. */
  readonly simulations: readonly string[];
  readonly code: readonly Code[];
  readonly sections: readonly Section[];
  /** Words of the prose, captions and lists included, code excluded. */
  readonly words: number;
}

/** Elements that are figures or blocks of their own and cannot stand in the middle of a sentence. */
const BLOCK_ELEMENTS: ReadonlySet<string> = new Set<ElementName>([
  'Simulation',
  'Comparison',
  'Tasks',
  'Prediction',
  'Checks',
  'Omissions',
  'ModelSource',
]);

/** Anchors of the page around the prose. */
const PAGE_ANCHORS = ['sources'];

export async function inspectGuide(
  guide: ParsedGuide,
  simulations: Simulations,
): Promise<InspectedGuide> {
  const inspection = new Inspection(guide, simulations);
  if (guide.tree !== null) await inspection.run(guide.tree);
  return inspection.finish();
}

/** A value that could not be read; the message becomes a problem at the element. */
class Misuse extends Error {
  override readonly name = 'Misuse';
  constructor(
    message: string,
    readonly remedy: string,
    readonly attribute?: string,
  ) {
    super(message);
  }
}

type Attributes = Readonly<Record<string, string>>;

class Inspection {
  private readonly problems: Problem[];
  private readonly replacements = new Map<number, Replacement>();
  /** Offset of a Finding or Param → its text, for the search documents. */
  private readonly texts = new Map<number, string>();
  private readonly figures: FigureUse[] = [];
  private readonly figureNames = new Map<string, Place>();
  private readonly links: LinkUse[] = [];
  private readonly simulationIds = new Set<string>();
  private readonly code: Code[] = [];
  private readonly headingIds: ReadonlySet<string>;

  constructor(
    private readonly guide: ParsedGuide,
    private readonly simulations: Simulations,
  ) {
    this.problems = [...guide.problems];
    this.headingIds = new Set(guide.headings.map(({ id }) => id));
  }

  async run(tree: Root): Promise<void> {
    const elements: JsxElement[] = [];
    walk(tree, (node) => {
      if (isJsxElement(node)) elements.push(node);
      else if (node.type === 'link' || node.type === 'definition') this.addLink(node);
      else if (node.type === 'code') this.code.push(node);
      else if (node.type === 'image') this.checkImage(node);
      else if (node.type === 'paragraph') this.checkStandsAlone(node);
      return undefined;
    });
    for (const element of elements) await this.inspectElement(element);
    this.checkNumerals(tree);
  }

  finish(): InspectedGuide {
    const { guide } = this;
    const sections = guide.tree === null ? [] : this.sectionsOf(guide.tree);
    return {
      guide,
      problems: this.problems,
      replacements: this.replacements,
      figures: this.figures,
      links: this.links,
      anchors: [
        ...this.headingIds,
        ...this.figureNames.keys(),
        ...PAGE_ANCHORS,
        ...(guide.frontMatter?.sources.map(({ key }) => sourceAnchor(key)) ?? []),
      ],
      simulations: [...this.simulationIds],
      code: this.code,
      sections,
      words: sections.reduce((sum, { title, text }) => sum + countWords(`${title} ${text}`), 0),
    };
  }

  private report(place: Place, message: string, remedy: string): void {
    const { line, column } = place;
    this.problems.push({ file: this.guide.file, line, column, message, remedy });
  }

  private async inspectElement(element: JsxElement): Promise<void> {
    const { name } = element;
    if (name === null) {
      this.report(placeOf(element), 'expected a named element, got <>', 'Remove the fragment');
      return;
    }
    if (!isElementName(name)) {
      this.checkHtml(element, name);
      return;
    }
    const attributes = this.readAttributes(element, name);
    this.checkChildren(element, name);
    if (attributes === null) return;
    try {
      await this.elements[name](element, attributes);
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      const { attribute } = error;
      const place = placeOf(
        element.attributes.find(
          (each) => each.type === 'mdxJsxAttribute' && each.name === attribute,
        ) ?? element,
      );
      this.report(place, `<${name}>: ${error.message}`, error.remedy);
    }
  }

  private checkHtml(element: JsxElement, name: string): void {
    const allowed = Object.hasOwn(HTML_ELEMENTS, name) ? HTML_ELEMENTS[name] : undefined;
    if (allowed === undefined) {
      this.report(
        placeOf(element),
        `expected an element of the vocabulary, got <${name}>`,
        suggest(name, [...ELEMENT_NAMES, ...Object.keys(HTML_ELEMENTS)], 'element'),
      );
      return;
    }
    for (const attribute of element.attributes) {
      if (attribute.type !== 'mdxJsxAttribute' || allowed.includes(attribute.name)) continue;
      this.report(
        placeOf(attribute),
        `expected ${allowed.length === 0 ? 'no attribute' : `only ${allowed.join(', ')}`} on <${name}>, got "${attribute.name}"`,
        'Remove the attribute: how things look is the site’s, not the guide’s',
      );
    }
  }

  /** The attributes as text; null if one is missing or is not text (which the parser reported). */
  private readAttributes(element: JsxElement, name: ElementName): Attributes | null {
    const rule: ElementRule = VOCABULARY[name];
    const known = Object.keys(rule.attributes);
    const attributes: Record<string, string> = {};
    let isComplete = true;
    for (const attribute of element.attributes) {
      if (attribute.type !== 'mdxJsxAttribute') {
        isComplete = false;
        continue;
      }
      if (!Object.hasOwn(rule.attributes, attribute.name)) {
        this.report(
          placeOf(attribute),
          `<${name}>: expected an attribute it has, got "${attribute.name}"`,
          suggest(attribute.name, known, 'attribute'),
        );
      } else if (Object.hasOwn(attributes, attribute.name)) {
        this.report(
          placeOf(attribute),
          `<${name}>: expected "${attribute.name}" once, got it twice`,
          'Remove one of them',
        );
      } else if (typeof attribute.value === 'string' && attribute.value.trim() !== '') {
        attributes[attribute.name] = attribute.value.trim();
      } else if (typeof attribute.value === 'object' && attribute.value !== null) {
        isComplete = false;
      } else {
        this.report(
          placeOf(attribute),
          `<${name}>: expected a text for "${attribute.name}", got nothing`,
          `Write ${attribute.name}="…": ${rule.attributes[attribute.name]?.describe}`,
        );
        isComplete = false;
      }
    }
    for (const [key, { required, describe }] of Object.entries(rule.attributes)) {
      const isWritten = element.attributes.some(
        (attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === key,
      );
      if (!required || isWritten) continue;
      this.report(
        placeOf(element),
        `<${name}>: expected the attribute "${key}", got none`,
        `Add ${key}="…": ${describe}`,
      );
      isComplete = false;
    }
    return isComplete ? attributes : null;
  }

  private checkChildren(element: JsxElement, name: ElementName): void {
    const rule: ElementRule = VOCABULARY[name];
    const hasChildren = element.children.some(
      (child) => child.type !== 'text' || child.value.trim() !== '',
    );
    if (rule.children === 'required' && !hasChildren) {
      this.report(
        placeOf(element),
        `<${name}>: expected ${rule.childrenAre} between its tags, got nothing`,
        `Write <${name} …>${rule.childrenAre}</${name}>`,
      );
    }
    if (rule.children === 'none' && hasChildren) {
      this.report(
        placeOf(element),
        `<${name}>: expected nothing between its tags, got text`,
        `Write <${name} … /> and put the text beside it`,
      );
    }
  }

  private checkStandsAlone(paragraph: Paragraph): void {
    const children = childrenOf(paragraph);
    const isProse = children.some(
      (child) => !isJsxElement(child) && !(child.type === 'text' && child.value.trim() === ''),
    );
    if (!isProse) return;
    for (const child of children as { readonly type: string }[]) {
      if (!isJsxElement(child) || child.name === null || !BLOCK_ELEMENTS.has(child.name)) continue;
      this.report(
        placeOf(child),
        `expected <${child.name}> to stand on lines of its own, got it within a sentence`,
        'Put an empty line before and after it',
      );
    }
  }

  private checkNumerals(tree: Root): void {
    for (const { text, line, column } of findNumerals(tree)) {
      this.report(
        { line, column },
        `expected a number about a run, a parameter or a fact not to be written by hand, got "${text}"`,
        'Use <Finding> for a result of a run, <Param> for a value of the definition, <Fact source="…"> for a cited number',
      );
    }
    const { frontMatter, fieldPlaces } = this.guide;
    if (frontMatter === null) return;
    const fields: [readonly (string | number)[], string][] = [
      [['title'], frontMatter.title],
      [['description'], frontMatter.description],
      ...frontMatter.summary.map((text, index): [readonly (string | number)[], string] => [
        ['summary', index],
        text,
      ]),
    ];
    for (const [path, text] of fields) {
      const numeral = findNumeralInText(text);
      if (numeral === undefined) continue;
      this.report(
        fieldPlaces(path),
        `front matter "${path.join('.')}": expected no number with a unit, got "${numeral}"`,
        'Say it without the number: front matter cannot hold a finding',
      );
    }
  }

  private addLink(node: Link | Definition): void {
    this.links.push({ url: node.url, ...placeOf(node) });
  }

  private checkImage(node: Image): void {
    if ((node.alt ?? '').trim() !== '') return;
    this.report(
      placeOf(node),
      `expected an image with a text that stands for it, got none for ${node.url}`,
      'Write ![what one sees](address)',
    );
  }

  // What each element of the vocabulary means, one function each.

  private readonly elements: Readonly<
    Record<ElementName, (element: JsxElement, attributes: Attributes) => void | Promise<void>>
  > = {
    Simulation: (element, attributes) => {
      const record = this.simulation(attributes);
      const { description } = record;
      const scenario = scenarioOf(record, attributes);
      this.addFigure(element, record, {
        kind: 'simulation',
        figure: attributes.figure ?? attributes.scenario ?? '',
        scenario: attributes.scenario ?? '',
        controls: listOf(attributes, 'controls', {
          names: Object.keys(description.parameters),
          what: 'parameter',
          otherwise: scenario.controls,
        }),
        views: listOf(attributes, 'views', {
          names: Object.keys(description.views),
          what: 'view',
          otherwise: scenario.views,
        }),
        variants: variantsOf(record, attributes, scenario.variants),
        measures: measuresOf(record, attributes, scenario.measures),
      });
    },

    Comparison: (element, attributes) => {
      const record = this.simulation(attributes);
      const scenario = scenarioOf(record, attributes);
      const variants = variantsOf(record, attributes, scenario.variants);
      if (variants.length < 2) {
        throw new Misuse(
          `expected at least two variants to compare, got ${variants.join(', ')}`,
          'Name them in variants="…", or choose a scenario that races several',
          'scenario',
        );
      }
      this.addFigure(element, record, {
        kind: 'comparison',
        figure: attributes.figure ?? `${attributes.scenario}-comparison`,
        scenario: attributes.scenario ?? '',
        variants,
        measures: measuresOf(record, attributes, scenario.measures),
      });
    },

    Tasks: (element, attributes) => {
      const record = this.simulation(attributes);
      const names = Object.keys(record.description.tasks);
      const tasks = listOf(attributes, 'tasks', { names, what: 'task', otherwise: names });
      if (tasks.length === 0) {
        throw new Misuse(
          `expected a simulation with tasks, got "${record.id}", which has none`,
          `Declare tasks in lib/simulations/${record.category}/${record.id}/simulation.ts`,
          'id',
        );
      }
      this.addFigure(element, record, { kind: 'tasks', figure: `${record.id}-tasks`, tasks });
    },

    Prediction: (element, attributes) => {
      const record = this.simulation(attributes);
      const prediction = attributes.prediction ?? '';
      known(prediction, Object.keys(record.description.predictions), 'prediction', record.id);
      this.addFigure(element, record, {
        kind: 'prediction',
        figure: `${prediction}-prediction`,
        prediction,
      });
    },

    Checks: (element, attributes) => {
      const record = this.simulation(attributes);
      this.addFigure(element, record, { kind: 'checks', figure: `${record.id}-checks` });
    },

    Omissions: (element, attributes) => {
      const record = this.simulation(attributes);
      this.addFigure(element, record, { kind: 'omissions', figure: `${record.id}-omissions` });
    },

    ModelSource: (element, attributes) => {
      const record = this.simulation(attributes);
      const variant = attributes.variant ?? '';
      known(variant, Object.keys(record.models), 'variant', record.id);
      const path = record.models[variant] ?? '';
      const text = this.simulations.readSource(path);
      const source = extractRegion(text, attributes.region);
      if (source === undefined) {
        throw new Misuse(
          `expected a region of ${path}, got "${attributes.region}"`,
          suggest(attributes.region ?? '', regionsOf(text), 'region'),
          'region',
        );
      }
      checkNotes(element, source, path);
      this.replace(element, { kind: 'model-source', source, path });
    },

    Finding: async (element, attributes) => {
      const record = this.simulation(attributes);
      const { text, describe } = await this.finding(record, attributes);
      this.texts.set(offsetOf(element), text);
      this.replace(element, { kind: 'attributes', attributes: { text, describe } });
    },

    Param: (element, attributes) => {
      const record = this.simulation(attributes);
      const { parameters } = record.description;
      const name = attributes.name ?? '';
      known(name, Object.keys(parameters), 'parameter', record.id, 'name');
      const parameter = parameters[name] as Parameter;
      const value =
        attributes.scenario === undefined
          ? parameter.default
          : (scenarioOf(record, attributes).parameters[name] ?? parameter.default);
      const text = formatParameter(parameter, value);
      this.texts.set(offsetOf(element), text);
      this.replace(element, {
        kind: 'attributes',
        attributes: { text, describe: `${parameter.label}: ${parameter.describe}` },
      });
    },

    Fact: (element, attributes) => {
      const sources = this.guide.frontMatter?.sources ?? [];
      const key = attributes.source ?? '';
      const index = sources.findIndex((source) => source.key === key);
      const source = sources[index];
      if (source === undefined) {
        // Front matter that does not fit its schema has no sources yet; that is reported already.
        if (this.guide.frontMatter === null) return;
        throw new Misuse(
          `expected the key of a source of the front matter, got "${key}"`,
          suggest(
            key,
            sources.map((each) => each.key),
            'source',
          ),
          'source',
        );
      }
      this.replace(element, {
        kind: 'attributes',
        attributes: {
          number: String(index + 1),
          anchor: sourceAnchor(key),
          title: `${source.by}, ${source.title}`,
        },
      });
    },

    Claim: async (element, attributes) => {
      const record = this.simulation(attributes);
      const id = attributes.claim ?? '';
      known(id, Object.keys(record.claims), 'claim', record.id);
      const { holds, reading } = await this.simulations.judgeClaim(record, id);
      if (!holds) {
        throw new Misuse(
          `expected the claim "${id}" of "${record.id}" to hold (${record.claims[id]?.statement}), got ${reading}`,
          'Correct the sentence, or the simulation if the sentence is right',
          'claim',
        );
      }
      this.replace(element, {
        kind: 'attributes',
        attributes: { statement: record.claims[id]?.statement ?? '' },
      });
    },

    Outcome: (element, attributes) => {
      const of = attributes.of ?? '';
      if (!(OUTCOME_IDS as readonly string[]).includes(of)) {
        throw new Misuse(
          `expected an outcome, got "${of}"`,
          suggest(of, OUTCOME_IDS, 'outcome'),
          'of',
        );
      }
      this.replace(element, { kind: 'attributes', attributes: { of } });
    },
  };

  private simulation(attributes: Attributes): SimulationRecord {
    const id = attributes.id ?? '';
    const record = this.simulations.find(id);
    if (record === undefined) {
      throw new Misuse(
        `expected the id of a simulation, got "${id}"`,
        suggest(id, this.simulations.ids(), 'simulation'),
        'id',
      );
    }
    this.simulationIds.add(id);
    return record;
  }

  private replace(element: JsxElement, replacement: Replacement): void {
    this.replacements.set(offsetOf(element), replacement);
  }

  private addFigure(element: JsxElement, simulation: SimulationRecord, spec: FigureSpec): void {
    const key = figureKey(simulation, spec);
    this.figures.push({ simulation, spec, key });
    const other = this.figureNames.get(spec.figure);
    if (other !== undefined) {
      throw new Misuse(
        `expected each figure of a page to have a name of its own, got "${spec.figure}" again (first in line ${other.line})`,
        spec.kind === 'simulation' || spec.kind === 'comparison'
          ? 'Name this one with figure="…"'
          : 'Show it once',
        'figure',
      );
    }
    if (this.headingIds.has(spec.figure)) {
      throw new Misuse(
        `expected a name that no heading of the page has, got "${spec.figure}"`,
        'Name the figure with figure="…", or change the heading',
        'figure',
      );
    }
    this.figureNames.set(spec.figure, placeOf(element));
    this.replace(element, {
      kind: 'attributes',
      attributes: {
        ...textAttributes(element),
        figure: spec.figure,
        still: key,
        bundle: simulation.bundle,
      },
    });
  }

  private async finding(
    record: SimulationRecord,
    attributes: Attributes,
  ): Promise<{ readonly text: string; readonly describe: string }> {
    const scenario = scenarioOf(record, attributes);
    const scenarioId = attributes.scenario ?? '';
    const variant = this.findingVariant(record, attributes, scenario.variants);
    const { over } = attributes;
    if (over !== undefined) {
      known(over, Object.keys(record.description.variants), 'variant', record.id, 'over');
    }
    const digits = digitsOf(attributes);
    const asNumber = attributes.format !== undefined;
    if (asNumber && attributes.format !== 'number') {
      throw new Misuse(
        `expected format="number" or no format, got "${attributes.format}"`,
        'Leave it off to show the unit',
        'format',
      );
    }

    const overrides = overridesOf(record, attributes);
    // One race serves all findings of a scenario; a variant that does not race in it runs alone.
    const needed = over === undefined ? [variant] : [variant, over];
    const variants = needed.every((each) => scenario.variants.includes(each))
      ? scenario.variants
      : needed;
    const request = requestOf(record.description, scenarioId, { variants, parameters: overrides });
    const results = await this.simulations.results(record, request);
    const result = resultOf(results[variant], { record, variant, attributes });

    const parts = [
      result.result.label,
      record.description.variants[variant]?.title ?? variant,
      `scenario “${scenario.title}”`,
      `seed ${request.seed}`,
      `n = ${formatNumber(result.result.n, 12)}`,
    ];
    if (over === undefined) {
      const { value } = result;
      const unit = asNumber ? '' : result.result.unit;
      return { text: formatValue(value, unit, digits), describe: parts.join(', ') };
    }
    const other = resultOf(results[over], { record, variant: over, attributes });
    if (other.value === 0) {
      throw new Misuse(
        `expected a result of "${over}" other than 0 to divide by, got 0`,
        'State the two results one by one',
        'over',
      );
    }
    const quotient = result.value / other.value;
    return {
      text: formatValue(quotient, asNumber ? '' : '×', digits),
      describe: `${parts.join(', ')}, over ${record.description.variants[over]?.title ?? over}`,
    };
  }

  private findingVariant(
    record: SimulationRecord,
    attributes: Attributes,
    raced: readonly string[],
  ): string {
    const { variant } = attributes;
    if (variant !== undefined) {
      known(variant, Object.keys(record.description.variants), 'variant', record.id);
      return variant;
    }
    const [only, ...others] = raced;
    if (only === undefined || others.length > 0) {
      throw new Misuse(
        `expected a variant, since "${attributes.scenario}" races ${raced.length}, got none`,
        `Add variant="…", one of ${raced.join(', ')}`,
      );
    }
    return only;
  }

  /** Prose by section, numbers filled in, for the search documents. */
  private sectionsOf(tree: Root): Section[] {
    const sections: { id: string; title: string; text: string[] }[] = [
      { id: '', title: '', text: [] },
    ];
    const visit = (node: { readonly type: string }): void => {
      if (node.type === 'heading') {
        const id = this.guide.headingIds.get(
          node as Parameters<typeof this.guide.headingIds.get>[0],
        );
        sections.push({ id: id ?? '', title: textOf(node), text: [] });
        return;
      }
      if (node.type === 'paragraph' || node.type === 'tableCell') {
        sections.at(-1)?.text.push(this.plainText(node));
        return;
      }
      for (const child of childrenOf(node)) visit(child);
    };
    visit(tree);
    return sections
      .map(({ id, title, text }) => ({ id, title, text: text.filter(Boolean).join(' ') }))
      .filter(({ title, text }) => title !== '' || text !== '');
  }

  private plainText(node: { readonly type: string }): string {
    const parts: string[] = [];
    const visit = (each: { readonly type: string; readonly value?: string }): void => {
      if (isJsxElement(each)) {
        const text = this.texts.get(offsetOf(each));
        if (text !== undefined) parts.push(text);
      } else if (each.type === 'text' || each.type === 'inlineCode') {
        parts.push(each.value ?? '');
      } else if (each.type === 'break') {
        parts.push(' ');
      }
      for (const child of childrenOf(each)) visit(child);
    };
    visit(node);
    return parts.join('').replace(/\s+/g, ' ').trim();
  }
}

/** Id of a source in the list at the end of the page. */
export function sourceAnchor(key: string): string {
  return `source-${key}`;
}

/** Key of a replacement: where the element begins in the source. */
export function offsetOf(element: JsxElement): number {
  return element.position?.start.offset ?? -1;
}

/** @throws Misuse if `name` is not one of `names`. */
function known(
  name: string,
  names: readonly string[],
  what: string,
  simulation: string,
  attribute = what,
): void {
  if (names.includes(name)) return;
  throw new Misuse(
    `expected a ${what} of "${simulation}", got "${name}"`,
    suggest(name, names, what),
    attribute,
  );
}

function scenarioOf(record: SimulationRecord, attributes: Attributes) {
  const id = attributes.scenario ?? '';
  const { scenarios } = record.description;
  known(id, Object.keys(scenarios), 'scenario', record.id);
  return scenarios[id] as NonNullable<(typeof scenarios)[string]>;
}

function listOf(
  attributes: Attributes,
  attribute: string,
  options: {
    readonly names: readonly string[];
    readonly what: string;
    readonly otherwise: readonly string[];
  },
): readonly string[] {
  const text = attributes[attribute];
  if (text === undefined) return options.otherwise;
  const list = text.split(/[\s,]+/).filter(Boolean);
  for (const [index, name] of list.entries()) {
    known(name, options.names, options.what, attributes.id ?? '', attribute);
    if (list.indexOf(name) === index) continue;
    throw new Misuse(
      `expected each ${options.what} once in ${attribute}="…", got "${name}" twice`,
      'Remove one of them',
      attribute,
    );
  }
  return list;
}

function variantsOf(
  record: SimulationRecord,
  attributes: Attributes,
  otherwise: readonly string[],
): readonly string[] {
  const names = Object.keys(record.description.variants);
  return listOf(attributes, 'variants', { names, what: 'variant', otherwise });
}

function measuresOf(
  record: SimulationRecord,
  attributes: Attributes,
  otherwise: readonly string[],
): readonly string[] {
  const names = resultIdsOf(record);
  return listOf(attributes, 'measures', { names, what: 'result', otherwise });
}

/** Ids of the results that the declared measures give (see `Result.id`). */
export function resultIdsOf({ description }: SimulationRecord): string[] {
  return Object.entries(description.measures).flatMap(([id, measure]) =>
    measure.kind === 'distribution'
      ? [
          `${id}.mean`,
          // 0.999 * 100 is 99.9 with a tail of noise; ten digits take it off.
          ...measure.quantiles.map((q) => `${id}.p${Number((q * 100).toPrecision(10))}`),
        ]
      : [id],
  );
}

function resultOf(
  results: readonly Result[] | undefined,
  context: {
    readonly record: SimulationRecord;
    readonly variant: string;
    readonly attributes: Attributes;
  },
): { readonly result: Result; readonly value: number } {
  const { record, variant, attributes } = context;
  const id = attributes.result ?? '';
  known(
    id,
    (results ?? []).map((each) => each.id),
    'result',
    record.id,
  );
  const result = results?.find((each) => each.id === id) as Result;
  if (result.value === null) {
    throw new Misuse(
      `expected a result that the run can support, got "${id}" of "${variant}" refused: ${result.refused ?? 'nothing was observed'}`,
      'Choose a result that needs fewer observations, or make the measured time of the scenario longer',
      'result',
    );
  }
  return { result, value: result.value };
}

function digitsOf(attributes: Attributes): number {
  const { digits } = attributes;
  if (digits === undefined) return 3;
  if (!/^[1-6]$/.test(digits)) {
    throw new Misuse(
      `expected a number of significant digits from 1 to 6, got "${digits}"`,
      'Three are enough for most sentences',
      'digits',
    );
  }
  return Number(digits);
}

/** `set="limit=20 pattern=bursty"` as values of parameters. */
function overridesOf(
  record: SimulationRecord,
  attributes: Attributes,
): Record<string, ParameterValue> {
  const { parameters } = record.description;
  const overrides: Record<string, ParameterValue> = {};
  for (const part of (attributes.set ?? '').split(/\s+/).filter(Boolean)) {
    const [name = '', ...rest] = part.split('=');
    if (rest.length === 0) {
      throw new Misuse(
        `expected set="parameter=value …", got "${part}"`,
        `Write "${part}=" and a value`,
        'set',
      );
    }
    known(name, Object.keys(parameters), 'parameter', record.id, 'set');
    const parameter = parameters[name] as Parameter;
    const value = readValue(parameter, rest.join('='));
    const why = misfit(parameter, value);
    if (why !== null) throw new Misuse(`${name}: ${why}`, 'Correct the value', 'set');
    overrides[name] = value;
  }
  return overrides;
}

/** A value as it is written in an attribute; a schedule as "0:10,5000:40" (ms:value). Held to the parameter by `misfit`. */
function readValue(parameter: Parameter, text: string): ParameterValue {
  switch (parameter.kind) {
    case 'quantity':
    case 'duration':
    case 'count':
      return text === '' ? Number.NaN : Number(text);
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'choice':
      return text;
    case 'schedule':
      return text.split(',').map((step) => {
        const [atMs, value] = step.split(':');
        return { atMs: Number(atMs), value: Number(value) };
      });
    default:
      return parameter satisfies never;
  }
}

/** The numbered comments of the code and the numbered list below it must be the same numbers. */
function checkNotes(element: JsxElement, source: SourceRegion, path: string): void {
  const list = element.children.find((child): child is List => child.type === 'list');
  const first = list?.start ?? 1;
  const explained = (list?.children ?? []).map((_, index) => first + index);
  if (list !== undefined && list.ordered !== true) {
    throw new Misuse(
      'expected the notes as a numbered list, got bullets',
      'Begin each with its number: "1. …"',
    );
  }
  const missing = source.notes.filter((note) => !explained.includes(note));
  const surplus = explained.filter((note) => !source.notes.includes(note));
  if (missing.length > 0) {
    throw new Misuse(
      `expected an explanation for each numbered comment of ${path}, got none for ${missing.join(', ')}`,
      'Explain them in a numbered list between the tags',
    );
  }
  if (surplus.length > 0) {
    throw new Misuse(
      `expected a comment "// (n)" in ${path} for each item of the list, got none for ${surplus.join(', ')}`,
      'Remove the items, or number the lines that they explain',
    );
  }
}

function textAttributes(element: JsxElement): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const attribute of element.attributes) {
    if (attribute.type === 'mdxJsxAttribute' && typeof attribute.value === 'string') {
      attributes[attribute.name] = attribute.value.trim();
    }
  }
  return attributes;
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;
}
