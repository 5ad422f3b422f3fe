#pragma once

#include <functional>
#include <stop_token>

#include "app/files/memory_limit.h"
#include "app/scene/scene.h"
#include "app/session/names.h"
#include "app/session/training_snapshot.h"

namespace convscope::session {

// Learns on the calling thread what a scene asks for, `steps` steps from its start, and so do the
// runs that it compares. Rules that would end the run are not asked. `after_step` is called with
// the start and after each step. Returns the snapshot of the end; it has fewer steps where the run
// diverged or `stop` was requested, and none but a message where there is nothing to learn. Null if
// stopped before the start.
TrainingSnapshotPtr train_scene(const Scene& scene, Index steps, const MemoryLimit& limit = {},
                                const std::stop_token& stop = {},
                                const std::function<void(const TrainingRun&)>& after_step = {});

}  // namespace convscope::session
