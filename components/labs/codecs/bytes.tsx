/** Bytes, each drawn for what it is: as a row, as a list of meanings, and the key to their colours. */
import type { CSSProperties, ReactNode } from 'react';
import type { Part, Role, Shown } from '@/lib/engines/codecs/types';

export const ROLES: readonly { readonly role: Role; readonly name: string }[] = [
  { role: 'tag', name: 'tag or type' },
  { role: 'length', name: 'length' },
  { role: 'name', name: 'name' },
  { role: 'value', name: 'value' },
  { role: 'mark', name: 'mark' },
];

/** Which colour stands for what; unless said, for what stands in a message of Protobuf. */
export function Key({
  roles = ROLES.filter(({ role }) => role === 'tag' || role === 'length' || role === 'value'),
}: {
  readonly roles?: typeof ROLES;
}): ReactNode {
  return (
    <p className="cd-key">
      {roles.map(({ role, name }) => (
        <span key={role}>
          <i data-role={role} aria-hidden="true" />
          <b data-role={role}>{name}</b>
        </span>
      ))}
    </p>
  );
}

/** The bytes side by side; what a byte is for shows in its colour and its type. */
export function Hex({ shown: { parts, bytesHidden } }: { readonly shown: Shown }): ReactNode {
  return (
    <p className="cd-hex">
      {merged(parts).map(({ at, role, hex }) => (
        <span key={at} data-role={role}>
          {spaced(hex)}{' '}
        </span>
      ))}
      {bytesHidden > 0 && <span className="cd-more">… {bytesHidden} bytes more</span>}
    </p>
  );
}

/** Neighbours of one role are drawn as one. */
function merged(parts: readonly Part[]): { at: number; role: Role; hex: string }[] {
  const runs: { at: number; role: Role; hex: string }[] = [];
  for (const [at, { role, hex }] of parts.entries()) {
    const last = runs.at(-1);
    if (last?.role === role) last.hex += hex;
    else runs.push({ at, role, hex });
  }
  return runs;
}

const spaced = (hex: string): string => hex.match(/../g)?.join(' ') ?? '';

/** Bytes of a part that stand beside their meaning; all of them stand above. */
const HEX_SHOWN = 10;

/** What each part means, with its bytes. */
export function Meanings({ parts }: { readonly parts: readonly Part[] }): ReactNode {
  return (
    <ol className="cd-parts">
      {parts
        .map((part, at) => ({ ...part, at }))
        .map(({ at, role, hex, says, depth }) => (
          <li key={at} style={{ '--depth': depth } as CSSProperties}>
            <code data-role={role}>
              {hex.length > 2 * HEX_SHOWN
                ? `${spaced(hex.slice(0, 2 * HEX_SHOWN))} …`
                : spaced(hex)}
            </code>{' '}
            {says}
          </li>
        ))}
    </ol>
  );
}
