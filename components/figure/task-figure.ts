/** Each scenario has a link of its own: the parameters of one mean nothing to another. */
export function taskFigureId(figure: string, scenario: string): string {
  return `${figure}-${scenario}`;
}
