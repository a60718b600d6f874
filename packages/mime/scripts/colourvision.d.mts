export const visions: ((rgb: readonly number[]) => number[])[];
export function toOklab(rgb: readonly number[]): number[];
export function fromOklab(lab: readonly number[]): number[] | undefined;
