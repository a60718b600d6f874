/** Name of the comm on which a front end has a code model write a cell; the kernel makes the request. */
export const CODE_MODEL_TARGET = "bioengine.codemodel" as const;

/** One message of a chat with a code model, as chat endpoints take it. */
export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

/** What the front end sends on the comm, once; to close the comm is to cancel. */
export interface CodeModelRequest {
  readonly messages: readonly ChatMessage[];
}

const REASONS = [
  "settings",
  "key",
  "address",
  "limit",
  "status",
  "redirect",
  "unreachable",
  "timeout",
  "unreadable",
] as const;

/** Why a code model gave no answer; `detail` is the number of the HTTP status, seconds, or what somebody else said. */
export interface CodeModelFailure {
  readonly kind: "failure";
  readonly reason: (typeof REASONS)[number];
  readonly detail: string;
}

/** Where requests go, told when the comm is opened. */
export interface CodeModelPlace {
  readonly kind: "place";
  /** The address without user, password and query, which may be secrets. */
  readonly address: string;
  readonly model: string;
  /** The file with the key that other users of the machine can read; "" if there is none. */
  readonly exposedFile: string;
  /** Whether the key would go over the network unencrypted. */
  readonly isUnencrypted: boolean;
}

/** What the kernel says on the comm. */
export type CodeModelAnswer =
  | CodeModelPlace
  /** Nothing is set, so nothing can be sent; `file` is where it may be. */
  | { readonly kind: "unset"; readonly file: string }
  /** The next piece of the answer. */
  | { readonly kind: "piece"; readonly text: string }
  /** The answer is over; `isCut` if the model had more to say than it may. */
  | { readonly kind: "end"; readonly isCut: boolean }
  | CodeModelFailure;

const field = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);
const text = (value: unknown, name: string): string => String(field(value, name) ?? "");

/**
 * Read what a kernel says on the comm.
 *
 * @throws {TypeError} if it is nothing that a front end of this version knows
 * @example
 * parseCodeModelAnswer({ kind: "piece", text: "const" });
 */
export function parseCodeModelAnswer(value: unknown): CodeModelAnswer {
  switch (field(value, "kind")) {
    case "place":
      return {
        kind: "place",
        address: text(value, "address"),
        model: text(value, "model"),
        exposedFile: text(value, "exposedFile"),
        isUnencrypted: field(value, "isUnencrypted") === true,
      };
    case "unset":
      return { kind: "unset", file: text(value, "file") };
    case "piece":
      return { kind: "piece", text: text(value, "text") };
    case "end":
      return { kind: "end", isCut: field(value, "isCut") === true };
    case "failure": {
      const reason = REASONS.find((known) => known === field(value, "reason")) ?? "unreadable";
      return { kind: "failure", reason, detail: text(value, "detail") };
    }
    default:
      throw new TypeError(
        `Cannot read the kernel's answer: its kind must be place, unset, piece, end or failure, got ${text(value, "kind")}`,
      );
  }
}
