#include "app/platform/lost_display.h"

#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <utility>

namespace convscope::platform {
namespace {

// A global, because Xlib passes nothing to the handler that would lead to an object.
std::atomic<const std::function<std::string()>*> last_act{nullptr};

using Handler = int (*)(void* display);
using SetHandler = Handler (*)(Handler);

// Called by Xlib, which ends the program when this returns, with exit(). That would destroy objects
// that other threads still use.
int end_without_display(void*) {
  std::string text = "convscope: The connection to the X server was lost.";
  if (const auto* act = last_act.exchange(nullptr)) text += " " + (*act)();
  text += "\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
  _exit(1);
}

// Returns the function of the Xlib that GLFW has loaded; null if it has loaded none.
SetHandler set_handler() {
  void* xlib = dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
  if (xlib == nullptr) return nullptr;
  const auto set = reinterpret_cast<SetHandler>(dlsym(xlib, "XSetIOErrorHandler"));
  dlclose(xlib);  // GLFW keeps it loaded
  return set;
}

}  // namespace

LostDisplay::LostDisplay(std::function<std::string()> act) : last_act_(std::move(act)) {
  last_act = &last_act_;
  if (const SetHandler set = set_handler()) set(end_without_display);
}

LostDisplay::~LostDisplay() {
  last_act = nullptr;
}

}  // namespace convscope::platform
