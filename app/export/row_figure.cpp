#include "app/export/row_figure.h"

#include <cmath>
#include <string>
#include <utility>

#include "app/export/plane_block.h"
#include "app/look/operation_sign.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"

namespace convscope::exports {
namespace {

std::string brief(Yx pair) {
  return pair.y == pair.x ? std::to_string(pair.y) : pair_text(pair);
}

std::string with(const std::string& text, const std::string& more) {
  return text + (text.empty() || more.empty() ? "" : " · ") + more;
}

std::string bias_note(const Source& source) {
  const std::vector<float>& bias = source.layer_results().bias;
  const auto channel = static_cast<std::size_t>(source.channel);
  if (channel >= bias.size() || bias[channel] == 0.0f) return "";
  return "bias " + number_text(static_cast<double>(bias[channel]), 4);
}

}  // namespace

std::string stride_note(Yx stride, Yx dilation) {
  std::string note;
  if (stride != Yx{1, 1}) note = "stride " + brief(stride);
  if (dilation != Yx{1, 1}) note = with(note, "dilation " + brief(dilation));
  return note;
}

std::string pool_note(const ConvolutionLayer& layer) {
  const Pool2dOptions& pool = layer.pool.options;
  std::string note = pool.kind == PoolKind::kMax ? "max " : "average ";
  note += size_text(pool.kernel);
  if (pool.stride != pool.kernel) note += " · stride " + brief(pool.stride);
  return with(layer.relu ? "ReLU" : "", note);
}

Figure row_figure(const Source& source) {
  const ConvolutionLayer& layer = source.shown_layer();
  const RowParts& shown = source.row_shown;
  Figure figure;
  const auto put = [&](HeatmapBlock block, bool held_back) {
    block.held_back = held_back;
    figure.blocks.emplace_back(std::move(block));
  };
  if (shown.input) put(input_block(source), source.row_held_back.input);
  if (shown.kernel) {
    if (shown.input)
      figure.blocks.emplace_back(SignBlock{operation_sign(layer.kernel, layer.conv),
                                           stride_note(layer.conv.stride, layer.conv.dilation)});
    put(kernel_block(source), source.row_held_back.kernel);
  }
  if (shown.output) {
    if (shown.kernel) figure.blocks.emplace_back(SignBlock{"=", bias_note(source)});
    put(stage_block(source, StagePart::kOutput), source.row_held_back.output);
  }
  if (shown.pooled && source.layer_results().pooled && is_pooling(layer.pool)) {
    if (shown.output || shown.kernel)
      figure.blocks.emplace_back(SignBlock{shown.output ? "→" : "=", pool_note(layer)});
    put(stage_block(source, StagePart::kPooled), source.row_held_back.pooled);
  }
  if (figure.blocks.empty()) throw Error("the layer has no pooling, and nothing else is shown");
  return figure;
}

}  // namespace convscope::exports
