import { type DType, isDType } from "@bioengine/ndarray";

/** A part of a document that somebody else wrote, and where it stands there: reads it, or says what it must be. */
export class DocumentNode {
  /**
   * @param value parsed from YAML or JSON
   * @param path as errors name it, e.g. `inputs[0].axes`
   */
  constructor(
    readonly value: unknown,
    readonly path: string,
  ) {}

  /** @throws {TypeError} that says what must stand here */
  refuse(requirement: string): never {
    const got = JSON.stringify(this.value) ?? "nothing";
    const short = got.length > 80 ? `${got.slice(0, 80)}…` : got;
    throw new TypeError(`${this.path || "the description"} must be ${requirement}, got ${short}`);
  }

  /** A member of an object; what is not there is `undefined` or null. */
  get(key: string): DocumentNode {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.refuse("an object");
    const members = Object.entries(value).filter(([name]) => name === key);
    return new DocumentNode(members[0]?.[1], this.path ? `${this.path}.${key}` : key);
  }

  /** Names of an object's members. */
  keys(): string[] {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.refuse("an object");
    return Object.keys(value);
  }

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  get isText(): boolean {
    return typeof this.value === "string";
  }

  get isNumber(): boolean {
    return typeof this.value === "number";
  }

  /** What `read` makes of it; `otherwise` if it is missing. */
  or<T>(otherwise: T, read: (node: DocumentNode) => T): T {
    return this.isMissing ? otherwise : read(this);
  }

  list(): DocumentNode[] {
    const { value } = this;
    if (!Array.isArray(value)) return this.refuse("a list");
    return value.map((item, index) => new DocumentNode(item, `${this.path}[${index}]`));
  }

  /** An item of a list. */
  item(index: number): DocumentNode {
    return this.list()[index] ?? this.refuse(`a list of more than ${index}`);
  }

  text(): string {
    return typeof this.value === "string" ? this.value : this.refuse("a text");
  }

  number(): number {
    return typeof this.value === "number" && Number.isFinite(this.value)
      ? this.value
      : this.refuse("a number");
  }

  /** A whole number of at least `minimum`. */
  integer(minimum: number): number {
    const value = this.number();
    return Number.isSafeInteger(value) && value >= minimum
      ? value
      : this.refuse(`a whole number from ${minimum}`);
  }

  /** A number, or one for each element of an axis. */
  numbers(): number | number[] {
    return this.isList ? this.list().map((item) => item.number()) : this.number();
  }

  dtype(): DType {
    const { value } = this;
    return isDType(value) ? value : this.refuse("a type of numbers");
  }
}
