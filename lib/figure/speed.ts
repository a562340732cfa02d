/** Playing speeds: steps of √2 about the speed that the scenario opens with. */

/** Six doublings to either side. */
export const SPEED_PLACES = 12;

/**
 * @param base simulated ms per real ms at place 0
 * @param place whole, from −12 to 12
 */
export function speedAt(base: number, place: number): number {
  const held = Math.min(SPEED_PLACES, Math.max(-SPEED_PLACES, Math.round(place)));
  return base * 2 ** (held / 2);
}

/** The place nearest to a speed. */
export function speedPlace(base: number, speed: number): number {
  const place = Math.round(2 * Math.log2(speed / base));
  return Math.min(SPEED_PLACES, Math.max(-SPEED_PLACES, place));
}
