#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Unsaved changes that a run has left behind.
struct RecoveryOffer {
  std::string file;  // that the scene is of; empty for none
  std::filesystem::file_time_type time;
  bool file_is_newer = false;
  std::size_t others = 0;  // older ones, of other runs
};

enum class RecoveryAnswer { kGoOn, kDiscard, kLater };

// Asks whether to go on with them, while there are some; gives the answer in the frame in which it
// is made.
std::optional<RecoveryAnswer> draw_recovery_question(const PanelContext& context,
                                                     const std::optional<RecoveryOffer>& offer);

}  // namespace convscope::panels
