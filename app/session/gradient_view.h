#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/files/memory_limit.h"
#include "app/scene/stage.h"
#include "app/session/backward.h"
#include "app/session/names.h"
#include "app/session/stage_view.h"
#include "engine/explain/explain_chain.h"

// Makes what the Layers page shows of the gradients of one stage: pictures of all their planes, as
// stage_view.h makes them of the values.
namespace convscope::session {

using BackwardPtr = std::shared_ptr<const BackwardResults>;

// Which gradients are looked at. What does not exist is replaced by the nearest that does.
struct GradientLook {
  LayerStage stage;
  Index sample = 0;
  Index channel = 0;        // of the layer's input, whose sum over output channels is shown
  Index scene_channel = 0;  // of the scene's input
  friend bool operator==(const GradientLook&, const GradientLook&) = default;
};

struct GradientRequest {
  BackwardPtr backward;  // with gradients
  GradientLook look;
};

// What the cards show of a stage's gradients.
struct GradientView {
  BackwardPtr backward;
  GradientLook look;       // as it exists
  Index first_output = 0;  // the first output channel that sums the look's channel
  // All steps of the chain up to the plane of the loss, and how many of them come before the
  // layer, and up to the stage.
  std::vector<ChainStep> steps;
  std::size_t before = 0, through = 0;
  PlanePreviews original;  // ∂L/∂X of the scene's input, one plane; empty for the first layer
  PlanePreviews input;     // ∂L/∂X of the layer
  PlanePreviews maps;      // of the stage; empty where no gradient comes through it
  PlanePreviews terms;     // what each output channel gives to the gradient of the look's channel
  PlanePreviews sum;       // that gradient, one plane

  const LayerGradients& layer() const { return backward->layers[look.stage.layer]; }
  const Scene& scene() const { return backward->request.results->scene; }
  // Returns the gradient of the stage's values; null where the loss is a value before that stage.
  TensorPtr stage() const;
};

// Returns the stage whose plane the loss is in, or is computed from.
LayerStage loss_stage(const Scene& scene, std::size_t layers);

// Returns for each output channel of layer `last` whether it depends on this channel of the input
// of layer `first`, which is `last` or one before it.
std::vector<bool> reached_maps(const BackwardResults& backward, std::size_t first, Index channel,
                               std::size_t last);

// Returns the view; nullopt if stopped. It has no pictures if they would need more memory than
// `limit`.
std::optional<GradientView> make_gradient_view(const GradientRequest& request,
                                               const std::stop_token& stop = {},
                                               const MemoryLimit& limit = {});

}  // namespace convscope::session
