/** No label: pixels that none may grow to. */
export const CLOSED: number = -(2 ** 31);
