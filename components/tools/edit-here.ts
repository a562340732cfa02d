/** Makes the "Edit" of a model's source open the tool "Code" under the nearest figure that runs it. */
import { wishFor } from './wish';

/** Shows the buttons that can do something; the result takes them back. */
export function offerEditing(root: ParentNode): () => void {
  const ends: (() => void)[] = [];
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-edit-model]')) {
    const [simulation = '', file = ''] = (button.dataset.editModel ?? '').split(' ');
    const figure = nearestFigure(root, button, simulation);
    if (!figure) continue;
    const edit = (): void => {
      wishFor({ figure: figure.id, tool: 'code', about: file });
      // Brings it to life, if it is not near enough to be.
      figure.scrollIntoView();
    };
    button.hidden = false;
    button.addEventListener('click', edit);
    ends.push(() => button.removeEventListener('click', edit));
  }
  return () => {
    for (const end of ends) end();
  };
}

/** The last figure of the simulation before the element, or the first after it. */
function nearestFigure(
  root: ParentNode,
  element: Element,
  simulation: string,
): HTMLElement | undefined {
  const figures = [...root.querySelectorAll<HTMLElement>('[data-figure]')].filter(
    ({ dataset }) =>
      dataset.bundle?.includes(`/sim/${simulation}.`) &&
      dataset.figure?.includes('"kind":"simulation"'),
  );
  const before = figures.filter(
    (figure) => figure.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return before.at(-1) ?? figures[0];
}
