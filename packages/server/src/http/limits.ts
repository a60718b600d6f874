/** What a server takes from its clients, and how long it waits for them. */
export interface Limits {
  /** Most bytes of a request, both as it is sent and decompressed. */
  readonly requestBytes: number;
  /** Most bytes of all bodies that are held at once; one that is alone may have more. */
  readonly heldBytes: number;
  /** Longest wait of a body for memory, before it is read. */
  readonly memoryMs: number;
  /** Longest time for the head of a request. */
  readonly headMs: number;
  /** A body must bring `paceBytes` in each `paceMs`: 270 bytes a second, which the slowest of honest lines has. */
  readonly paceMs: number;
  readonly paceBytes: number;
  /** Longest pause of a client that takes an answer. */
  readonly takeMs: number;
  /** How long the rest of a refused body is read, so that its sender can read the refusal. */
  readonly lingerMs: number;
  /** How long a connection without a request is kept: longer than clients do, so that they close it. */
  readonly keepAliveMs: number;
  /** Most connections; idle ones are closed when three quarters are taken. */
  readonly connections: number;
  /** Longest time for the requests that run when the server stops. */
  readonly closingMs: number;
  /** How long a model may then take to notice that it is to stop. */
  readonly stoppingMs: number;
}

/** The limits of a server that is given no others. */
export const defaultLimits: Limits = {
  requestBytes: 2 ** 30,
  heldBytes: 2 ** 31,
  memoryMs: 120_000,
  headMs: 20_000,
  paceMs: 60_000,
  paceBytes: 2 ** 14,
  takeMs: 60_000,
  lingerMs: 30_000,
  keepAliveMs: 75_000,
  connections: 512,
  closingMs: 20_000,
  stoppingMs: 5000,
};
