/** A question in SQL and its answer, as the build draws them. */
import type { ReactNode } from 'react';
import type { About, Input, Output } from '@/lib/engines/sql/types';
import type { AskedProps, StillKind } from '../kind';
import { Answer } from './answer';
import { Code } from './code';
import { Coloured } from './coloured';

export const still: StillKind<Input, Output, About> = { Asked, Exchange: Answer };

function Asked({ input }: AskedProps<Input, About>): ReactNode {
  return (
    <Code>
      <Coloured sql={input.sql} />
    </Code>
  );
}
