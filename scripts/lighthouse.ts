/** Lighthouse on one page, in a Chromium that is there already. */
import { type Browser, chromium } from '@playwright/test';
import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import { ensureBrowser } from './browser.mjs';
import { chromiumArguments } from './chromium.mjs';

type Category = 'performance' | 'accessibility' | 'best-practices' | 'seo';

export interface AuditingBrowser {
  /** @throws Error if the page could not be audited */
  readonly audit: (
    url: string,
    options: { readonly categories: readonly Category[]; readonly device: 'mobile' | 'desktop' },
  ) => Promise<Result>;
  readonly close: () => Promise<void>;
}

export async function openAuditingBrowser(): Promise<AuditingBrowser> {
  // Lighthouse speaks to the browser by itself, over a port that the browser chooses.
  const port = 20_000 + (process.pid % 20_000);
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || ensureBrowser(),
    args: [`--remote-debugging-port=${port}`, ...chromiumArguments()],
  });
  return {
    audit: async (url, { categories, device }) => {
      const run = await lighthouse(
        url,
        {
          port,
          logLevel: 'silent',
          output: 'json',
          onlyCategories: [...categories],
          // A picture of the page from top to end, for reports that somebody looks at.
          disableFullPageScreenshot: true,
        },
        device === 'desktop' ? desktopConfig : undefined,
      );
      if (run === undefined)
        throw new Error(`Expected Lighthouse to report on ${url}, got nothing.`);
      if (run.lhr.runtimeError !== undefined) throw new Error(run.lhr.runtimeError.message);
      return run.lhr;
    },
    close: () => browser.close(),
  };
}

/** The audits that cost a category points, each with the elements that Lighthouse names. */
export function shortcomings(result: Result, category: Category): string[] {
  return (result.categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
    const audit = result.audits[id];
    if (audit === undefined || weight === 0 || audit.score === null || audit.score === 1) return [];
    const { details } = audit;
    const items = details?.type === 'table' || details?.type === 'list' ? details.items : [];
    return [`${id}: ${audit.title} ${JSON.stringify(items)}`];
  });
}
