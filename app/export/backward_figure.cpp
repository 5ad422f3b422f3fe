#include "app/export/backward_figure.h"

#include <string>

#include "app/export/gradient_block.h"
#include "app/export/plane_block.h"
#include "app/export/row_figure.h"

namespace convscope::exports {
namespace {

// Puts ∂L/∂W below, as the sum over the input that it is. Its stride is the layer's dilation, and
// its dilation the layer's stride. A transposed convolution exchanges input and gradient.
void put_kernel(const Source& source, const LayerGradients& gradients, Figure& figure) {
  const auto first = std::ssize(figure.blocks);
  const Conv2dOptions& options = gradients.layer.options;
  figure.blocks.emplace_back(kernel_gradient_block(source));
  const HeatmapBlock input = input_block(source);
  const HeatmapBlock output = output_gradient_block(source);
  // What several channels or pictures give is added up.
  const bool summed =
      gradients.kernel.shape() != gradients.layer.weight.shape() || output.tensor->shape().n > 1;
  figure.blocks.emplace_back(SignBlock{summed ? "= Σ" : "=", ""});
  figure.blocks.emplace_back(options.transposed ? output : input);
  figure.blocks.emplace_back(SignBlock{"⋆", stride_note(options.dilation, options.stride)});
  figure.blocks.emplace_back(options.transposed ? input : output);
  figure.rows = {first, std::ssize(figure.blocks) - first};
}

}  // namespace

Figure backward_figure(const Source& source) {
  const LayerGradients& gradients = require_gradients(source);
  const Conv2dOptions& options = gradients.layer.options;
  Figure figure;
  figure.blocks.emplace_back(input_gradient_block(source));
  figure.blocks.emplace_back(SignBlock{"=", ""});
  figure.blocks.emplace_back(turned_kernel_block(source));
  const Yx stride = options.transposed ? options.stride : Yx{1, 1};
  figure.blocks.emplace_back(SignBlock{"⋆", stride_note(stride, options.dilation)});
  figure.blocks.emplace_back(spread_gradient_block(source));
  const ConvolutionLayer& layer = source.shown_layer();
  if (gradients.pooled && is_pooling(layer.pool)) {
    figure.blocks.emplace_back(SignBlock{"←", pool_note(layer)});
    figure.blocks.emplace_back(pooled_gradient_block(source));
  }
  put_kernel(source, gradients, figure);
  return figure;
}

}  // namespace convscope::exports
