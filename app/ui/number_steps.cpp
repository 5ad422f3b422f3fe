#include "app/ui/number_steps.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "app/ui/imgui_shim.h"
#include "app/ui/wheel.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

// Returns the step: fine with Shift, coarse with Ctrl; whole numbers stay whole.
double step_of(const NumberLimits& limits) {
  if (ctrl_down()) return limits.step * 10.0;
  return shift_down() && !limits.integer ? limits.step / 10.0 : limits.step;
}

// A number by the fewest decimals that give the same float: 1.9, not 1.89999998.
struct Decimal {
  double value = 0.0;
  int decimals = 0;
};

double read_double(std::string_view text) {
  double value = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Decimal decimal_of(double value) {
  std::array<char, 32> buffer;
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                     static_cast<float>(value), std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  const std::size_t point = text.find('.');
  const auto fraction = point < e ? static_cast<int>(e - point) - 1 : 0;
  const auto power =
      static_cast<int>(read_double(text.substr(text.find_first_of("-0123456789", e + 1))));
  return {read_double(text), std::max(0, fraction - power)};
}

// Takes away what binary fractions leave of decimal steps.
double rounded_to(double value, int decimals) {
  std::array<char, 128> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value,
                                          std::chars_format::fixed, decimals);
  return error == std::errc() ? read_double({text.data(), end}) : value;
}

// Where steps begin, and the decimals that they need. No step leads away from NaN or an infinity,
// so these count as zero.
Decimal start_of(double value, const NumberLimits& limits) {
  const Decimal start = decimal_of(std::isfinite(value) ? value : limited(0.0, limits));
  return {limits.integer && std::isfinite(value) ? value : start.value,
          std::max(start.decimals, decimal_of(step_of(limits)).decimals)};
}

}  // namespace

std::string limits_text(const NumberLimits& limits) {
  return number_text(limits.lo) + " to " + number_text(limits.hi);
}

double limited(double value, const NumberLimits& limits) {
  value = std::clamp(value, limits.lo, limits.hi);
  return limits.integer ? std::round(value) : value;
}

bool differ(double a, double b, const NumberLimits& limits) {
  return limits.integer ? a != b : static_cast<float>(a) != static_cast<float>(b);
}

EditEvent drag_number(Ui& ui, ImGuiID id, bool hovered, bool active, double& value,
                      const NumberLimits& limits) {
  EditState& edit = ui.edit;
  const ImGuiIO& io = ImGui::GetIO();
  const auto [before, decimals] = start_of(value, limits);
  EditEvent event;
  if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) edit.selected = id;
  if (active && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    if (edit.drag.control != id) {
      edit.drag.control = id;
      edit.drag.value = before;
      edit.drag.moved = edit.drag.changed = false;
    }
    if (ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
      // Includes the first pixels, during which a drag can't be told from a click.
      const ImVec2 moved =
          edit.drag.moved ? io.MouseDelta : ImGui::GetMouseDragDelta(ImGuiMouseButton_Left);
      edit.drag.moved = true;
      const double pixels = static_cast<double>((moved.x - moved.y) / ui.theme.scale);
      edit.drag.value =
          std::clamp(edit.drag.value + pixels * step_of(limits) / 4.0, limits.lo, limits.hi);
      // Rounds to whole steps, so that dragging gives round numbers.
      const double grain = limits.integer ? 1.0 : std::min(step_of(limits), limits.step);
      const double offset = std::abs(before - std::round(before / grain) * grain) < grain * 1e-3
                                ? 0.0
                                : before - std::floor(before / grain) * grain;
      const double rounded =
          limited(std::round((edit.drag.value - offset) / grain) * grain + offset, limits);
      if (std::abs(rounded - before) > grain * 1e-3) {
        value = rounded_to(rounded, decimals);
        event = {true, edit.drag.changed};
        edit.drag.changed = true;
      }
    }
  } else if (edit.drag.control == id) {
    edit.drag.control = 0;
  }
  const bool wheel = hovered && !active && takes_wheel(edit, id);
  if (const int steps = wheel_steps_over(ui, id, wheel); steps != 0) {
    event = step_number(steps, value, limits, false);
    if (event) event.continues = wheel_continues(edit);
  }
  return event;
}

EditEvent step_number(int steps, double& value, const NumberLimits& limits, bool continues) {
  const Decimal start = start_of(value, limits);
  const double moved = rounded_to(start.value + steps * step_of(limits), start.decimals);
  const double stepped = limited(moved, limits);
  if (!differ(stepped, value, limits)) return {};
  value = stepped;
  return {true, continues};
}

}  // namespace convscope::ui
