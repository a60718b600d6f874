import { FRAGMENT_SHADER, VERTEX_SHADER } from "./overlay";
import { CONTOUR_WIDTH, type Look, type Scene, SELECTION_WIDTH } from "./scene";
import { toneGain } from "./tone";

/** The program's textures, in the order of their units. */
export const TEXTURE_UNITS = ["labels", "image", "colors", "contours", "contourColors"] as const;
const MODES = { off: 0, fill: 1, contours: 2 } as const;
const UNIFORM_NAMES = [
  ...TEXTURE_UNITS,
  "maskSize",
  "origin",
  "canvasHeight",
  "pixel",
  "lod",
  "hasImage",
  "hasSelection",
  "hasContours",
  "mode",
  "opacity",
  "tone",
  "channel",
  "hovered",
  "lineWidth",
  "samples",
] as const;

/** Where the program's variables are. */
export type Uniforms = Record<(typeof UNIFORM_NAMES)[number], WebGLUniformLocation | null>;

/**
 * Make the program that paints masks the context's own.
 *
 * @returns null if the driver refuses the shaders; then nothing is painted on the GPU
 */
export function linkProgram(gl: WebGL2RenderingContext): Uniforms | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, FRAGMENT_SHADER],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    console.warn(`BioEngine paints masks without WebGL: ${gl.getProgramInfoLog(program)}`);
    return null;
  }
  gl.useProgram(program);
  const uniforms = Object.fromEntries(
    UNIFORM_NAMES.map((name) => [name, gl.getUniformLocation(program, name)]),
  ) as Uniforms;
  TEXTURE_UNITS.forEach((name, unit) => {
    gl.uniform1i(uniforms[name], unit);
  });
  return uniforms;
}

/** Set all of the program's variables but the textures and the canvas's height. */
export function setUniforms(gl: WebGL2RenderingContext, uniforms: Uniforms, scene: Scene, look: Look): void {
  const { map, image } = scene;
  const { viewport, pixelRatio } = look;
  const pixel = 1 / (viewport.scale * pixelRatio);
  gl.uniform2f(uniforms.maskSize, map.width, map.height);
  gl.uniform2f(uniforms.origin, viewport.left, viewport.top);
  gl.uniform1f(uniforms.pixel, pixel);
  gl.uniform1f(uniforms.lod, image ? Math.max(0, Math.log2((pixel * image.width) / map.width)) : 0);
  gl.uniform1i(uniforms.hasImage, image ? 1 : 0);
  gl.uniform1i(uniforms.hasSelection, scene.selected.length > 0 ? 1 : 0);
  gl.uniform1i(uniforms.hasContours, scene.contours && scene.showsContours ? 1 : 0);
  gl.uniform1i(uniforms.mode, MODES[look.mode]);
  gl.uniform1f(uniforms.opacity, look.opacity);
  const { black, gamma, channel } = look.tone;
  gl.uniform3f(uniforms.tone, black, toneGain(look.tone), 1 / gamma);
  gl.uniform1i(uniforms.channel, channel ?? -1);
  gl.uniform1ui(uniforms.hovered, look.hovered);
  gl.uniform2f(uniforms.lineWidth, CONTOUR_WIDTH / viewport.scale, SELECTION_WIDTH / viewport.scale);
  // Magnified pixels have sharp borders of their own; smaller ones would show stairs.
  gl.uniform1i(uniforms.samples, !look.isDraft && pixel > 0.6 ? 2 : 1);
}
