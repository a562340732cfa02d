/** A definition of the glossary: text with emphasis, code and links. */
import { Fragment, type ReactNode } from 'react';
import type { Inline } from '@/lib/content/glossary';
import { Link } from './link';

export function Definition({ parts }: { readonly parts: readonly Inline[] }): ReactNode {
  return parts.map((part, index) => {
    // The parts of a definition never change places.
    const key = `${index}`;
    switch (part.kind) {
      case 'text':
        return <Fragment key={key}>{part.text}</Fragment>;
      case 'code':
        return <code key={key}>{part.text}</code>;
      case 'emphasis':
        return (
          <em key={key}>
            <Definition parts={part.children} />
          </em>
        );
      case 'link':
        return (
          <Link key={key} href={part.url}>
            <Definition parts={part.children} />
          </Link>
        );
      default:
        return part satisfies never;
    }
  });
}
