import { DecodeError } from "./decodeerror";

/** A JSON object whose fields are read one by one, each with its own error. */
export class Fields {
  private readonly record: Record<string, unknown>;

  constructor(
    value: unknown,
    private readonly what: string,
    private readonly path: string = "",
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw fieldError(what, path, "must be an object", value);
    }
    this.record = value as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.record[name] !== undefined;
  }

  string(name: string): string {
    const value = this.record[name];
    if (typeof value !== "string") throw this.error(name, "must be a string", value);
    return value;
  }

  /** An integer in `[minimum, maximum]`. */
  integer(name: string, minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): number {
    const value = this.record[name];
    if (typeof value !== "number" || !Number.isInteger(value) || value < minimum || value > maximum) {
      const range = maximum === Number.MAX_SAFE_INTEGER ? `>= ${minimum}` : `from ${minimum} to ${maximum}`;
      throw this.error(name, `must be an integer ${range}`, value);
    }
    return value;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.record[name];
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw this.error(name, `must be one of ${choices.join(", ")}`, value);
    return choice;
  }

  array(name: string): unknown[] {
    const value = this.record[name];
    if (!Array.isArray(value)) throw this.error(name, "must be an array", value);
    return value;
  }

  object(name: string): Fields {
    return new Fields(this.record[name], this.what, this.join(name));
  }

  /** The payload's version, before anything else is judged. */
  version(): 1 {
    const value = this.record.version;
    if (value === 1) return 1;
    const advice =
      typeof value === "number" && value > 1 ? " (update the BioEngine extension to show it)" : "";
    throw this.error("version", `must be 1${advice}`, value);
  }

  error(name: string, requirement: string, value: unknown): DecodeError {
    return fieldError(this.what, this.join(name), requirement, value);
  }

  private join(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }
}

function fieldError(what: string, field: string, requirement: string, value: unknown): DecodeError {
  const subject = field === "" ? "the payload" : field;
  return new DecodeError(`Cannot read ${what}: ${subject} ${requirement}, got ${brief(value)}`, field);
}

function brief(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return value.length > 4 ? `an array of ${value.length}` : JSON.stringify(value);
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
