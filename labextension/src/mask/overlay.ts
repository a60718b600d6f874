/** One triangle that covers the canvas. */
export const VERTEX_SHADER = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}`;

/**
 * The image, the labels in their colours, their contours, and the selection: white inside a selected label's
 * border, black outside. Contours are found on the screen rather than in the mask, so their width does not
 * depend on the magnification.
 */
export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;

uniform usampler2D labels;
uniform sampler2D image;
uniform sampler2D colors;
uniform usampler2D contours;      // the labels of another mask
uniform sampler2D contourColors;
uniform bool hasContours;
uniform vec2 maskSize;
uniform vec2 origin;        // mask position at the canvas's top left corner
uniform float canvasHeight; // device pixels
uniform float pixel;        // mask pixels per device pixel
uniform float lod;          // of the image
uniform bool hasImage;
uniform bool hasSelection;
uniform int mode;           // 0 off, 1 fill, 2 contours
uniform float opacity;
uniform vec3 tone;          // level of black, gain above it, exponent
uniform int channel;        // the only one that shows, -1 = all
uniform uint hovered;
uniform vec2 lineWidth;     // mask pixels: a contour's, a selection's
uniform int samples;        // per device pixel and axis
out vec4 result;

const vec2 DIRECTIONS[8] = vec2[8](
  vec2(1, 0), vec2(-1, 0), vec2(0, 1), vec2(0, -1),
  vec2(0.7, 0.7), vec2(-0.7, 0.7), vec2(0.7, -0.7), vec2(-0.7, -0.7));

bool outside(vec2 position) {
  return any(lessThan(position, vec2(0.0))) || any(greaterThanEqual(position, maskSize));
}

uint labelAt(vec2 position) {
  return outside(position) ? 0u : texelFetch(labels, ivec2(position), 0).r;
}

vec4 colorOf(uint label) {
  int width = textureSize(colors, 0).x;
  return texelFetch(colors, ivec2(int(label) % width, int(label) / width), 0);
}

vec3 toned(vec3 color) {
  if (channel >= 0) color = vec3(color[channel]);
  return pow(clamp((color - tone.x) * tone.y, 0.0, 1.0), vec3(tone.z));
}

vec4 shade(vec2 position) {
  if (outside(position)) return vec4(0.0);
  vec3 color = hasImage ? toned(textureLod(image, position / maskSize, lod).rgb) : vec3(0.0);
  uint label = labelAt(position);
  vec4 own = colorOf(label);
  bool selected = own.a > 0.5;
  bool edge = false;
  bool halo = false;
  if (label != 0u || hasSelection) {
    float reach = selected ? lineWidth.y : lineWidth.x;
    for (int i = 0; i < 8; i++) {
      uint neighbour = labelAt(position + DIRECTIONS[i] * reach);
      if (neighbour == label) continue;
      edge = true;
      halo = halo || colorOf(neighbour).a > 0.5;
    }
  }
  if (mode != 0 && label != 0u) {
    float fill = mode == 1 ? opacity : 0.0;
    if (label == hovered) fill = min(fill + 0.25, 1.0);
    float line = edge ? min(2.0 * opacity, 1.0) : 0.0;
    color = mix(color, own.rgb, max(fill, line));
  }
  if (hasContours && mode != 0) {
    uint other = texelFetch(contours, ivec2(position), 0).r;
    for (int i = 0; i < 8 && other != 0u; i++) {
      vec2 place = position + DIRECTIONS[i] * lineWidth.y;
      if (!outside(place) && texelFetch(contours, ivec2(place), 0).r == other) continue;
      int width = textureSize(contourColors, 0).x;
      color = texelFetch(contourColors, ivec2(int(other) % width, int(other) / width), 0).rgb;
      break;
    }
  }
  if (selected && edge) color = vec3(1.0);
  else if (halo) color = vec3(0.0);
  return vec4(color, 1.0);
}

void main() {
  vec2 corner = vec2(gl_FragCoord.x - 0.5, canvasHeight - gl_FragCoord.y - 0.5);
  vec4 sum = vec4(0.0);
  for (int y = 0; y < samples; y++) {
    for (int x = 0; x < samples; x++) {
      vec2 offset = (vec2(x, y) + 0.5) / float(samples);
      sum += shade(origin + (corner + offset) * pixel);
    }
  }
  result = sum / float(samples * samples);
}`;
