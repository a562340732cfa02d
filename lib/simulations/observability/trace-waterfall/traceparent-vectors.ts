/**
 * Headers of the test suite of W3C Trace Context, with whether a service goes on with the trace.
 * From w3c/trace-context, test/test.py at commit acab820.
 */
const TRACE = '12345678901234567890123456789012';
const PARENT = '1234567890123456';

export const TRACEPARENTS: readonly {
  readonly headers: readonly string[];
  readonly goesOn: boolean;
}[] = [
  { headers: [`00-${TRACE}-${PARENT}-01`], goesOn: true },
  { headers: [], goesOn: false },
  {
    headers: [`00-12345678901234567890123456789011-${PARENT}-01`, `00-${TRACE}-${PARENT}-01`],
    goesOn: false,
  },
  { headers: [`00-${TRACE}-${PARENT}-01.`], goesOn: false },
  { headers: [`00-${TRACE}-${PARENT}-01-what-the-future-will-be-like`], goesOn: false },
  { headers: [`cc-${TRACE}-${PARENT}-01`], goesOn: true },
  { headers: [`cc-${TRACE}-${PARENT}-01-what-the-future-will-be-like`], goesOn: true },
  { headers: [`cc-${TRACE}-${PARENT}-01.what-the-future-will-be-like`], goesOn: false },
  { headers: [`ff-${TRACE}-${PARENT}-01`], goesOn: false },
  { headers: [`.0-${TRACE}-${PARENT}-01`], goesOn: false },
  { headers: [`000-${TRACE}-${PARENT}-01`], goesOn: false },
  { headers: [`0-${TRACE}-${PARENT}-01`], goesOn: false },
  { headers: [`00-00000000000000000000000000000000-${PARENT}-01`], goesOn: false },
  { headers: [`00-.2345678901234567890123456789012-${PARENT}-01`], goesOn: false },
  { headers: [`00-${TRACE}3-${PARENT}-01`], goesOn: false },
  { headers: [`00-1234567890123456789012345678901-${PARENT}-01`], goesOn: false },
  { headers: [`00-${TRACE}-0000000000000000-01`], goesOn: false },
  { headers: [`00-${TRACE}-123456789012345.-01`], goesOn: false },
  { headers: [`00-${TRACE}-${PARENT}7-01`], goesOn: false },
  { headers: [`00-${TRACE}-123456789012345-01`], goesOn: false },
  { headers: [`00-${TRACE}-${PARENT}-.0`], goesOn: false },
  { headers: [`00-${TRACE}-${PARENT}-001`], goesOn: false },
  { headers: [`00-${TRACE}-${PARENT}-1`], goesOn: false },
];

/** The two examples of the recommendation, whose traces are sampled and not sampled. */
export const SPECIFIED = [
  {
    header: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    parentId: '00f067aa0ba902b7',
    sampled: true,
  },
  {
    header: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    parentId: '00f067aa0ba902b7',
    sampled: false,
  },
] as const;
