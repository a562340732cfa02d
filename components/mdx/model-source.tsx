/** The source of a model as it runs, or a region of it; a numbered list explains its marked lines. */
import type { ReactNode } from 'react';
import { CodeFrame } from './code-block';

interface ModelSourceProps {
  readonly html: string;
  /** Path of the file from the root of the repository. */
  readonly path: string;
  /** Lines of the file that are shown, from 1, as text since MDX passes strings. */
  readonly firstLine: string;
  readonly lastLine: string;
  readonly children?: ReactNode;
}

export function ModelSource({
  html,
  path,
  firstLine,
  lastLine,
  children,
}: ModelSourceProps): ReactNode {
  const [simulation = '', , name = path] = path.split('/').slice(-3);
  return (
    <div className="model-source">
      <CodeFrame html={html} label={`${name}, lines ${firstLine} to ${lastLine}`}>
        <span>{name}</span>
        <span>{`lines ${firstLine}–${lastLine}, as it runs in the figures`}</span>
        {/* Shown by components/tools/edit-here.ts, where a figure runs it. */}
        <button
          type="button"
          hidden
          data-edit-model={`${simulation} ${name.replace(/\.ts$/, '')}`}
          aria-label={`Edit ${name} in the figure`}
        >
          Edit
        </button>
      </CodeFrame>
      {children === undefined ? null : <div className="code-notes">{children}</div>}
    </div>
  );
}
