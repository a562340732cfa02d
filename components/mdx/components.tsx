/** Everything that a guide may use, in one map: the vocabulary, and Markdown's own elements. */
import type { MDXComponents } from 'mdx/types';
import { FigurePlace } from '@/components/figure/figure-place';
import { Link } from '@/components/site/link';
import type { FigureKind } from '@/lib/content/figures';
import type { ElementName } from '@/lib/content/vocabulary';
import { CodeBlock } from './code-block';
import { H2, H3, H4 } from './heading';
import { ModelSource } from './model-source';
import { Table } from './table';
import { Claim, Fact, Finding, Outcome, Param } from './words';

/** One component for each element that is no figure: a missing one is a type error. */
const words = {
  Claim,
  Fact,
  Finding,
  ModelSource,
  Outcome,
  Param,
} satisfies Record<Exclude<ElementName, Capitalize<FigureKind> | 'Lab'>, unknown>;

export const mdxComponents: MDXComponents = {
  ...words,
  Figure: FigurePlace,
  CodeBlock,
  a: Link,
  h2: H2,
  h3: H3,
  h4: H4,
  table: Table,
};
