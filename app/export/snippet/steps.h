#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/export/names.h"
#include "app/export/snippet/snippet.h"
#include "app/session/results.h"

// What a snippet computes, step by step, whatever the dialect.
namespace convscope::exports {

// One layer of it. Names end in `end`: "" for the first layer, "_2" for the second.
struct SnippetLayer {
  const LayerResults* results = nullptr;
  const ConvolutionLayer* scene = nullptr;
  std::string end = {};
  std::string input = {};  // the name of what it takes
  bool pooled = false;
  bool biased = true;  // whether its bias is added, if only as zeros
  // Whether one kernel is repeated for every channel of the input.
  bool shared() const { return !scene->kernel.layer && results->weight.shape().n > 1; }
  // The name of what it gives.
  std::string output() const;
};

// All of it, with what the helpers of a dialect must be able to do.
struct SnippetSteps {
  std::vector<SnippetLayer> layers;
  bool plane = false;   // whether every tensor is a single plane
  bool loads = false;   // whether tensors are loaded from an archive
  bool learns = false;  // whether a run of learning follows
  bool finite = true;   // whether all values are finite numbers
};

// Throws Error where a layer has no output.
SnippetSteps steps_of(const SnippetSource& source);

// Returns whether a tensor is too large to be written out.
inline bool is_loaded(const Tensor& tensor) {
  return tensor.numel() > kMaxSnippetValues;
}

// Returns the cells around a plane that the windows of a pooling read, so that an explicit padding
// by them stands for `pool`'s padding and ceil_mode.
Padding pool_reads(const Shape& input, const Pool2dOptions& pool);

// How the average of a window is divided.
enum class AverageDivisor { kWindow, kGiven, kCounted };
AverageDivisor divisor_of(const Shape& input, const Pool2dOptions& pool);

// Returns whether so many values are shown that only some are compared.
inline bool is_sampled(const Tensor& shown) {
  constexpr Index kMostCompared = 1024;
  return shown.numel() > kMostCompared;
}

// Returns every how many values of a large tensor are compared: a step that is no multiple of a
// row, so that all columns are met.
Index checked_step(const Tensor& tensor);
// Returns these values.
std::vector<float> checked_values(const Tensor& tensor);

}  // namespace convscope::exports
