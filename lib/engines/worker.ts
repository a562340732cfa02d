/** The side of a worker that runs the engine of a lab. One script per lab is built around `serve`. */
import type { Engine, Lab, OpenEngine } from './lab';
import type { FromLab, ToLab } from './protocol';

/** What a worker needs of the global scope it runs in. */
interface LabScope<Input, Output> {
  onmessage: ((event: { readonly data: ToLab<Input> }) => void) | null;
  readonly postMessage: (message: FromLab<Output>) => void;
}

/** Opens the engine when told to, then answers runs one after the other, until the worker is ended. */
export function serve<Kind extends string, Setup, Input, Output, About>(
  { setup }: Pick<Lab<Kind, Setup, Input, Output>, 'setup'>,
  open: OpenEngine<Setup, Input, Output, About>,
  scope: LabScope<Input, Output>,
): void {
  let engine: Promise<Engine<Input, Output, About>> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const answer = async (message: ToLab<Input>): Promise<FromLab<Output>> => {
    if (message.type === 'open') {
      const { assets } = message;
      engine = open(setup, {
        addressOf: (asset) => {
          const address = assets[asset];
          if (address !== undefined) return address;
          throw new Error(
            `Expected one of the files of this engine (${Object.keys(assets).join(', ') || 'it has none'}), got “${asset}”.`,
          );
        },
        progress: (progress) => scope.postMessage({ type: 'progress', progress }),
      });
      return { type: 'opened', version: (await engine).version };
    }
    if (engine === undefined) throw new Error('An engine must be opened before it is asked.');
    return { type: 'answered', output: await (await engine).run(message.input) };
  };

  scope.onmessage = ({ data }) => {
    last = last.then(() =>
      answer(data).then(scope.postMessage.bind(scope), (error: unknown) =>
        scope.postMessage({
          type: 'failed',
          message: messageOf(error),
        }),
      ),
    );
  };
}

/** A program in WebAssembly that exits throws an object with a message that is no Error. */
const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
