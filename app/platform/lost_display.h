#pragma once

#include <functional>
#include <string>

namespace convscope::platform {

// What is done last when the X server ends, or the connection to it: Xlib then ends the program and
// can't be held. Made after the window; where there is no X (on Wayland), it has nothing to do.
// Only one object at a time.
class LostDisplay {
 public:
  // `last_act` is called on the thread that found out; then the program says why it ends, and the
  // sentence that it gives, and ends with 1.
  explicit LostDisplay(std::function<std::string()> last_act);
  ~LostDisplay();
  LostDisplay(const LostDisplay&) = delete;
  LostDisplay& operator=(const LostDisplay&) = delete;

 private:
  std::function<std::string()> last_act_;
};

}  // namespace convscope::platform
