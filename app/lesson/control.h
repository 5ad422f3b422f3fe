#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/names.h"
#include "app/lesson/reference.h"
#include "app/scene/edit.h"

// Numbers in the text that are dragged and drive the scene, such as {padding: 0..3}.
namespace convscope::lesson {

// What a control changes: the layer's number from 0, and the cell of a tensor.
struct ControlPlace {
  std::size_t layer = 0;
  std::span<const Index> indices{};
};

enum class ControlKind { kWhole, kReal, kChoice };

// A row of the table of controls, which control_words.h has. Its name is one of the vocabulary's
// too, as the control shows what it stands at.
struct ControlWord {
  std::string_view name;    // "padding", "kernel.size"; "kernel" stands for one of its cells
  std::string_view drives;  // what it changes, in a few words
  ControlKind kind = ControlKind::kWhole;
  double least = 0.0, most = 0.0;               // of numbers
  std::span<const std::string_view> choices{};  // of kChoice
  // Returns what it stands at (of a choice its number); nullopt where the scene has no such place.
  std::optional<double> (*value)(const Scene&, const ControlPlace&) = nullptr;
  // Returns the edit that sets it; the place exists.
  Edit (*edit)(const Scene&, const ControlPlace&, double value) = nullptr;
};

using ControlValue = std::optional<double> (*)(const Scene&, const ControlPlace&);
using ControlEdit = Edit (*)(const Scene&, const ControlPlace&, double value);

// Return rows of the table.
constexpr ControlWord whole_control(std::string_view name, std::string_view drives, Index least,
                                    Index most, ControlValue value, ControlEdit edit) {
  return {
      name,  drives, ControlKind::kWhole, static_cast<double>(least), static_cast<double>(most), {},
      value, edit};
}
constexpr ControlWord real_control(std::string_view name, std::string_view drives, double least,
                                   double most, ControlValue value, ControlEdit edit) {
  return {name, drives, ControlKind::kReal, least, most, {}, value, edit};
}
constexpr ControlWord choice_control(std::string_view name, std::string_view drives,
                                     std::span<const std::string_view> choices, ControlValue value,
                                     ControlEdit edit) {
  return {name, drives, ControlKind::kChoice, 0.0, 0.0, choices, value, edit};
}

// A control of a lesson's text.
struct Control {
  const ControlWord* word = nullptr;
  std::size_t layer = 0;
  std::vector<Index> indices;
  double least = 0.0, most = 0.0, step = 1.0;  // of numbers
  std::vector<std::size_t> choices;            // of kChoice: numbers of word->choices
};

// Reads what stands behind the colon: "0..3", "-1..1 by 0.5", "zeros | reflect". Throws Error with
// what would be accepted.
Control read_control(const Reference& reference, std::string_view range);

// Returns what the control stands at in this scene (of a choice the number of word->choices);
// nullopt where the scene has no such layer or cell.
std::optional<double> control_value(const Scene& scene, const Control& control);

// Returns whether the control can stand at this value, as control_value gives it.
bool offers(const Control& control, double value);

// Writes a value of the control: "2", or the name of a choice.
std::string choice_text(const Control& control, double value);

// Returns the edit that sets the control to the value nearest to `value` that it takes; nullopt
// where the scene has no such layer or cell. `continues` is as in Edit.
std::optional<Edit> control_edit(const Scene& scene, const Control& control, double value,
                                 bool continues = false);

}  // namespace convscope::lesson
