#pragma once

#include <string_view>

#include "app/ui/names.h"
#include "app/ui/number_input.h"
#include "app/ui/ui.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

struct FieldOptions {
  NumberLimits limits;
  int digits = 4;                 // number of significant digits
  const char* tooltip = nullptr;  // the limits are appended
  float width = 0.0f;             // of the box in pixels; 0 gives about five digits
};

// Draws a small number after its label: drag it, click and scroll it, double click or Ctrl+click to
// type.
EditEvent float_field(Ui& ui, const char* name, std::string_view label, float& value,
                      const FieldOptions& options = {});
EditEvent int_field(Ui& ui, const char* name, std::string_view label, Index& value, Index lo,
                    Index hi, const char* tooltip = nullptr);
// Draws two whole numbers, y then x, in one box: "2, 2". Either is typed alone, or both: "6, 8",
// "6 8", "6x8". The box has room for the numbers `widest`, by default `hi`, and keeps its width
// whatever they are. Registers "name/y" and "name/x".
EditEvent pair_field(Ui& ui, const char* name, std::string_view label, Yx& value, Yx lo, Yx hi,
                     const char* tooltip = nullptr, Yx widest = {});

float field_width(const Ui& ui, std::string_view label, float box = 0.0f);
float pair_width(const Ui& ui, std::string_view label, Yx widest);
// Draws a label that changes, so that the next item begins where it does beside one of `width`
// pixels.
void label_within(Ui& ui, std::string_view text, float width);

}  // namespace convscope::ui
