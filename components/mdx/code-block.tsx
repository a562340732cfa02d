/** A block of code, coloured at build time, with a line that names it and a button that copies it. */
import type { ReactNode } from 'react';

interface CodeBlockProps {
  /** Spans of the code, written by lib/content/highlight.ts; escaped there. */
  readonly html: string;
  /** Name of the language for the reader. */
  readonly language: string;
  /** What the code is, such as the name of its file. */
  readonly title?: string;
}

export function CodeBlock({ html, language, title }: CodeBlockProps): ReactNode {
  return (
    <CodeFrame html={html} label={title === undefined ? language : `${title}, ${language}`}>
      <span>{title ?? language}</span>
      {title === undefined ? null : <span>{language}</span>}
    </CodeFrame>
  );
}

/** The frame that code blocks and model sources share; `children` are its head line. */
export function CodeFrame({
  html,
  label,
  children,
}: {
  readonly html: string;
  /** Name of the scrollable region. */
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="code-block" data-code-block>
      <div className="code-head">
        {children}
        {/* Shown by copy-code.client.tsx: without JavaScript it could do nothing. */}
        <button type="button" hidden data-copy-code>
          Copy
        </button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls */}
      <pre
        className="code"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
        tabIndex={0}
        role="group"
        aria-label={label}
      >
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made and escaped at build time */}
        <code dangerouslySetInnerHTML={{ __html: html }} />
      </pre>
    </div>
  );
}
