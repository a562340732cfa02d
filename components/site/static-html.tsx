/// <reference types="next" />
/** HTML that the build has drawn, with figures that come to life. */
import type { ReactNode } from 'react';
import { readHtml } from '@/lib/content/generated';
import { readLabs, readSimulations } from '@/lib/content/simulation-index';
import { href } from '@/lib/site';
import { StaticHtml as Client } from './static-html.client';

/**
 * Changes with everything that is generated. It is imported and not read, so that the development
 * server draws a page again that is open while its content changes.
 */
const stamp: unknown = import.meta.glob('../../.generated/stamp.json', { eager: true });

export function StaticHtml({
  name,
  className,
}: {
  /** See `readHtml`. */
  readonly name: string;
  readonly className?: string;
}): ReactNode {
  // In development the HTML is sent as data too, so that an open page follows its content.
  const html = process.env.NODE_ENV === 'development' && stamp ? readHtml(name) : undefined;
  return (
    <>
      {stylesIn(readHtml(name)).map((address) => (
        <link key={address} rel="stylesheet" href={href(address)} precedence="views" />
      ))}
      <Client name={name} html={html} className={className} />
    </>
  );
}

/** Of all simulations and labs in the HTML, whichever of their views they show at first. */
function stylesIn(html: string): string[] {
  const ids = [...html.matchAll(/\sdata-bundle="?\/sim\/([a-z0-9-]+)\./g)].map(([, id = '']) => id);
  const simulations = readSimulations();
  const labs = [...html.matchAll(/\sdata-bundle="?\/engines\/[a-z]+\/([a-z0-9-]+)\./g)].map(
    ([, id = '']) => id,
  );
  const known = readLabs();
  return [
    ...new Set([
      ...ids.flatMap((id) => simulations[id]?.styles ?? []),
      ...labs.flatMap((id) => known[id]?.styles ?? []),
    ]),
  ];
}
