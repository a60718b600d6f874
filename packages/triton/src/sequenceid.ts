import { InputError } from "./error";

/** Which sequence a call belongs to; `SequenceExecutor` keeps the three of these. */
export interface SequenceFlags {
  sequenceId?: number | string;
  sequenceStart?: boolean;
  sequenceEnd?: boolean;
}

/** The request parameters of a step; none if the call is no step. @throws {InputError} if the id is missing or wrong */
export function sequenceParameters(
  { sequenceId, sequenceStart, sequenceEnd }: SequenceFlags,
  action: string,
): Record<string, string | number | boolean> {
  if (sequenceId === undefined) {
    if (sequenceStart === undefined && sequenceEnd === undefined) return {};
    throw new InputError(`Cannot ${action}: sequenceStart and sequenceEnd need a sequenceId`);
  }
  checkSequenceId(sequenceId, action);
  return {
    sequence_id: sequenceId,
    sequence_start: sequenceStart === true,
    sequence_end: sequenceEnd === true,
  };
}

/** @throws {InputError} if it is no id that Triton takes */
export function checkSequenceId(sequenceId: unknown, action: string): void {
  const valid =
    typeof sequenceId === "string"
      ? sequenceId !== ""
      : Number.isSafeInteger(sequenceId) && Number(sequenceId) > 0;
  if (!valid) {
    throw new InputError(
      `Cannot ${action}: sequenceId must be a whole number from 1 or a text, got ${sequenceId === "" ? '""' : String(sequenceId)}`,
    );
  }
}
