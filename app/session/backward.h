#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/files/memory_limit.h"
#include "app/session/names.h"
#include "app/session/results.h"
#include "app/session/training_snapshot.h"

// The gradient of a loss L, backward through the layers of a scene. scene::GradientSource says what
// the loss is; the last of the layers gives the result R that it depends on.
namespace convscope::session {

// How much of a plane's gradient goes backward, while a sweep shows it cell by cell: that of the
// first `cells` cells of each plane in reading order.
struct SweptGradient {
  bool pooled = false;  // whether the plane is the pooled one, else that of the convolution
  Index cells = 0;
  friend bool operator==(const SweptGradient&, const SweptGradient&) = default;
};

struct BackwardRequest {
  ResultsPtr results;      // null for none
  std::size_t layers = 1;  // so many of them, from the first
  // The snapshot whose error is the source; null for another source.
  TrainingSnapshotPtr training;
  std::optional<SweptGradient> swept;  // in the first layer
  bool way = true;  // whether it is shown how ∂L/∂X comes about: `framed` and `spread`
  friend bool operator==(const BackwardRequest&, const BackwardRequest&) = default;
};

// The gradients of one layer, each of the shape of its plane: as many data members as planes.
struct LayerGradients {
  TensorPtr pooled;     // ∂L/∂P; null where the gradient did not come through a pooling
  TensorPtr activated;  // ∂L/∂max(Y, 0); the same as `output` where there is no ReLU
  TensorPtr output;     // ∂L/∂Y
  // What of `pooled` and `output` goes on: all of it, or while a sweep shows it the cells that it
  // has reached.
  TensorPtr pooled_reached, output_reached;
  TensorPtr input;  // ∂L/∂X
  // ∂L/∂X with the gradients of the padding's cells around it, [N, C, top + H + bottom, left + W +
  // right]; null without padding, for a transposed convolution, whose padding takes cells off, and
  // where the way is not shown.
  TensorPtr framed;
  // The output's gradient with the zeros that the stride puts between its cells, and those around
  // them (stride_spread); null for a transposed convolution, where it would be very large, and
  // where the way is not shown.
  TensorPtr spread;
  std::string no_spread;    // one sentence why it would be too large; else empty
  TensorPtr mask;           // 1 where ReLU lets the gradient through, else 0; null without ReLU
  Tensor kernel;            // ∂L/∂W, of the shape of the scene's weight
  std::vector<float> bias;  // as many as the scene has
  // The layer that the gradient went through. For the error of the learning it is the learned one:
  // its weight is Ŵ, and its output stands only for the shape.
  LayerResults layer;
};

struct BackwardResults {
  BackwardRequest request;
  std::vector<LayerGradients> layers;  // as many as asked for; empty where there is an error
  std::string error;                   // one sentence why there is no gradient; else empty
  BackwardScene loss = {};  // the scene's, with its cell chosen (loss_of); without an error
};

// Returns whether the gradient of a source begins before the last ReLU and the last pooling.
inline bool begins_at_output(GradientSource source) {
  return source == GradientSource::kOutputCell || source == GradientSource::kError;
}

// Returns the plane in which the gradient of a source other than kError begins: the result of the
// last layer, or its output. The layer has an output.
const Tensor& seed_plane(const BackwardScene& backward, const LayerResults& last);

// Returns ∂L/∂R of a loss that depends on a result R of the shape `result`; not for kError.
Tensor gradient_seed(const BackwardScene& backward, const Shape& result);

// Returns the cell that is the loss of kCell and kOutputCell: the chosen one, brought inside; the
// middle one where none is chosen, for which loss_of (loss_cell.h) may choose a better one.
struct SeedCell {
  Index sample = 0, channel = 0;
  Yx cell;
};
SeedCell seed_cell(const BackwardScene& backward, const Shape& result);

// Computes the gradients; nullopt if stopped. They need no more memory than `limit`, or the error
// says so.
std::optional<BackwardResults> go_backward(const BackwardRequest& request,
                                           const std::stop_token& stop,
                                           const MemoryLimit& limit = {});

// Goes back to the output of this layer alone, and looks at no sweep. Returns its gradients but for
// those of the input and the parameters; nullopt if stopped. To be called for a request of which
// go_backward() gives no error.
std::optional<LayerGradients> go_to_output(const BackwardRequest& request, std::size_t layer,
                                           const std::stop_token& stop);

}  // namespace convscope::session
