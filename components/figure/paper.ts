/** Paper: what is to be shown on it is shown before the browser asks. */
import { flushSync } from 'react-dom';
import { pagePacer } from './frame-clock';

/** Does this before the page is printed, and draws at once what follows from it: paper waits for nothing. */
export function beforePaper(prepare: () => void): void {
  addEventListener('beforeprint', () => {
    flushSync(prepare);
    pagePacer().flush();
  });
}
