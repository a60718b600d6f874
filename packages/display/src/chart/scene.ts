import { labelColors } from "@bioengine/mime";

export type Point = readonly [x: number, y: number];

/** What a colour is for; what it is depends on the background. */
export type Ink = "text" | "quiet" | "axis" | "grid" | "first" | "second" | "trouble" | GroupInk;

/** Colours of groups that are compared. */
export const groupInks = ["group1", "group2", "group3", "group4", "group5", "group6"] as const;
export type GroupInk = (typeof groupInks)[number];

/** A picture's shapes in drawing order, in pixels from its top left. Inner type: never leaves the package. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export type Shape = LineShape | BoxShape | DotShape | TextShape;

export interface LineShape {
  readonly kind: "line";
  /** At least one; a single one is a dot as wide as the line. */
  readonly points: readonly Point[];
  readonly width: number;
  readonly ink: Ink;
}

/** A filled rectangle. */
export interface BoxShape {
  readonly kind: "box";
  /** The top left corner. */
  readonly at: Point;
  readonly width: number;
  readonly height: number;
  readonly ink: Ink;
}

export interface DotShape {
  readonly kind: "dot";
  readonly at: Point;
  readonly radius: number;
  readonly ink: Ink;
  /** Whether only the outline is drawn. */
  readonly isRing?: boolean;
  /** What is said where the pointer rests. */
  readonly tip?: string;
}

export interface TextShape {
  readonly kind: "text";
  /** On the baseline. */
  readonly at: Point;
  readonly text: string;
  readonly size: number;
  readonly anchor: "start" | "middle" | "end";
  readonly ink: Ink;
  readonly isBold?: boolean;
}

/** Width of the line around a ring. */
export const ringWidth = 1.5;

const ofLabel = (label: number): string =>
  `#${Buffer.from(labelColors(label).subarray(4 * label, 4 * label + 3)).toString("hex")}`;

/** Colours of labels that are clear on white and on black, with normal and colour-blind eyes: blue, ochre, pink. */
export const seriesInks: Record<"first" | "second" | "trouble", string> = {
  first: ofLabel(2),
  second: ofLabel(4),
  trouble: ofLabel(7),
};

/** Of Okabe and Ito (2008), told apart by normal and colour-blind eyes, on white and on black. */
export const groupColours: Record<GroupInk, string> = {
  group1: "#0072b2",
  group2: "#d55e00",
  group3: "#009e73",
  group4: "#cc79a7",
  group5: "#e69f00",
  group6: "#56b4e9",
};

/** For a white background. */
export const paperInks: Record<Ink, string> = {
  ...seriesInks,
  ...groupColours,
  text: "#333333",
  quiet: "#6b6b6b",
  axis: "#a0a0a0",
  grid: "#e8e8e8",
};
