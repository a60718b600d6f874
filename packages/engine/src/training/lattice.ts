/** Evenly spaced positions on an axis. */
export interface Lattice {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}
