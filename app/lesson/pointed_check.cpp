#include "app/lesson/pointed_check.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "app/lesson/vocabulary.h"

namespace convscope::lesson {
namespace {

// An axis of a tensor as a sentence names it.
struct Axis {
  const char* one;
  const char* more;
};
using Axes = std::array<Axis, 4>;
constexpr Axes kPlanes = {
    {{"picture", "pictures"}, {"channel", "channels"}, {"row", "rows"}, {"column", "columns"}}};
constexpr Axes kWeights = {{{"output channel", "output channels"},
                            {"input channel", "input channels"},
                            {"row", "rows"},
                            {"column", "columns"}}};

bool is_weights(std::string_view name) {
  constexpr std::array<std::string_view, 5> kNames = {"kernel", "learned", "exact", "start",
                                                      "gradient"};
  return std::ranges::find(kNames, name) != kNames.end();
}

// Returns the tensor that has the cells. What is learned has the sizes of what the scene has, also
// where the step has no run of the learning.
std::shared_ptr<const Tensor> tensor_of(const PointedPlace& place, const StepValues& values,
                                        std::string& why) {
  const WordQuery query{values, place.layer};
  const TensorWord& word = *find_tensor_word(place.name);
  std::shared_ptr<const Tensor> tensor = word.tensor(query, why);
  if (tensor != nullptr || word.scope != WordScope::kLearning) return tensor;
  const char* like = is_weights(place.name)         ? "kernel"
                     : place.name == "learned_bias" ? "bias"
                                                    : "output";
  return find_tensor_word(like)->tensor(query, why);
}

std::string span_text(const PointedPlace::Span& span) {
  if (span.last == kAllCells) return ":";
  const std::string first = std::to_string(span.first);
  return span.first == span.last ? first : first + ".." + std::to_string(span.last);
}

std::string cells_text(const PointedPlace& place) {
  std::string text;
  bool several = false;
  for (const PointedPlace::Span& span : place.spans) {
    text += (text.empty() ? "" : ", ") + span_text(span);
    several = several || span.first != span.last;
  }
  return (several ? "cells " : "cell ") + text;
}

std::string axis_text(const Axis& axis, Index size) {
  return size == 1 ? "only " + std::string(axis.one) + " is 0"
                   : std::string(axis.more) + " are 0 to " + std::to_string(size - 1);
}

}  // namespace

std::string pointed_failure(const PointedPlace& place, const StepValues& values) {
  if (place.spans.empty()) return "";
  const std::string layer =
      place.layer > 0 ? "layer" + std::to_string(place.layer + 1) + "." : std::string();
  const std::string missing = "point: " + layer + place.name + " has no " + cells_text(place);
  std::string why;
  const std::shared_ptr<const Tensor> tensor = tensor_of(place, values, why);
  if (tensor == nullptr || tensor->empty()) return missing + (why.empty() ? "" : "; " + why);
  const Shape& shape = tensor->shape();
  const std::array<Index, 4> sizes{shape.n, shape.c, shape.h, shape.w};
  const Axes& axes = is_weights(place.name) ? kWeights : kPlanes;
  const std::size_t skipped = sizes.size() - place.spans.size();
  bool there = true;
  std::string known;
  for (std::size_t i = skipped; i < sizes.size(); ++i) {
    const PointedPlace::Span& span = place.spans[i - skipped];
    there = there && span.first < sizes[i] && (span.last < sizes[i] || span.last == kAllCells);
    known += (known.empty()           ? "; its "
              : i + 1 == sizes.size() ? " and its "
                                      : ", its ") +
             axis_text(axes[i], sizes[i]);
  }
  return there ? "" : missing + known;
}

}  // namespace convscope::lesson
