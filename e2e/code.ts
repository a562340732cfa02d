/** What the tests of the reader's code share. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { expectLive } from './support';

/** Opens the tool "Code" under the first figure of the page. */
export async function openCode(page: Page): Promise<Locator> {
  const figure = page.locator('article.fig').first();
  await figure.scrollIntoViewIfNeeded();
  await expectLive(figure);
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

/** A model that does what ours does, in another text. */
export const FIFO = `${readFileSync('lib/simulations/template/queue/models/fifo.ts', 'utf8')}// Mine.\n`;

/** It with another text in the place of one that occurs in it. */
export function edited(find: string, replace: string): string {
  expect(FIFO.split(find), `“${find}” in fifo.ts, once`).toHaveLength(2);
  return FIFO.replace(find, () => replace);
}
