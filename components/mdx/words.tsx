/** Words and numbers in a line of prose that have a meaning of their own. */
import type { ReactNode } from 'react';
import { OutcomeMark, outcomeClass } from '@/components/views/outcome-mark';
import type { Outcome as OutcomeId } from '@/lib/kernel/outcomes';

/** A number that the build took out of a run; its title says of which. */
export function Finding({
  text,
  describe,
}: {
  readonly text: string;
  readonly describe: string;
}): ReactNode {
  return (
    <span title={describe} className="finding">
      {text}
    </span>
  );
}

/** The value of a parameter. */
export function Param({
  text,
  describe,
}: {
  readonly text: string;
  readonly describe: string;
}): ReactNode {
  return (
    <span title={describe} className="param">
      {text}
    </span>
  );
}

/** What a source says, with the number of the source in the list at the end of the page. */
export function Fact({
  number,
  anchor,
  children,
}: {
  readonly number: string;
  readonly anchor: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <>
      {children}
      {/* In brackets: a raised number behind a number reads as a power. */}
      <sup className="cite">
        <a href={`#${anchor}`} aria-label={`Source ${number}`}>
          {`[${number}]`}
        </a>
      </sup>
    </>
  );
}

/** A sentence that the build has proved on runs; to the reader it is a sentence like any other. */
export function Claim({ children }: { readonly children: ReactNode }): ReactNode {
  return children;
}

/** A word in the colour of an outcome, behind its mark, as in every figure. */
export function Outcome({
  of,
  children,
}: {
  readonly of: OutcomeId;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`outcome-word ${outcomeClass(of)}`}>
      {/* The mark and the first word stay on one line. */}
      <span>
        <OutcomeMark outcome={of} />
        {'\u2060\u202f'}
      </span>
      {children}
    </span>
  );
}
