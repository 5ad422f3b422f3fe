#pragma once

#include "engine/core/patterns.h"
#include "engine/learning/learning.h"
#include "tests/engine/fixture.h"
#include "tests/engine/testing.h"

// Learning problems that several tests share.
namespace convscope::engine {

// Returns the notebook's problem: the edge picture, and a target that [1, -1] reaches exactly.
inline LearningProblem edge_problem(Reduction reduction) {
  const Tensor input = make_pattern("edge", {6, 8}, 0);
  return {input, conv2d(input, Tensor::from_rows({{1, -1}})), {}, reduction};
}

// Returns a problem whose target no weight reaches.
inline LearningProblem random_problem(const Shape& input, const Shape& weight, std::uint64_t seed,
                                      const Conv2dOptions& options = {},
                                      Reduction reduction = Reduction::kMean) {
  const Shape out = conv2d_output_shape(input, weight, options);
  return {random_tensor(input, seed), random_tensor(out, seed + 1), options, reduction};
}

inline PaddingMode fixture_mode(const std::string& name) {
  if (name == "reflect") return PaddingMode::kReflect;
  if (name == "replicate") return PaddingMode::kReplicate;
  return name == "circular" ? PaddingMode::kCircular : PaddingMode::kZeros;
}

inline LearningProblem fixture_problem(const nlohmann::json& json) {
  Conv2dOptions o;
  o.stride = fixture_yx(json.at("stride"));
  o.dilation = fixture_yx(json.at("dilation"));
  const auto p = json.at("padding").get<std::vector<Index>>();
  o.padding = {p.at(0), p.at(1), p.at(2), p.at(3)};
  o.padding_mode = fixture_mode(json.at("mode"));
  o.groups = json.at("groups").get<Index>();
  o.transposed = json.at("transposed").get<bool>();
  o.output_padding = fixture_yx(json.at("output_padding"));
  return {fixture_tensor(json.at("input")), fixture_tensor(json.at("target")), o,
          json.at("reduction") == "mean" ? Reduction::kMean : Reduction::kSum};
}

inline Parameters fixture_start(const nlohmann::json& json) {
  const auto values = json.at("start").get<std::vector<float>>();
  const Shape weight = fixture_shape(json.at("weight_shape"));
  const std::span all(values);
  const auto count = static_cast<std::size_t>(weight.numel());
  return {Tensor(weight, all.first(count)), {all.begin() + weight.numel(), all.end()}};
}

}  // namespace convscope::engine
