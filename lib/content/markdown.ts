/**
 * A guide as plain Markdown, for readers that are programs: numbers filled in, each figure as its
 * question, its caption, its measures and a link that runs it, models as code, sources as a list.
 */
import type {
  BlockContent,
  List,
  ListItem,
  Paragraph,
  Parents,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { formatResult } from '../simulation/format';
import { encodeLink, withFigure } from '../simulation/link';
import { canonical } from '../site';
import type { SweepCurves } from '../tools/sweep/curves';
import type { ReadySweep } from '../tools/sweep/ready';
import { curvesTable, sweepTitle, sweepWords } from '../tools/sweep/words';
import { type FigureSpec, figureRequest } from './figures';
import type { FrontMatter } from './front-matter';
import type { FigureUse, InspectedGuide, LabUse } from './inspect';
import { shownPart } from './languages';
import { childrenOf, isComment, isJsxElement, isMdxCode, type JsxElement, offsetOf } from './nodes';
import { mendParagraphs } from './paragraphs';
import type { SimulationRecord, Simulations } from './simulations';
import { type ElementName, isElementName } from './vocabulary';

/**
 * The Markdown of a guide without problems.
 *
 * @throws Error if the guide could not be read; such a guide has problems, and is not written
 */
export async function guideMarkdown(
  inspected: InspectedGuide,
  simulations: Simulations,
): Promise<string> {
  const { tree, frontMatter, slug } = inspected.guide;
  if (tree === null || frontMatter === null) {
    throw new Error(`Expected ${inspected.guide.file} to be read without problems before this.`);
  }
  const body = structuredClone(tree);
  mendParagraphs(body);
  const writer = new Writer(inspected, frontMatter, simulations);
  const document: Root = {
    type: 'root',
    children: [
      ...opening(slug, frontMatter),
      ...(await writer.blocks(body)),
      ...sources(frontMatter),
    ],
  };
  const written = toMarkdown(document, { bullet: '-', extensions: [gfmToMarkdown()] });
  // Narrow spaces are for the eye; a program reads "340 ms" more easily with a common one.
  return written.replace(/[\u00a0\u202f]/g, ' ');
}

function opening(slug: string, frontMatter: FrontMatter): RootContent[] {
  const { title, description, summary, published, updated } = frontMatter;
  const url = canonical(`/${slug}/`);
  return [
    { type: 'heading', depth: 1, children: [text(title)] },
    { type: 'blockquote', children: [paragraph(text(description))] },
    paragraph(
      link(url, text(url)),
      text(`, published ${published}, updated ${updated}. The figures run on that page.`),
    ),
    paragraph(text('After this guide you can:')),
    list(summary.map((point) => item(paragraph(text(point))))),
  ];
}

function sources({ sources: all }: FrontMatter): RootContent[] {
  if (all.length === 0) return [];
  return [
    heading('Sources'),
    list(
      all.map(({ title, by, edition, url, supports }) =>
        item(
          paragraph(text(`${by}, `), link(url, text(title)), text(` (${edition}). ${supports}`)),
        ),
      ),
      { start: 1 },
    ),
  ];
}

/** Elements of a line of text, and what they become; all others are blocks. */
type BlockName = Exclude<ElementName, 'Finding' | 'Param' | 'Fact' | 'Claim' | 'Outcome'>;

class Writer {
  constructor(
    private readonly inspected: InspectedGuide,
    private readonly frontMatter: FrontMatter,
    private readonly simulations: Simulations,
  ) {}

  async blocks(parent: { readonly type: string }): Promise<RootContent[]> {
    const made: RootContent[] = [];
    for (const child of childrenOf(parent) as (RootContent | JsxElement)[])
      made.push(...(await this.block(child)));
    return made;
  }

  private async block(node: RootContent | JsxElement): Promise<RootContent[]> {
    if (node.type === 'yaml' || (isMdxCode(node) && isComment(node))) return [];
    if (isJsxElement(node)) {
      const { name } = node;
      if (name !== null && isElementName(name) && name in BLOCKS)
        return BLOCKS[name as BlockName](node, this);
      return this.inlines(node);
    }
    if (node.type === 'code') {
      // What stands after the language is for our own checks.
      return [{ type: 'code', lang: node.lang ?? null, value: shownPart(node.value) }];
    }
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell')
      return [{ ...node, children: this.inlines(node) } as RootContent];
    if (!('children' in node)) return [node];
    return [{ ...node, children: await this.blocks(node) } as RootContent];
  }

  inlines(parent: { readonly type: string }): PhrasingContent[] {
    return (childrenOf(parent) as (PhrasingContent | JsxElement)[]).flatMap((child) =>
      this.inline(child),
    );
  }

  private inline(node: PhrasingContent | JsxElement): PhrasingContent[] {
    if (isMdxCode(node)) return [];
    if (isJsxElement(node)) {
      const offset = offsetOf(node);
      const filled = this.inspected.texts.get(offset);
      if (filled !== undefined) return [text(filled)];
      const children = this.inlines(node);
      const replacement = this.inspected.replacements.get(offset);
      if (node.name !== 'Fact' || replacement?.kind !== 'attributes') return children;
      const number = Number(replacement.attributes.number);
      const source = this.frontMatter.sources[number - 1];
      if (source === undefined) return children;
      return [...children, text(' '), link(source.url, text(`[${number}]`))];
    }
    if (node.type === 'link') {
      const url = /^[/#]/.test(node.url) ? this.absolute(node.url) : node.url;
      return [{ ...node, url, children: this.inlines(node) as typeof node.children }];
    }
    if (!('children' in node)) return [node];
    return [{ ...(node as Parents), children: this.inlines(node) } as PhrasingContent];
  }

  private absolute(url: string): string {
    const page = url.startsWith('#') ? `/${this.inspected.guide.slug}/` : '';
    return canonical(`${page}${url}`);
  }

  /** The figure that an element became. */
  useOf(element: JsxElement): FigureUse {
    const replacement = this.inspected.replacements.get(offsetOf(element));
    const still = replacement?.kind === 'figure' ? replacement.still : undefined;
    const use = this.inspected.figures.find(({ key }) => key === still);
    if (use === undefined) {
      throw new Error(`Expected <${element.name}> to be a figure of its guide, found none.`);
    }
    return use;
  }

  /** The lab that an element became. */
  labOf(element: JsxElement): LabUse {
    const replacement = this.inspected.replacements.get(offsetOf(element));
    const still = replacement?.kind === 'figure' ? replacement.still : undefined;
    const use = this.inspected.labs.find(({ key }) => key === still);
    if (use === undefined) {
      throw new Error(`Expected <${element.name}> to be a lab of its guide, found none.`);
    }
    return use;
  }

  codeOf(element: JsxElement): RootContent[] {
    const replacement = this.inspected.replacements.get(offsetOf(element));
    if (replacement?.kind !== 'model-source') return [];
    const { source, path } = replacement;
    return [
      paragraph({ type: 'inlineCode', value: path }, text(`, from line ${source.firstLine}:`)),
      { type: 'code', lang: 'ts', value: source.code },
    ];
  }

  /** The results that a figure shows, variants as rows. */
  async measures(use: FigureUse, shown: readonly string[]): Promise<Table[]> {
    const { simulation, spec } = use;
    const request = figureRequest(simulation, spec);
    if (request === null || shown.length === 0) return [];
    const results = await this.simulations.results(simulation, request);
    const columns = shown.flatMap((id) => {
      const found = Object.values(results)[0]?.find((result) => result.id === id);
      return found === undefined ? [] : [found];
    });
    return [
      table(
        ['', ...columns.map(({ label }) => label)],
        request.variants.map((variant) => [
          simulation.description.variants[variant]?.title ?? variant,
          ...columns.map(({ id }) => {
            const result = results[variant]?.find((each) => each.id === id);
            return result === undefined ? '–' : formatResult(result);
          }),
        ]),
      ),
    ];
  }

  sweep(simulation: SimulationRecord, spec: ReadySweep): Promise<SweepCurves> {
    return this.simulations.sweep(simulation, spec);
  }

  /** A link that opens the figure with the seed behind these numbers, whatever its scenario has later. */
  run({ simulation, spec }: FigureUse, seed: number, scenario: string): Paragraph {
    const { description } = simulation;
    const { parameters } = description.scenarios[scenario] ?? { parameters: {} };
    const state = encodeLink(description, { parameters, seed: Number.NaN }, { parameters, seed });
    const query = withFigure('', spec.figure, state);
    const url = canonical(`/${this.inspected.guide.slug}/${query}#${spec.figure}`);
    return paragraph(link(url, text(`Run this figure with seed ${seed}`)));
  }

  place({ spec }: FigureUse, words: string): Paragraph {
    return this.anchor(spec.figure, words);
  }

  anchor(figure: string, words: string): Paragraph {
    return paragraph(link(canonical(`/${this.inspected.guide.slug}/#${figure}`), text(words)));
  }
}

type Block = (element: JsxElement, writer: Writer) => Promise<RootContent[]>;

const BLOCKS: Readonly<Record<BlockName, Block>> = {
  Simulation: async (element, writer) => {
    const use = writer.useOf(element);
    const spec = use.spec as Extract<FigureSpec, { kind: 'simulation' }>;
    const scenario = use.simulation.description.scenarios[spec.scenario];
    return figure([
      paragraph(strong(`Figure: ${scenario?.question ?? spec.scenario}`)),
      paragraph(text(`${scenario?.story ?? ''} ${scenario?.watch ?? ''}`.trim())),
      ...(await writer.blocks(element)),
      ...(await writer.measures(use, spec.measures)),
      writer.run(use, scenario?.seed ?? 1, spec.scenario),
    ]);
  },
  Comparison: async (element, writer) => {
    const use = writer.useOf(element);
    const spec = use.spec as Extract<FigureSpec, { kind: 'comparison' }>;
    const scenario = use.simulation.description.scenarios[spec.scenario];
    return figure([
      paragraph(strong(`Comparison: ${scenario?.title ?? spec.scenario}`)),
      ...(await writer.blocks(element)),
      ...(await writer.measures(use, spec.measures)),
      writer.place(use, `See this comparison, seed ${scenario?.seed ?? 1}`),
    ]);
  },
  Sweep: async (element, writer) => {
    const use = writer.useOf(element);
    const spec = use.spec as Extract<FigureSpec, { kind: 'sweep' }>;
    const curves = await writer.sweep(use.simulation, spec);
    const { columns, rows } = curvesTable(curves);
    return figure([
      paragraph(strong(`Sweep: ${sweepTitle(curves)}`)),
      ...(await writer.blocks(element)),
      ...sweepWords(curves).map((sentence) => paragraph(text(sentence))),
      table(columns, rows),
      writer.place(use, 'See this sweep'),
    ]);
  },
  Tasks: async (element, writer) => {
    const use = writer.useOf(element);
    const spec = use.spec as Extract<FigureSpec, { kind: 'tasks' }>;
    const { tasks } = use.simulation.description;
    return figure([
      paragraph(strong('Tasks')),
      list(
        spec.tasks.flatMap((id) => {
          const task = tasks[id];
          return task === undefined
            ? []
            : [item(paragraph(strong(task.title), text(`: ${task.goal} Hint: ${task.hint}`)))];
        }),
      ),
      writer.place(use, 'Solve them in the figure'),
    ]);
  },
  Prediction: async (element, writer) => {
    const use = writer.useOf(element);
    const spec = use.spec as Extract<FigureSpec, { kind: 'prediction' }>;
    const prediction = use.simulation.description.predictions[spec.prediction];
    if (prediction === undefined) return [];
    return figure([
      paragraph(strong(`Predict: ${prediction.question}`)),
      list(Object.values(prediction.options).map((option) => item(paragraph(text(option))))),
      paragraph(text(`What happens: ${prediction.explain}`)),
      writer.place(use, 'Answer, then see the run'),
    ]);
  },
  Checks: async (element, writer) => {
    const use = writer.useOf(element);
    return [
      list(
        Object.values(use.simulation.checks).map(({ statement, against, seeds }) =>
          item(
            paragraph(
              text(`${statement} Held to: ${against} (${seeds} ${seeds === 1 ? 'seed' : 'seeds'})`),
            ),
          ),
        ),
      ),
      writer.place(use, 'Run the checks'),
    ];
  },
  Omissions: async (element, writer) => [
    list(
      omissionsOf(writer.useOf(element).simulation).map(({ what, effect }) =>
        item(paragraph(strong(what), text(` ${effect}`))),
      ),
    ),
  ],
  Lab: async (element, writer) => {
    const { lab } = writer.labOf(element);
    const { id, question, steps, transcript } = lab.description;
    return figure([
      paragraph(strong(`Lab: ${question}`)),
      ...(await writer.blocks(element)),
      list(
        steps.map(({ title, says }) => item(paragraph(strong(title), text(`: ${says}`)))),
        { start: 1 },
      ),
      writer.anchor(id, `Run these steps on ${transcript.version}`),
    ]);
  },
  ModelSource: async (element, writer) => [
    ...writer.codeOf(element),
    ...(await writer.blocks(element)),
  ],
};

function omissionsOf({ description }: SimulationRecord) {
  return description.omissions;
}

/** What belongs to a figure stands in a quotation of its own, apart from the prose. */
function figure(children: RootContent[]): RootContent[] {
  return [{ type: 'blockquote', children: children as BlockContent[] }];
}

const text = (value: string): PhrasingContent => ({ type: 'text', value });
const strong = (value: string): PhrasingContent => ({ type: 'strong', children: [text(value)] });
const link = (url: string, ...children: PhrasingContent[]): PhrasingContent => ({
  type: 'link',
  url,
  children: children as never,
});
const paragraph = (...children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });
const heading = (value: string): RootContent => ({
  type: 'heading',
  depth: 2,
  children: [text(value)],
});
const item = (...children: BlockContent[]): ListItem => ({
  type: 'listItem',
  spread: false,
  children,
});
const list = (children: ListItem[], { start }: { readonly start?: number } = {}): List => ({
  type: 'list',
  spread: false,
  ordered: start !== undefined,
  ...(start === undefined ? {} : { start }),
  children,
});
const table = (head: readonly string[], rows: readonly (readonly string[])[]): Table => ({
  type: 'table',
  align: head.map((_, column) => (column === 0 ? 'left' : 'right')),
  children: [head, ...rows].map((row) => ({
    type: 'tableRow',
    children: row.map((cell) => ({ type: 'tableCell', children: [text(cell)] })),
  })),
});
