/** Real keys, many of them: sent one behind the other, without waiting for the answer to each. */
import type { Page } from '@playwright/test';

/** Name of a key as Playwright has it → what the browser is told of it. */
const KEYS: Readonly<
  Record<string, { readonly key?: string; readonly code: string; readonly keyCode: number }>
> = {
  ArrowLeft: { code: 'ArrowLeft', keyCode: 37 },
  ArrowUp: { code: 'ArrowUp', keyCode: 38 },
  ArrowRight: { code: 'ArrowRight', keyCode: 39 },
  ArrowDown: { code: 'ArrowDown', keyCode: 40 },
  Home: { code: 'Home', keyCode: 36 },
  End: { code: 'End', keyCode: 35 },
  PageUp: { code: 'PageUp', keyCode: 33 },
  PageDown: { code: 'PageDown', keyCode: 34 },
  Backspace: { code: 'Backspace', keyCode: 8 },
  Escape: { code: 'Escape', keyCode: 27 },
  Tab: { code: 'Tab', keyCode: 9 },
  Space: { key: ' ', code: 'Space', keyCode: 32 },
  '+': { code: 'NumpadAdd', keyCode: 107 },
  '-': { code: 'Minus', keyCode: 189 },
  '.': { code: 'Period', keyCode: 190 },
  '?': { code: 'Slash', keyCode: 191 },
  '0': { code: 'Digit0', keyCode: 48 },
  '7': { code: 'Digit7', keyCode: 55 },
  r: { code: 'KeyR', keyCode: 82 },
  x: { code: 'KeyX', keyCode: 88 },
};

const SHIFT = 8;

/**
 * Presses keys where the focus is.
 *
 * @param names as in `page.keyboard.press`; of modifiers "Shift+" alone
 * @throws Error if a key is not in the table above
 */
export async function pressAll(page: Page, names: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const sent = names.flatMap((name) => {
    const bare = name.replace(/^Shift\+/, '');
    const known = KEYS[bare];
    if (!known) throw new Error(`Expected one of ${Object.keys(KEYS).join(' ')}, got "${name}".`);
    const { key = bare, code, keyCode: windowsVirtualKeyCode } = known;
    const modifiers = name === bare ? 0 : SHIFT;
    const common = { key, code, windowsVirtualKeyCode, modifiers };
    // A key that writes has its text with it, or fields would stay as they are.
    const text = key.length === 1 ? { text: key } : {};
    return [
      session.send('Input.dispatchKeyEvent', {
        type: key.length === 1 ? 'keyDown' : 'rawKeyDown',
        ...text,
        ...common,
      }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common }),
    ];
  });
  await Promise.all(sent);
  await session.detach();
}
