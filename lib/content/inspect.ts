/**
 * Reads a parsed guide against the simulations: checks everything that its elements name, computes
 * the numbers of its prose, and lists what it uses (figures, links, anchors, code). The tree is not
 * changed; what an element becomes is noted by its offset, for the compiler to put in its place.
 */
import type { Code, Definition, Image, Link, Paragraph, Root, Table } from 'mdast';
import {
  type Attributes,
  ELEMENTS,
  type ElementContext,
  Misuse,
  type Replacement,
  sourceAnchor,
} from './elements';
import { type FigureSpec, figureKey } from './figures';
import { type LabRecord, type Labs, labKey, labsOf } from './labs';
import { suggest } from './nearest';
import { childrenOf, isJsxElement, type JsxElement, offsetOf, textOf, walk } from './nodes';
import { findNumeralInText, findNumerals } from './numerals';
import type { ParsedGuide } from './parse';
import { type Place, type Problem, placeOf } from './problem';
import type { SimulationRecord, Simulations } from './simulations';
import {
  ELEMENT_NAMES,
  type ElementName,
  type ElementRule,
  HTML_ELEMENTS,
  isElementName,
  VOCABULARY,
} from './vocabulary';

export interface FigureUse {
  readonly simulation: SimulationRecord;
  readonly spec: FigureSpec;
  readonly key: string;
}

export interface LabUse {
  readonly lab: LabRecord;
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
  /** By offset of the element: what a Finding or a Param says, as plain text. */
  readonly texts: ReadonlyMap<number, string>;
  readonly figures: readonly FigureUse[];
  readonly labs: readonly LabUse[];
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
  'Sweep',
  'Tasks',
  'Prediction',
  'Checks',
  'Omissions',
  'Lab',
  'ModelSource',
]);

/** Anchors of the page around the prose. */
const PAGE_ANCHORS = ['sources'];

export async function inspectGuide(
  guide: ParsedGuide,
  simulations: Simulations,
  labs: Labs = labsOf([]),
): Promise<InspectedGuide> {
  const inspection = new Inspection(guide, simulations, labs);
  if (guide.tree !== null) await inspection.run(guide.tree);
  return inspection.finish();
}

class Inspection {
  private readonly problems: Problem[];
  private readonly replacements = new Map<number, Replacement>();
  private readonly texts = new Map<number, string>();
  private readonly figures: FigureUse[] = [];
  private readonly labs: LabUse[] = [];
  private readonly figureNames = new Map<string, Place>();
  private readonly links: LinkUse[] = [];
  private readonly simulationIds = new Set<string>();
  private readonly code: Code[] = [];
  private readonly headingIds: ReadonlySet<string>;

  private readonly context: ElementContext;

  constructor(
    private readonly guide: ParsedGuide,
    simulations: Simulations,
    labs: Labs,
  ) {
    this.problems = [...guide.problems];
    this.headingIds = new Set(guide.headings.map(({ id }) => id));
    this.context = {
      frontMatter: guide.frontMatter,
      simulations,
      labs,
      use: ({ id }) => this.simulationIds.add(id),
      replace: (element, replacement) => this.replace(element, replacement),
      setText: (element, text) => this.texts.set(offsetOf(element), text),
      addFigure: (element, record, spec) => this.addFigure(element, record, spec),
      addLab: (element, record) => this.addLab(element, record),
    };
  }

  async run(tree: Root): Promise<void> {
    const elements: JsxElement[] = [];
    walk(tree, (node) => {
      if (isJsxElement(node)) elements.push(node);
      else if (node.type === 'link' || node.type === 'definition') this.addLink(node);
      else if (node.type === 'code') this.code.push(node);
      else if (node.type === 'image') this.checkImage(node);
      else if (node.type === 'table') this.checkColumns(node);
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
      texts: this.texts,
      figures: this.figures,
      labs: this.labs,
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
      await ELEMENTS[name](element, attributes, this.context);
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

  /** A cell is read out with the name of its column. */
  private checkColumns(table: Table): void {
    for (const cell of table.children[0]?.children ?? []) {
      if (textOf(cell).trim() !== '') continue;
      this.report(
        placeOf(cell),
        'expected a name for each column of a table, got none',
        'Write in its first row what stands below',
      );
    }
  }

  private replace(element: JsxElement, replacement: Replacement): void {
    this.replacements.set(offsetOf(element), replacement);
  }

  private addFigure(element: JsxElement, simulation: SimulationRecord, spec: FigureSpec): void {
    const key = figureKey(simulation, spec);
    this.figures.push({ simulation, spec, key });
    this.take(
      element,
      spec.figure,
      spec.kind === 'simulation' || spec.kind === 'comparison' || spec.kind === 'sweep'
        ? 'Name this one with figure="…"'
        : 'Show it once',
    );
    this.replace(element, { kind: 'figure', still: key });
  }

  private addLab(element: JsxElement, lab: LabRecord): void {
    const key = labKey(lab);
    this.labs.push({ lab, key });
    this.take(element, lab.id, 'Show it once');
    this.replace(element, { kind: 'figure', still: key });
  }

  /** Gives a figure its name, by which links find it. */
  private take(element: JsxElement, figure: string, remedyIfTaken: string): void {
    const other = this.figureNames.get(figure);
    if (other !== undefined) {
      throw new Misuse(
        `expected each figure of a page to have a name of its own, got "${figure}" again (first in line ${other.line})`,
        remedyIfTaken,
        'figure',
      );
    }
    if (this.headingIds.has(figure)) {
      throw new Misuse(
        `expected a name that no heading of the page has, got "${figure}"`,
        'Name the figure with figure="…", or change the heading',
        'figure',
      );
    }
    this.figureNames.set(figure, placeOf(element));
  }

  /** Prose by section, numbers filled in, for the search documents. */
  private sectionsOf(tree: Root): Section[] {
    const sections: { id: string; title: string; text: string[] }[] = [
      { id: '', title: '', text: [] },
    ];
    const visit = (node: { readonly type: string }): void => {
      if (node.type === 'heading') {
        const id = this.guide.headingIds.get(offsetOf(node));
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

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;
}
