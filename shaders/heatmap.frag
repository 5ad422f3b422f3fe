#version 330 core

// Colours the values of a plane. Row 0 of the picture is its top: ImGui shows it upright.
// Everything is in cells, as (x, y), unless it says pixels.

uniform sampler2D values;   // R32F, or RGB32F where `rgb` is set
uniform sampler2D table;    // 256 x 1: the colours of the map
uniform sampler2D mask;     // not 0 where a cell is shown, where `masked` is set
uniform sampler2D ghost;    // like `values`, where `ghosted` is set
uniform vec3 cell_texels;   // along each axis of values, mask and ghost; at most 1
uniform ivec2 size;         // of the plane
uniform ivec4 ring;         // cells around it: left, top, right, bottom
uniform vec2 origin;        // the picture's upper left corner
uniform float pitch;        // cells a pixel
uniform vec2 range;         // values at the ends of the map, as many times as large as `values`
uniform bool rgb;
uniform bool masked;
uniform bool ghosted;
uniform ivec2 revealed;     // whole rows, and cells of the row after them
uniform int ring_mode;      // PaddingMode
uniform float grid_width;   // in pixels; 0 draws no lines
uniform vec3 grid_color;
uniform vec3 pale_color;
uniform vec2 pale;          // shares of a value's colour: in the padding, in a ghost
uniform sampler2D strips;   // not 0 where a column (row 0) or a row of pixels (row 1) is hatched
uniform bool striped;
uniform vec4 hatch;         // in pixels: pitch, width, x + y of the picture's corner; opacity
uniform vec3 text_colors[2];  // on dark and on light cells
uniform float light_cell;     // the luminance between them
uniform float mark_size;      // in pixels: heatmap_style.h; 0 marks nothing
uniform vec3 special[3];      // NaN, +infinity, -infinity

out vec4 color;

bool not_a_number(float v) {
  return (floatBitsToUint(v) & 0x7FFFFFFFu) > 0x7F800000u;
}

bool infinite(float v) {
  return (floatBitsToUint(v) & 0x7FFFFFFFu) == 0x7F800000u;
}

bool not_finite(float v) {
  return (floatBitsToUint(v) & 0x7F800000u) == 0x7F800000u;
}

// Which cell stands at position i of an axis with n cells: engine/padding.h. -1 for a zero.
int padding_source(int i, int n) {
  if (i >= 0 && i < n) return i;
  switch (ring_mode) {
    case 1: return i < 0 ? -i : 2 * (n - 1) - i;
    case 2: return i < 0 ? 0 : n - 1;
    case 3: return i < 0 ? i + n : i - n;
  }
  return -1;
}

// Not by an integer division, which software renderers are slow at.
ivec2 texel_of(ivec2 at, float texels) {
  return ivec2((vec2(at) + 0.5) * texels);
}

vec3 value_at(sampler2D plane, float texels, ivec2 at, bool in_ring) {
  if (in_ring) {
    at = ivec2(padding_source(at.x, size.x), padding_source(at.y, size.y));
    if (at.x < 0 || at.y < 0 || at.x >= size.x || at.y >= size.y) return vec3(0.0);
  }
  return texelFetch(plane, texel_of(clamp(at, ivec2(0), size - 1), texels), 0).rgb;
}

// The sum of `share` of each cell that the pixel covers: at most 8 x 8 of them, evenly spread.
vec3 summed(sampler2D plane, float texels, vec2 cell, bool in_ring, int n, float share) {
  vec3 sum = vec3(0.0);
  for (int y = 0; y < n; ++y) {
    for (int x = 0; x < n; ++x) {
      vec2 part = (vec2(x, y) + 0.5) / float(n) - 0.5;
      sum += share * value_at(plane, texels, ivec2(floor(cell + part * pitch)), in_ring);
    }
  }
  return sum;
}

// Their mean.
vec3 covered(sampler2D plane, float texels, vec2 cell, bool in_ring) {
  if (pitch <= 1.0) return value_at(plane, texels, ivec2(floor(cell)), in_ring);
  int n = int(min(8.0, ceil(pitch)));
  vec3 sum = summed(plane, texels, cell, in_ring, n, 1.0);
  // The sum of large values may be infinite where none of them is.
  if (not_finite(sum.r) || not_finite(sum.g) || not_finite(sum.b))
    return summed(plane, texels, cell, in_ring, n, 1.0 / float(n * n));
  return sum / float(n * n);
}

vec3 color_of(vec3 value) {
  // Not finite where any channel is not; a plane of its own has zeros in the other two.
  if (not_finite(value.r) || not_finite(value.g) || not_finite(value.b)) {
    float sum = value.r + value.g + value.b;
    return not_a_number(sum) ? special[0] : sum > 0.0 ? special[1] : special[2];
  }
  if (rgb) return clamp(value, 0.0, 1.0);
  float entry = 128.0;
  if (range.x != range.y) {
    // Of a quarter of everything, which is exact, lest a difference be infinite.
    vec3 q = vec3(value.r, range) * 0.25;
    entry = clamp(floor((q.x - q.y) / (q.z - q.y) * 256.0), 0.0, 255.0);
  }
  return texelFetch(table, ivec2(int(entry), 0), 0).rgb;
}

bool shown(ivec2 at) {
  if (at.y < revealed.x || (at.y == revealed.x && at.x < revealed.y)) return true;
  return masked && texelFetch(mask, texel_of(at, cell_texels.y), 0).r != 0.0;
}

float luminance(vec3 c) {
  vec3 linear = mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), greaterThan(c, vec3(0.04045)));
  return dot(linear, vec3(0.2126, 0.7152, 0.0722));
}

vec3 ink_on(vec3 under) {
  return text_colors[luminance(under) > light_cell ? 1 : 0];
}

// Whether the pixel is part of the mark of a value beyond the range.
bool is_mark(float v, vec2 cell) {
  bool above = v > max(range.x, range.y);
  if ((!above && !(v < min(range.x, range.y))) || infinite(v)) return false;
  float side = 1.0 / pitch;
  if (side < 2.0 * mark_size) {
    ivec2 pixel = ivec2(gl_FragCoord.xy) + (above ? 0 : 2);
    return (pixel.x & 3) == 0 && (pixel.y & 3) == 0;
  }
  vec2 from = (cell - floor(cell)) * side;
  if (above) from.x = side - from.x;
  else from.y = side - from.y;
  // The quarter keeps centres of pixels away from the slope.
  return from.x + from.y < mark_size + 0.25;
}

vec3 shown_color(vec2 cell) {
  vec3 value = covered(values, cell_texels.x, cell, false);
  vec3 c = color_of(value);
  return mark_size > 0.0 && !rgb && is_mark(value.r, cell) ? ink_on(c) : c;
}

vec3 cell_color(vec2 cell) {
  // A pixel may reach beyond the last cell, where cells are small.
  ivec2 at = clamp(ivec2(floor(cell)), -ring.xy, size + ring.zw - 1);
  if (any(lessThan(at, ivec2(0))) || any(greaterThanEqual(at, size))) {
    return mix(pale_color, color_of(covered(values, cell_texels.x, cell, true)), pale.x);
  }
  if (shown(at)) return shown_color(cell);
  if (!ghosted) return pale_color;
  return mix(pale_color, color_of(covered(ghost, cell_texels.z, cell, false)), pale.y);
}

bool is_hatched() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  return texelFetch(strips, ivec2(pixel.x, 0), 0).r > 0.0 ||
         texelFetch(strips, ivec2(pixel.y, 1), 0).r > 0.0;
}

vec3 hatched_over(vec3 under) {
  float along = mod(hatch.z + gl_FragCoord.x + gl_FragCoord.y, hatch.x);
  float away = min(along, hatch.x - along) * 0.70710678;
  float line = clamp(hatch.y * 0.5 + 0.5 - away, 0.0, 1.0);
  return mix(under, ink_on(under), line * hatch.w);
}

void main() {
  vec2 cell = origin + gl_FragCoord.xy * pitch;
  // Pixels from the nearest border. Borders lie between pixels or on their centres; the quarter
  // keeps both away from the ends of the interval, so that all lines have the same width.
  vec2 away = (cell - floor(cell + 0.5)) / pitch - 0.25;
  if (grid_width > 0.0 && any(lessThan(abs(away), vec2(grid_width * 0.5)))) {
    color = vec4(grid_color, 1.0);
    return;
  }
  vec3 c = cell_color(cell);
  if (striped && is_hatched()) c = hatched_over(c);
  color = vec4(c, 1.0);
}
