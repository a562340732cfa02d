/** The site's typefaces, to be taken along in a picture: what is drawn apart from the page loads none. */
import type { Face } from '@/lib/tools/share/svg';

const loaded = new Map<string, Promise<string | null>>();

/** Those of the families that the site has itself; the others are the reader's own. */
export async function facesOf(families: ReadonlySet<string>): Promise<readonly Face[]> {
  const faces = declared().filter(({ family }) => families.has(family));
  const complete = await Promise.all(
    faces.map(async ({ family, weight, source }): Promise<Face[]> => {
      const known = loaded.get(source) ?? read(source);
      loaded.set(source, known);
      const address = await known;
      // Tried again with the next picture; this one is shown in a typeface of the reader's.
      if (address === null) loaded.delete(source);
      return address === null ? [] : [{ family, weight, address }];
    }),
  );
  return complete.flat();
}

/** As the page's own style sheets have them. */
function declared(): { family: string; weight: string; source: string }[] {
  return [...document.styleSheets].flatMap((sheet) =>
    [...rulesOf(sheet)].flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const url = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (url === undefined) return [];
      return [
        {
          family: rule.style.getPropertyValue('font-family').replace(/^["']|["']$/g, ''),
          weight: rule.style.getPropertyValue('font-weight') || '400',
          source: new URL(url, sheet.href ?? location.href).href,
        },
      ];
    }),
  );
}

/** A browser extension may add sheets that nobody else may read. */
function rulesOf(sheet: CSSStyleSheet): Iterable<CSSRule> {
  try {
    return sheet.cssRules;
  } catch {
    return [];
  }
}

/** A file as a data: address; null if it could not be loaded. */
async function read(source: string): Promise<string | null> {
  const response = await fetch(source).catch(() => null);
  if (response?.ok !== true) return null;
  const blob = await response.blob();
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(blob);
  });
}
