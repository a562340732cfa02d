/** A figure of a guide: its place in the page, which the build fills with the still. */
import { createElement, type ReactNode } from 'react';
import { FIGURE_PLACE } from './still-text';

export function FigurePlace({
  still,
  children,
}: {
  /** Key of the still, put in by the compiler of guides. */
  readonly still: string;
  /** The caption, which states the conclusion. */
  readonly children?: ReactNode;
}): ReactNode {
  return createElement(FIGURE_PLACE, { id: still }, children);
}
