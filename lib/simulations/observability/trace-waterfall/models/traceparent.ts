import type { TraceContext } from './tracer';

const HEADER = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/; // (1)
const SAMPLED = 0x01;

/** Reads the header of W3C Trace Context, version 00; later versions as far as they agree with it. */
// #region extract
export function extract(headers: readonly string[]): TraceContext | undefined {
  const [header, ...others] = headers;
  if (header === undefined || others.length > 0) return undefined; // (2)
  const [, version, traceId, parentId, flags, more] = HEADER.exec(header.trim()) ?? [];
  if (!version || !traceId || !parentId || !flags) return undefined;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined; // (3)
  if (/^0+$/.test(traceId) || /^0+$/.test(parentId)) return undefined;
  return { traceId, parentId, sampled: (Number.parseInt(flags, 16) & SAMPLED) !== 0 }; // (4)
}
// #endregion

export const inject = ({ traceId, parentId, sampled }: TraceContext): string =>
  `00-${traceId}-${parentId}-${sampled ? '01' : '00'}`;

// (1) Two digits of version, the trace, the calling span, two digits of flags. Capital letters are
//     not allowed. What a later version may add begins with a dash.
// (2) Two headers contradict each other; nobody can say which is right.
// (3) ff is forbidden as a version, and version 00 ends with the flags.
// (4) The flags are bits: 09 says sampled too, since only the last bit is about that.
