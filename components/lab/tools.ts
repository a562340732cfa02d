/** The tools of the lab, in the order of their buttons. Adding one is a folder and an entry here. */
import type { Description } from '@/lib/simulation/definition';
import type { Tool } from './tool';

const TOOLS: readonly Tool[] = [];

export function toolsOf(description: Description): readonly Tool[] {
  return TOOLS.filter((tool) => tool.applies(description));
}
