const TWO_TO_52 = 0x10_0000_0000_0000;

/**
 * Whether chance keeps a trace, by the last 56 bits of its id, the first 52 of them: whoever is asked
 * about the same trace at the same rate decides the same, and at a higher rate keeps it too.
 *
 * @param rate share of the traces to keep, 0 to 1
 */
// #region chosen
export function isChosen(traceId: string, rate: number): boolean {
  const randomness = Number.parseInt(traceId.slice(-14, -1), 16); // (1)
  return randomness >= (1 - rate) * TWO_TO_52; // (2)
}
// #endregion

// (1) Thirteen of fourteen hexadecimal digits: a number holds 53 bits exactly, and with the last digit
//     the greatest ids would be rounded up, beyond a threshold and even that of rate 0.
// (2) The threshold of rejection in OpenTelemetry's probability sampling, to thirteen digits. At rate
//     1 it is 0, and all are kept; at rate 0 it is 2⁵², and none is.
