/** Everything that a guide may use, in one map: the vocabulary, and Markdown's own elements. */
import type { MDXComponents } from 'mdx/types';
import './code.css';
import { Comparison } from '@/components/charts/comparison';
import { Checks, Omissions, Prediction, Simulation, Tasks } from '@/components/figure/simulation';
import { Link } from '@/components/site/link';
import type { ElementName } from '@/lib/content/vocabulary';
import { CodeBlock } from './code-block';
import { H2, H3, H4 } from './heading';
import { ModelSource } from './model-source';
import { Table } from './table';
import { Claim, Fact, Finding, Outcome, Param } from './words';

/** One component for each element of the vocabulary: a missing one is a type error. */
const vocabulary = {
  Checks,
  Claim,
  Comparison,
  Fact,
  Finding,
  ModelSource,
  Omissions,
  Outcome,
  Param,
  Prediction,
  Simulation,
  Tasks,
} satisfies Record<ElementName, unknown>;

export const mdxComponents: MDXComponents = {
  ...vocabulary,
  CodeBlock,
  a: Link,
  h2: H2,
  h3: H3,
  h4: H4,
  table: Table,
};
