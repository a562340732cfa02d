/** What the tests of the reader's code share. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Opens the tool "Code" under the first figure of the page. */
export async function openCode(page: Page): Promise<Locator> {
  const figure = page.locator('article.fig').first();
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.getByRole('slider', { name: 'Time', exact: true })).toBeEnabled();
  await figure.getByRole('button', { name: 'Code', exact: true }).click();
  const panel = figure.getByRole('region', { name: 'Code', exact: true });
  await expect(panel.getByRole('textbox')).toBeVisible();
  return panel;
}

/** Puts a text in the place of what the editor holds, as a reader who pastes it. */
export async function paste(panel: Locator, text: string): Promise<void> {
  await panel.getByRole('textbox').focus();
  await panel.page().keyboard.press('ControlOrMeta+a');
  await panel.page().keyboard.insertText(text);
}

/** Presses the button that runs what is in the editor. */
export async function race(panel: Locator): Promise<void> {
  await panel.getByRole('button', { name: /^(Race|Run it again)/ }).click();
}

/** The model of the template, which does what ours does. */
export const FIFO = `export function fifo({ room }) {
  const waiting = [];
  return {
    join(customer) {
      if (waiting.length >= room) return false;
      waiting.push(customer);
      return true;
    },
    comeBack: (customer) => { waiting.unshift(customer); },
    next: () => waiting.shift(),
    length: () => waiting.length,
  };
}
`;
