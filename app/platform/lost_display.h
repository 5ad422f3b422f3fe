#pragma once

#include <functional>
#include <string>

#include "app/platform/names.h"

namespace convscope::platform {

// Does a last action when the X server or the connection to it ends: Xlib then ends the program,
// which can't be prevented. Must be created after the window. Does nothing where there is no X (on
// Wayland). Only one object may exist at a time.
class LostDisplay {
 public:
  // `last_act` is called on the thread that noticed the loss. Then the program prints why it ends
  // and the sentence that `last_act` returned, and exits with 1.
  explicit LostDisplay(std::function<std::string()> last_act);
  ~LostDisplay();
  LostDisplay(const LostDisplay&) = delete;
  LostDisplay& operator=(const LostDisplay&) = delete;

 private:
  std::function<std::string()> last_act_;
};

}  // namespace convscope::platform
