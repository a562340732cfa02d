import { lowerOf, type Page } from './models/page';

/**
 * A page as text: where the line pointers end and the versions begin, then the line pointers as
 * `offset+bytes xmin-xmax>ctid`, with `o` for heap-only and `h` for HOT-updated; `-` is unused, `x`
 * dead, `>n` a redirect.
 */
export function pictureOf(page: Page): string {
  const pointers = page.pointers.map((pointer) => {
    if (pointer.state === 'unused') return '-';
    if (pointer.state === 'dead') return 'x';
    if (pointer.state === 'redirect') return `>${pointer.to}`;
    const { bytes, xmin, xmax, ctid, isHeapOnly, isHotUpdated } = pointer.tuple;
    const flags = `${isHeapOnly ? 'o' : ''}${isHotUpdated ? 'h' : ''}`;
    return `${pointer.offset}+${bytes} ${xmin}-${xmax}>${ctid.page},${ctid.lp}${flags}`;
  });
  return [`${lowerOf(page)} ${page.upper}`, ...pointers].join(' | ');
}
