#pragma once

#include <functional>
#include <stop_token>

#include "app/export/names.h"
#include "app/export/source.h"
#include "app/files/memory_limit.h"
#include "app/scene/scene.h"

namespace convscope::exports {

// How much memory the results of a scene and its learning may take; unlimited by default.
struct SourceLimits {
  MemoryLimit results;
  MemoryLimit learning;
};

// Called with the finished share of a long computation.
using Progress = std::function<void(const char* what, double share)>;

// Evaluates a scene, which is shown as its author set it. Nothing is learned.
Source source_of(const Scene& scene, const SourceLimits& limits = {});

// Adds a run of the scene's learning with so many steps, and all its rows. `after_step` is called
// as train_scene does. Throws Error where there is nothing to learn.
void learn(Source& source, Index steps, const SourceLimits& limits = {},
           const Progress& progress = {},
           const std::function<void(const TrainingRun&)>& after_step = {});

// Adds the gradients of all layers, from what the scene says the loss is. For the error of the
// learning learn() must have been called. Where there are none, the source says why.
void go_backward(Source& source, const SourceLimits& limits = {});

}  // namespace convscope::exports
