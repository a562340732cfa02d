'use client';
/** Makes every "Copy" button of the page work: one listener, whatever the number of code blocks. */
import { useEffect } from 'react';

const SHOWN_MS = 2000;

/** What a block's code is as text; its numbered marks stand in it as the comments they are. */
function codeText(block: Element): string {
  const code = block.querySelector('code')?.cloneNode(true);
  if (!(code instanceof Element)) return '';
  for (const mark of code.querySelectorAll('.note > [aria-hidden]')) mark.remove();
  return code.textContent ?? '';
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const block = button.closest('[data-code-block]');
  if (block === null) return;
  let said: string;
  try {
    await navigator.clipboard.writeText(codeText(block));
    said = 'Copied';
  } catch {
    // The browser refused (no permission, no secure context); the text can still be selected.
    said = 'Select and copy by hand';
  }
  button.textContent = said;
  setTimeout(() => {
    button.textContent = 'Copy';
  }, SHOWN_MS);
}

export function CopyCode(): null {
  useEffect(() => {
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy-code]')) {
      button.hidden = false;
    }
    const onClick = (event: MouseEvent): void => {
      const button = event.target instanceof Element && event.target.closest('[data-copy-code]');
      if (button instanceof HTMLButtonElement) void copy(button);
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);
  return null;
}
