/** Text as PostgreSQL reads or writes it. */
import type { ReactNode } from 'react';

export function Code({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard
    <pre className="lab-code" tabIndex={0}>
      <code>{children}</code>
    </pre>
  );
}
