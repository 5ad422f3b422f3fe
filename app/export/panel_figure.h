#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// What a figure can show.
enum class Panel {
  kInput,
  kKernel,
  kOutput,
  kActivated,
  kPooled,
  kError,
  kTarget,
  kWeights,
  kGradient,
  kLoss,
  kRow,
  kMaps,
  kExplanation,
  kPooledGradient,
  kOutputGradient,
  kKernelGradient,
  kInputGradient,
  kBackward,
  kLandscape,
  kMomentumMap,
  kDirections,
  kFrequency,
  kSeparable,
  kMatrixRow,
  kChain,
};

// Returns the names of all panels, in the order of Panel.
std::span<const std::string_view> panel_names();
// Returns whether it shows what is learned.
bool learns(Panel panel);
// Returns whether it shows the gradients of the layers.
bool goes_backward(Panel panel);

// Returns the figure of a panel. Throws Error, with the reason, where the source has nothing to
// show there, and where source.cell is no cell of the output.
Figure panel_figure(Panel panel, const Source& source);

// Returns the values behind a figure of one tensor, with all its planes. Throws Error for a panel
// that shows several, and as panel_figure does.
std::shared_ptr<const Tensor> panel_tensor(Panel panel, const Source& source);
// Returns the plane that the figure shows, [1, 1, H, W].
Tensor panel_plane(Panel panel, const Source& source);

}  // namespace convscope::exports
