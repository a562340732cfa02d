/**
 * A part of a view that can be drawn apart from the others, such as a panel of a chart or what one run
 * of a race shows. By itself it is drawn with them; a figure that runs gives each part a turn of its own.
 */
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';

export interface PartProps {
  /** Draws the part as it should stand now. */
  readonly draw: () => ReactNode;
  /** All that the drawing depends on but the moment; as many at every call. */
  readonly of: readonly unknown[];
  /** The moment that is drawn, simulated ms. */
  readonly t: number;
  /**
   * What is drawn without waiting for a turn when it changes: what the reader has chosen in it, and what it must
   * agree with that stands around it; as many at every call.
   */
  readonly atOnce?: readonly unknown[];
}

/** For what does not run: a still, a test. */
export const AtOnce = ({ draw }: PartProps): ReactNode => draw();

/** How parts are drawn below; at once by default. */
export const Parts = createContext<ComponentType<PartProps>>(AtOnce);

export function Part(props: PartProps): ReactNode {
  const Drawn = useContext(Parts);
  return <Drawn {...props} />;
}
