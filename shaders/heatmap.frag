#version 330 core

// Colours the values of a plane. Row 0 of the picture is its top: ImGui shows it upright.

uniform sampler2D values;   // R32F, or RGB32F where `rgb` is set
uniform sampler2D table;    // 256 x 1: the colours of the map
uniform vec2 origin;        // cell coordinates of the picture's upper left corner
uniform float pitch;        // cells a pixel
uniform vec2 range;         // values at the ends of the map
uniform bool rgb;
uniform float grid_width;   // in pixels; 0 draws no lines
uniform vec4 grid_color;
uniform vec3 special[3];    // NaN, +infinity, -infinity

out vec4 color;

bool not_a_number(float v) {
  return (floatBitsToUint(v) & 0x7FFFFFFFu) > 0x7F800000u;
}

bool infinite(float v) {
  return (floatBitsToUint(v) & 0x7FFFFFFFu) == 0x7F800000u;
}

vec3 value_at(vec2 cell) {
  ivec2 size = textureSize(values, 0);
  return texelFetch(values, clamp(ivec2(floor(cell)), ivec2(0), size - 1), 0).rgb;
}

// The mean of what the pixel covers: at most 8 x 8 cells of it, evenly spread.
vec3 covered(vec2 cell) {
  if (pitch <= 1.0) return value_at(cell);
  int n = int(min(8.0, ceil(pitch)));
  vec3 sum = vec3(0.0);
  for (int y = 0; y < n; ++y) {
    for (int x = 0; x < n; ++x) {
      vec2 part = (vec2(x, y) + 0.5) / float(n) - 0.5;
      sum += value_at(cell + part * pitch);
    }
  }
  return sum / float(n * n);
}

void main() {
  vec2 cell = origin + gl_FragCoord.xy * pitch;
  // Pixels from the nearest border. Borders lie between pixels or on their centres; the quarter
  // keeps both away from the ends of the interval, so that all lines have the same width.
  vec2 away = (cell - floor(cell + 0.5)) / pitch - 0.25;
  if (grid_width > 0.0 && any(lessThan(abs(away), vec2(grid_width * 0.5)))) {
    color = grid_color;
    return;
  }
  vec3 value = covered(cell);
  // Not finite where any channel is not; a plane of its own has zeros in the other two.
  float sum = value.r + value.g + value.b;
  if (not_a_number(sum)) {
    color = vec4(special[0], 1.0);
  } else if (infinite(sum)) {
    color = vec4(sum > 0.0 ? special[1] : special[2], 1.0);
  } else if (rgb) {
    color = vec4(clamp(value, 0.0, 1.0), 1.0);
  } else {
    float entry = 128.0;
    if (range.x != range.y) {
      entry = clamp(floor((value.r - range.x) / (range.y - range.x) * 256.0), 0.0, 255.0);
    }
    color = vec4(texelFetch(table, ivec2(int(entry), 0), 0).rgb, 1.0);
  }
}
