/** A term of the glossary with what leads on from it. */
import './term.css';
import type { ReactNode } from 'react';
import type { Guide, Term } from '@/lib/content/manifest';
import { GuidesRow } from './catalogue-entry';
import { Definition } from './definition';

export function TermEntry({
  term: { slug, title, aliases, definition, sources },
  related,
  guides,
}: {
  readonly term: Term;
  readonly related: readonly Term[];
  readonly guides: readonly Guide[];
}): ReactNode {
  return (
    <section id={slug} aria-labelledby={`${slug}-term`} className="term">
      <h2 id={`${slug}-term`} className="term-title">
        <a href={`#${slug}`}>{title}</a>
      </h2>
      {aliases.length > 0 && <p className="term-aliases">Also {aliases.join(', ')}</p>}
      <div className="prose term-text">
        <p>
          <Definition parts={definition} />
        </p>
      </div>
      <dl className="term-links">
        <GuidesRow guides={guides} />
        {related.length > 0 && (
          <div>
            <dt>See also</dt>
            <dd>
              {related.map((other) => (
                <a key={other.slug} href={`#${other.slug}`}>
                  {other.title}
                </a>
              ))}
            </dd>
          </div>
        )}
        <div>
          <dt>{sources.length === 1 ? 'Source' : 'Sources'}</dt>
          <dd>
            {sources.map((source) => (
              <span key={source.url}>
                <a href={source.url}>{source.title}</a>, {source.by} ({source.edition})
              </span>
            ))}
          </dd>
        </div>
      </dl>
    </section>
  );
}
