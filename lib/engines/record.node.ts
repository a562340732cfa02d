/** Makes the transcript of a lab in Node, with the engine that readers run. */
import type { Lab, OpenEngine, Transcript } from './lab';

export interface Recorded<Output, About> {
  readonly transcript: Transcript<Output, About>;
  /** What a step says that its answer does not bear out. */
  readonly broken: readonly { readonly step: string; readonly what: string }[];
}

/**
 * Takes the steps in order on one engine.
 *
 * @throws Error what the engine throws
 */
export async function record<Kind extends string, Setup, Input, Output, About>(
  lab: Lab<Kind, Setup, Input, Output>,
  open: OpenEngine<Setup, Input, Output, About>,
): Promise<Recorded<Output, About>> {
  const engine = await open(lab.setup, {
    addressOf: (asset) => {
      throw new Error(
        `In Node an engine reads its files from its package; it asked for the address of “${asset}”.`,
      );
    },
    progress: () => undefined,
  });
  const outputs: Output[] = [];
  const broken: { step: string; what: string }[] = [];
  for (const { id, input, expects } of lab.steps) {
    // As it reaches a page: what JSON cannot say is lost here too, and noticed by what is expected.
    const output = JSON.parse(JSON.stringify(await engine.run(input))) as Output;
    outputs.push(output);
    for (const { what, holds } of expects) if (!holds(output)) broken.push({ step: id, what });
  }
  return { transcript: { version: engine.version, about: engine.about, outputs }, broken };
}
