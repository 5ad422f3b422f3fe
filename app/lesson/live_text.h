#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/lesson/control.h"
#include "app/lesson/names.h"
#include "app/lesson/reference.h"
#include "app/lesson/stated.h"

namespace convscope::lesson {

// What stands in braces in a lesson's text: {output.shape}, with what the author states
// {output.shape = 6 × 7}, as a control {padding: 0..3}, or as both {padding: 0..3 = 1}.
struct LiveText {
  Reference reference;
  std::optional<Control> control;
  std::optional<Stated> stated;
};

// Reads what stands between the braces. Throws Error with what is wrong and what would be accepted.
LiveText read_live_text(std::string_view inside);

// Reads what is stated of a reference. Throws Error where it is no value of its kind.
Stated read_stated_for(const Reference& reference, std::string_view text);

// What is shown in its place.
struct ShownValue {
  std::string text;           // "—" where there is no value
  std::optional<bool> holds;  // whether what the author states is so now; nullopt if nothing is
  std::string missing;        // why there is no value, as the rest of a sentence; else empty
};

// Returns the present value, with the digits that the author stated, or with more where these would
// not tell it from what is stated.
ShownValue shown_value(const LiveText& live, const StepValues& values);

// Returns the value, and behind one that differs what the author states: "5 × 6 (stated: 6 × 7)".
std::string text_with_stated(const LiveText& live, const ShownValue& shown);

// Returns one sentence on what the author states and what is so: "output.shape is 5 × 6, and 6 × 7
// is stated"; empty where it holds or nothing is stated.
std::string failure_text(const LiveText& live, const StepValues& values);

}  // namespace convscope::lesson
