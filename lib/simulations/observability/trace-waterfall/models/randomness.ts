const TWO_TO_56 = 0x100_0000_0000_0000;

/**
 * Whether chance keeps a trace, by the last 56 bits of its id: whoever is asked about the same trace
 * at the same rate decides the same, and at a higher rate keeps it too.
 *
 * @param rate share of the traces to keep, 0 to 1
 */
// #region chosen
export function isChosen(traceId: string, rate: number): boolean {
  const randomness = Number.parseInt(traceId.slice(-14), 16); // (1)
  return randomness >= (1 - rate) * TWO_TO_56; // (2)
}
// #endregion

// (1) Fourteen hexadecimal digits. A number holds 53 bits exactly; the rounding of the last three
//     moves a threshold by less than one in 2⁵².
// (2) The threshold of rejection in OpenTelemetry's probability sampling. At rate 1 it is 0, and all
//     are kept; at rate 0 it is 2⁵⁶.
