#pragma once

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"
#include "tests/engine/fixture.h"

// Reads the options of the fixtures that PyTorch made.
namespace convscope::engine {

inline PaddingMode mode_of(const std::string& name) {
  if (name == "reflect") return PaddingMode::kReflect;
  if (name == "replicate") return PaddingMode::kReplicate;
  return name == "circular" ? PaddingMode::kCircular : PaddingMode::kZeros;
}

// Returns the options of a convolution's case.
inline Conv2dOptions conv_options(const nlohmann::json& c) {
  Conv2dOptions o;
  o.stride = fixture_yx(c.at("stride"));
  o.dilation = fixture_yx(c.at("dilation"));
  o.padding_mode = mode_of(c.at("mode"));
  o.groups = c.at("groups").get<Index>();
  o.transposed = c.at("transposed").get<bool>();
  o.output_padding = fixture_yx(c.at("output_padding"));
  const nlohmann::json& p = c.at("padding");
  if (p == "same") {
    const Shape weight = fixture_shape(c.at("weight").at("shape"));
    o.padding = same_padding({weight.h, weight.w}, o.dilation);
  } else if (p != "valid") {
    o.padding = {p.at(0).get<Index>(), p.at(1).get<Index>(), p.at(2).get<Index>(),
                 p.at(3).get<Index>()};
  }
  return o;
}

// Returns the options of a pooling's case.
inline Pool2dOptions pool_options(const nlohmann::json& c) {
  Pool2dOptions o;
  o.kind = c.at("kind") == "max" ? PoolKind::kMax : PoolKind::kAverage;
  o.kernel = fixture_yx(c.at("kernel"));
  o.stride = fixture_yx(c.at("stride"));
  const Yx p = fixture_yx(c.at("padding"));
  o.padding = {p.y, p.x, p.y, p.x};
  o.dilation = fixture_yx(c.at("dilation"));
  o.ceil_mode = c.at("ceil_mode").get<bool>();
  o.count_include_pad = c.at("count_include_pad").get<bool>();
  o.divisor_override = c.at("divisor_override").get<Index>();
  return o;
}

}  // namespace convscope::engine
