/** What Lighthouse counts, not what it times: times depend on the machine (npm run bench:page). */
import { expect, test } from '@playwright/test';
import { openAuditingBrowser, shortcomings } from '../scripts/lighthouse';

const PAGES = { home: '/', guide: '/traffic-control/rate-limiting-algorithms/' };
const CATEGORIES = ['accessibility', 'best-practices', 'seo'] as const;

test('Lighthouse finds nothing to mend in accessibility, best practices and SEO', async ({
  baseURL,
}) => {
  const browser = await openAuditingBrowser();
  try {
    for (const [name, path] of Object.entries(PAGES)) {
      const result = await browser.audit(`${baseURL}${path}`, {
        categories: CATEGORIES,
        device: 'mobile',
      });
      for (const category of CATEGORIES) {
        expect(shortcomings(result, category), `${name}, ${category}`).toEqual([]);
        expect(result.categories[category]?.score, `${name}, ${category}`).toBe(1);
      }
    }
  } finally {
    await browser.close();
  }
});
