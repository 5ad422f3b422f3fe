#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Unsaved changes of an earlier run that crashed.
struct RecoveryOffer {
  std::string file;                      // the file of the scene; empty if it has none
  std::filesystem::file_time_type time;  // when the changes were kept
  bool file_is_newer = false;            // whether the file was changed after that
  std::size_t others = 0;                // the number of older offers, of other runs
};

enum class RecoveryAnswer { kGoOn, kDiscard, kLater };

// Draws the question whether to go on with the offered changes, as long as there is an offer.
// Returns the user's answer in the frame in which it is given, and otherwise nullopt.
std::optional<RecoveryAnswer> draw_recovery_question(const PanelContext& context,
                                                     const std::optional<RecoveryOffer>& offer);

}  // namespace convscope::panels
