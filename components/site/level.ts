/** What the level of a guide asks of its reader. */
import type { Level } from '@/lib/content/front-matter';

export const LEVELS: Readonly<Record<Level, { readonly title: string; readonly meaning: string }>> =
  {
    foundation: { title: 'Foundation', meaning: 'for everyone' },
    practitioner: { title: 'Practitioner', meaning: 'for those who run services' },
    advanced: { title: 'Advanced', meaning: 'builds on other guides' },
  };
