#include "app/files/examples.h"

#include <array>

#include "app/files/scene_file.h"
#include "embedded/example_dilation.h"
#include "embedded/example_dropped_cells.h"
#include "embedded/example_edge.h"
#include "embedded/example_first_sum.h"
#include "embedded/example_horizontal_edges.h"
#include "embedded/example_learning_rates.h"
#include "embedded/example_momentum_valley.h"
#include "embedded/example_one_gradient.h"
#include "embedded/example_optimizers.h"
#include "embedded/example_padding.h"
#include "embedded/example_relu_mask.h"
#include "embedded/example_separable_blur.h"
#include "embedded/example_spread_gradient.h"
#include "embedded/example_too_much_momentum.h"
#include "embedded/example_transposed_convolution.h"
#include "embedded/example_two_layers.h"
#include "embedded/example_unlearnable.h"
#include "embedded/example_winner.h"

namespace convscope::files {
namespace {

constexpr std::array kExamples = {
    Example{"edge", "Edges: the lesson", Page::kKernel, embedded::example_edge},
    Example{"first-sum", "A first sum: 2 × 2 on 3 × 3", Page::kKernel, embedded::example_first_sum},
    Example{"horizontal-edges", "Edges that this kernel can't see", Page::kKernel,
            embedded::example_horizontal_edges},
    Example{"padding", "Padding: the border", Page::kKernel, embedded::example_padding},
    Example{"dropped-cells", "Stride: dropped cells", Page::kKernel,
            embedded::example_dropped_cells},
    Example{"dilation", "Dilation: a wider view", Page::kKernel, embedded::example_dilation},
    Example{"separable-blur", "A separable blur", Page::kKernel, embedded::example_separable_blur},
    Example{"transposed-convolution", "Transposed convolution", Page::kKernel,
            embedded::example_transposed_convolution},
    Example{"two-layers", "Two layers, ReLU and pooling", Page::kLayers,
            embedded::example_two_layers},
    Example{"one-gradient", "Backward: one cell's gradient", Page::kKernel,
            embedded::example_one_gradient},
    Example{"spread-gradient", "Backward: a stride spreads zeros", Page::kKernel,
            embedded::example_spread_gradient},
    Example{"winner", "Backward: the winner takes it all", Page::kKernel, embedded::example_winner},
    Example{"relu-mask", "Backward: ReLU's mask", Page::kKernel, embedded::example_relu_mask},
    Example{"learning-rates", "Learning: the cliff", Page::kKernel,
            embedded::example_learning_rates},
    Example{"optimizers", "Learning: a long valley", Page::kKernel, embedded::example_optimizers},
    Example{"momentum-valley", "Learning: momentum in a long valley", Page::kKernel,
            embedded::example_momentum_valley},
    Example{"too-much-momentum", "Learning: too much momentum", Page::kKernel,
            embedded::example_too_much_momentum},
    Example{"unlearnable", "Learning: what can't be learned", Page::kKernel,
            embedded::example_unlearnable},
};

}  // namespace

std::span<const Example> examples() {
  return kExamples;
}

std::string example_text(const Example& example) {
  const std::span<const unsigned char> json = example.json();
  return {json.begin(), json.end()};
}

Scene example_scene(const Example& example) {
  return parse_scene(example_text(example), {});
}

}  // namespace convscope::files
