import { linkProgram, setUniforms, TEXTURE_UNITS, type Uniforms } from "./glprogram";
import type { Look, Scene } from "./scene";

/** A scene's data on the GPU. */
interface Upload {
  readonly textures: {
    readonly labels: WebGLTexture;
    readonly image: WebGLTexture;
    readonly colors: WebGLTexture;
    readonly contours: WebGLTexture;
    readonly contourColors: WebGLTexture;
  };
  readonly bytes: number;
  version: number;
}

/** Past this, the scenes painted longest ago leave the GPU; painting one again uploads it again. */
const MOST_BYTES = 512 * 2 ** 20;
const COLORS_PER_ROW = 1024;
/**
 * Paints every mask of the page with one WebGL2 context, and copies the result into the mask's own canvas:
 * browsers drop the oldest of more than 16 contexts.
 */
export class GlPainter {
  private readonly uploads = new Map<Scene, Upload>();
  private readonly largest: number;
  private uniforms: Uniforms | null;

  /**
   * @param allowsSoftware accept WebGL that the browser computes on the CPU, which takes several times as long as
   *   painting without WebGL
   * @returns null where the browser has no such WebGL2
   */
  static create(allowsSoftware = false): GlPainter | null {
    const gl = document.createElement("canvas").getContext("webgl2", {
      antialias: false,
      depth: false,
      stencil: false,
      failIfMajorPerformanceCaveat: !allowsSoftware,
    });
    return gl && (allowsSoftware || !isSoftware(gl)) ? new GlPainter(gl) : null;
  }

  private constructor(private readonly gl: WebGL2RenderingContext) {
    this.largest = gl.getParameter(gl.MAX_TEXTURE_SIZE);
    this.uniforms = linkProgram(gl);
    gl.canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.uploads.clear();
    });
    gl.canvas.addEventListener("webglcontextrestored", () => {
      this.uniforms = linkProgram(gl);
    });
  }

  /** @returns false if the GPU cannot hold the scene now */
  paint(scene: Scene, look: Look, target: CanvasRenderingContext2D): boolean {
    const { gl } = this;
    if (gl.isContextLost() || !this.uniforms) return false;
    const upload = this.uploadOf(scene);
    if (!upload) return false;

    const { width, height } = target.canvas;
    if (gl.canvas.width < width) gl.canvas.width = width;
    if (gl.canvas.height < height) gl.canvas.height = height;
    gl.viewport(0, 0, width, height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    setUniforms(gl, this.uniforms, scene, look);
    gl.uniform1f(this.uniforms.canvasHeight, height);
    TEXTURE_UNITS.forEach((name, unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, upload.textures[name]);
    });
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    target.clearRect(0, 0, width, height);
    target.drawImage(gl.canvas, 0, gl.canvas.height - height, width, height, 0, 0, width, height);
    return true;
  }

  forget(scene: Scene): void {
    const upload = this.uploads.get(scene);
    if (!upload) return;
    for (const texture of Object.values(upload.textures)) this.gl.deleteTexture(texture);
    this.uploads.delete(scene);
  }

  private uploadOf(scene: Scene): Upload | null {
    let upload = this.uploads.get(scene) ?? this.upload(scene);
    if (!upload) return null;
    // The most recently painted scene is the last one of the map.
    this.uploads.delete(scene);
    this.uploads.set(scene, upload);
    if (upload.version !== scene.version) {
      this.gl.bindTexture(this.gl.TEXTURE_2D, upload.textures.colors);
      fillColors(this.gl, scene.colors);
      upload = Object.assign(upload, { version: scene.version });
    }
    return upload;
  }

  private upload(scene: Scene): Upload | null {
    const { gl } = this;
    const { map, image } = scene;
    const others = scene.contours;
    const rows = Math.ceil(Math.max(map.labels.length, others?.map.labels.length ?? 0) / COLORS_PER_ROW);
    const longest = Math.max(map.width, map.height, image?.width ?? 0, image?.height ?? 0, rows);
    if (longest > this.largest) return null;
    const imageBytes = image ? image.width * image.height * 4 * (4 / 3) : 4;
    const labelBytes = map.indices.byteLength + (others?.map.indices.byteLength ?? 0);
    const bytes = labelBytes + imageBytes + 2 * rows * COLORS_PER_ROW * 4;
    this.makeRoom(bytes);

    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    const labels = texture(gl, gl.NEAREST, gl.NEAREST);
    fillLabels(gl, map.indices, map.width, map.height);
    const contours = texture(gl, gl.NEAREST, gl.NEAREST);
    if (others) fillLabels(gl, others.map.indices, map.width, map.height);
    else fillLabels(gl, new Uint16Array(1), 1, 1);

    const smooth = image !== null && image.width < map.width;
    const picture = texture(
      gl,
      image ? gl.LINEAR_MIPMAP_LINEAR : gl.NEAREST,
      smooth ? gl.LINEAR : gl.NEAREST,
    );
    if (image) {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, image);
      gl.generateMipmap(gl.TEXTURE_2D);
    } else gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 1, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));

    const colors = texture(gl, gl.NEAREST, gl.NEAREST);
    fillColors(gl, scene.colors);
    const contourColors = texture(gl, gl.NEAREST, gl.NEAREST);
    fillColors(gl, others?.colors ?? new Uint8Array(4));

    const textures = { labels, image: picture, colors, contours, contourColors };
    const upload: Upload = { textures, bytes, version: scene.version };
    this.uploads.set(scene, upload);
    if (gl.getError() === gl.NO_ERROR) return upload;
    this.forget(scene);
    return null;
  }

  private makeRoom(bytes: number): void {
    let used = bytes;
    for (const upload of this.uploads.values()) used += upload.bytes;
    for (const [scene, upload] of this.uploads) {
      if (used <= MOST_BYTES) return;
      used -= upload.bytes;
      this.forget(scene);
    }
  }
}

function fillLabels(
  gl: WebGL2RenderingContext,
  indices: Uint16Array | Uint32Array,
  width: number,
  height: number,
): void {
  if (indices instanceof Uint16Array)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16UI, width, height, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, indices);
  else gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32UI, width, height, 0, gl.RED_INTEGER, gl.UNSIGNED_INT, indices);
}

function fillColors(gl: WebGL2RenderingContext, colors: Uint8Array): void {
  const rows = Math.ceil(colors.length / 4 / COLORS_PER_ROW);
  const padded = new Uint8Array(rows * COLORS_PER_ROW * 4);
  padded.set(colors);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, COLORS_PER_ROW, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, padded);
}

/** Whether the CPU does the GPU's work: browsers do not always count that as a caveat. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(String(renderer));
}

function texture(gl: WebGL2RenderingContext, minified: GLint, magnified: GLint): WebGLTexture {
  const created = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, created);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, minified);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, magnified);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return created;
}
