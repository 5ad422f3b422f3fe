#include "app/files/tensor_json.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/files/scene_numbers.h"
#include "app/files/scene_reader.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

// A level of nesting around a value: "pictures", "channels" or "rows", the outermost first.
struct Level {
  const char* name;
  std::size_t count;
};

class TensorReader {
 public:
  TensorReader(const Json& json, const std::string& place) : place_(place) {
    const Json* inner = &json;
    for (; inner->is_array() && levels_.size() <= 4; inner = &inner->front()) {
      if (inner->empty()) throw Error(place_ + " has an empty list; it must be rows of numbers");
      levels_.push_back({nullptr, inner->size()});
    }
    if (levels_.size() < 2 || levels_.size() > 4)
      throw Error(place_ + " is " + short_text(json) +
                  "; it must be rows of numbers, channels of rows, or pictures of channels of "
                  "rows");
    const std::size_t outer = 4 - levels_.size();
    constexpr std::array kNames = {"picture", "channel", "row", "column"};
    for (std::size_t i = 0; i < levels_.size(); ++i)
      levels_[i].name = kNames[outer + i];
    std::array<Index, 4> size{1, 1, 1, 1};
    for (std::size_t i = 0; i < levels_.size(); ++i)
      size[outer + i] = static_cast<Index>(levels_[i].count);
    const double numel = static_cast<double>(size[0]) * static_cast<double>(size[1]) *
                         static_cast<double>(size[2]) * static_cast<double>(size[3]);
    if (numel > static_cast<double>(kMaxInputValues))
      throw Error(place_ + " would have more than " + std::to_string(kMaxInputValues) + " values");
    values_.reserve(static_cast<std::size_t>(numel));
    at_.assign(levels_.size(), 0);
    append(json, 0);
    tensor_ = Tensor({size[0], size[1], size[2], size[3]}, values_);
  }

  Tensor take() { return std::move(tensor_); }

 private:
  // Returns the position of the current value, counted from 1: "kernel.weight channel 2 row 1".
  std::string where(std::size_t level) const {
    std::string text = place_;
    for (std::size_t i = 0; i < level; ++i)
      text += std::string(" ") + levels_[i].name + " " + std::to_string(at_[i] + 1);
    return text;
  }

  void append(const Json& json, std::size_t level) {
    if (level == levels_.size()) {
      values_.push_back(number(json));
      return;
    }
    if (!json.is_array())
      throw Error(where(level) + " is " + short_text(json) + "; it must be a list, as the first " +
                  levels_[level - 1].name + " is");
    if (json.size() != levels_[level].count)
      throw Error(where(level) + " has " + std::to_string(json.size()) + " " + levels_[level].name +
                  (json.size() == 1 ? "" : "s") + "; it must have " +
                  std::to_string(levels_[level].count) + ", as the first has");
    for (std::size_t i = 0; i < json.size(); ++i) {
      at_[level] = i;
      append(json[i], level + 1);
    }
  }

  float number(const Json& json) const {
    std::string cause;
    if (json.is_number()) {
      const auto read = json.get<double>();
      const auto value = static_cast<float>(read);
      const bool vanishes = value == 0.0f && read != 0.0;
      if (std::isfinite(value) && !vanishes) return value;
      if (vanishes) cause = hidden_problem(json);
    }
    if (json == "nan") return std::numeric_limits<float>::quiet_NaN();
    if (json == "inf") return std::numeric_limits<float>::infinity();
    if (json == "-inf") return -std::numeric_limits<float>::infinity();
    throw Error(where(levels_.size()) + " is " + short_text(json) + cause +
                R"(; it must be a number of float32, "nan", "inf" or "-inf")");
  }

  std::string place_;
  std::vector<Level> levels_;
  std::vector<std::size_t> at_;
  std::vector<float> values_;
  Tensor tensor_;
};

}  // namespace

Tensor tensor_from_json(const Json& json, const std::string& place) {
  return TensorReader(json, place).take();
}

}  // namespace convscope::files
