import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { EARLY_KEYS_SCRIPT } from './early-keys';

/** A page on which nothing but the script has run. */
function page({ storage }: { readonly storage: 'open' | 'closed' | 'keys off' }) {
  let listener: ((event: unknown) => void) | undefined;
  const timers: { readonly callback: () => void; readonly delayMs: number }[] = [];
  const context = {
    document: { getElementById: () => ({}) },
    addEventListener: (_type: string, added: (event: unknown) => void) => {
      listener = added;
    },
    removeEventListener: () => {
      listener = undefined;
    },
    setTimeout: (callback: () => void, delayMs: number) => timers.push({ callback, delayMs }),
    get localStorage() {
      if (storage === 'closed') throw new DOMException('Access is denied.', 'SecurityError');
      return { getItem: () => (storage === 'keys off' ? 'off' : null) };
    },
    earlyKeys: (): readonly { readonly key: string }[] => [],
  };
  runInNewContext(EARLY_KEYS_SCRIPT, context);
  /** Whether the browser is kept from the key. */
  const press = (key: string, held: { readonly ctrlKey?: boolean } = {}): boolean => {
    let isPrevented = false;
    listener?.({
      key,
      ctrlKey: false,
      metaKey: false,
      ...held,
      preventDefault: () => {
        isPrevented = true;
      },
    });
    return isPrevented;
  };
  const wait = (): void => {
    for (const { callback, delayMs } of timers.splice(0)) {
      expect(delayMs).toBe(5000);
      callback();
    }
  };
  return { press, wait, taken: () => context.earlyKeys().map(({ key }) => key) };
}

test('a key that opens the search is kept, and what is typed after it', () => {
  const { press, taken } = page({ storage: 'open' });
  expect(press(' ')).toBe(false);
  expect(press('/')).toBe(true);
  expect(['a', ' ', 'Backspace', 'Tab', 'E'].map((key) => press(key))).toEqual([
    true,
    true,
    true,
    false,
    true,
  ]);
  expect(taken()).toEqual(['/', 'a', ' ', 'Backspace', 'E']);
  expect(press('b')).toBe(false);
});

test('where single keys are off a slash is the browser’s, and a chord is not', () => {
  const { press, taken } = page({ storage: 'keys off' });
  expect(press('/')).toBe(false);
  expect(press('k', { ctrlKey: true })).toBe(true);
  expect(taken()).toEqual(['k']);
});

test('where storage is closed, a slash opens the search', () => {
  const { press, taken } = page({ storage: 'closed' });
  expect(press('/')).toBe(true);
  expect(taken()).toEqual(['/']);
});

test('Escape gives the keys back to the browser, and a slash takes them again', () => {
  const { press, taken } = page({ storage: 'open' });
  for (const key of ['/', 'a', 'Escape']) expect(press(key), key).toBe(true);
  expect(press(' ')).toBe(false);
  expect(press('/')).toBe(true);
  expect(taken()).toEqual(['/']);
});

test('where no program comes, the keys are the browser’s again after some seconds', () => {
  const { press, wait, taken } = page({ storage: 'open' });
  press('/');
  press('a');
  wait();
  expect(press(' ')).toBe(false);
  // For a program that comes late.
  expect(taken()).toEqual(['/', 'a']);
});
