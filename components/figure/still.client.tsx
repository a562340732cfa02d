'use client';
/** A still in its page: in the HTML once, kept there until what is alive takes its place. */
import { memo, type ReactNode, useState } from 'react';
import type { StillParts } from './still-text';

export const Still = memo(function Still({
  still,
  caption,
}: {
  readonly still: string;
  readonly caption: ReactNode;
}): ReactNode {
  // One object for good: a new one would make React write the (empty) text into the page.
  const [[above, below]] = useState(() => {
    const [top, bottom] = stillParts(still);
    return [{ __html: top }, { __html: bottom }] as const;
  });
  return (
    <>
      <figure className="fig-part">
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own components, rendered by the build */}
        <div dangerouslySetInnerHTML={above} suppressHydrationWarning />
        {caption}
      </figure>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own components, rendered by the build */}
      <div dangerouslySetInnerHTML={below} suppressHydrationWarning />
    </>
  );
});

/**
 * The still's HTML where pages are rendered; nothing in the browser, which has it in the page already
 * and keeps what it finds there. So it is sent once, and not a second time as data.
 */
function stillParts(key: string): StillParts {
  if (typeof window === 'undefined') {
    const { readStill } = require('./read-still') as typeof import('./read-still');
    return readStill(key);
  }
  return ['', ''];
}
