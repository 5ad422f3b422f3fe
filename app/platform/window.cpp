#include "app/platform/window.h"

#include <imgui.h>
// The backend's header only forward-declares GLFW's types.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "app/gl/frame.h"
#include "app/gl/no_display.h"
#include "app/platform/gui.h"

namespace convscope::platform {
namespace {

constexpr double kFrame = 1.0 / 60.0;  // seconds
// ImGui needs one or two more frames after an event: first hovering, then tooltips and sizes.
constexpr int kSettleFrames = 3;

std::string glfw_reason() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? text : "no reason was given";
}

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

GLFWwindow* open_window(PixelSize size, const std::string& title) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  GLFWwindow* window = glfwCreateWindow(size.width, size.height, title.c_str(), nullptr, nullptr);
  if (window != nullptr) return window;
  // X servers without GLX may still have EGL.
  glfwWindowHint(GLFW_CONTEXT_CREATION_API, GLFW_EGL_CONTEXT_API);
  return glfwCreateWindow(size.width, size.height, title.c_str(), nullptr, nullptr);
}

// Initialises GLFW during the window's lifetime.
struct Glfw {
  Glfw() {
    if (glfwInit() != GLFW_TRUE) {
      throw gl::NoDisplay("No window can be opened: " + glfw_reason() +
                          ". Check DISPLAY or WAYLAND_DISPLAY, or unset both to draw off screen.");
    }
  }
  ~Glfw() { glfwTerminate(); }
  Glfw(const Glfw&) = delete;
  Glfw& operator=(const Glfw&) = delete;
};

struct DestroyWindow {
  void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};

struct InputBackend {
  explicit InputBackend(GLFWwindow* window) { ImGui_ImplGlfw_InitForOpenGL(window, true); }
  ~InputBackend() { ImGui_ImplGlfw_Shutdown(); }
  InputBackend(const InputBackend&) = delete;
  InputBackend& operator=(const InputBackend&) = delete;
};

struct Place {
  int x = 0, y = 0, width = 0, height = 0;
};

}  // namespace

bool has_display() {
  return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
}

void Window::wake() {
  glfwPostEmptyEvent();
}

struct Window::Impl {
  Impl(PixelSize size, const std::string& title) {
    window.reset(open_window(size, title));
    if (!window) {
      throw gl::NoDisplay("No window with OpenGL 3.3 can be opened: " + glfw_reason() + ".");
    }
    glfwMakeContextCurrent(window.get());
    gl::load(glfwGetProcAddress);
    glfwSwapInterval(1);
    glfwSetWindowSizeLimits(window.get(), 320, 240, GLFW_DONT_CARE, GLFW_DONT_CARE);
    glfwSetWindowUserPointer(window.get(), this);
    glfwSetDropCallback(window.get(), [](GLFWwindow* w, int count, const char** paths) {
      auto* impl = static_cast<Impl*>(glfwGetWindowUserPointer(w));
      impl->dropped.assign(paths, paths + count);
    });
    glfwSetWindowRefreshCallback(window.get(), [](GLFWwindow* w) {
      static_cast<Impl*>(glfwGetWindowUserPointer(w))->damaged = true;
    });
    gui.emplace();
    input.emplace(window.get());
  }

  float scale() const {
    float x = 1.0f;
    float y = 1.0f;
    glfwGetWindowContentScale(window.get(), &x, &y);
    // Where windows are measured in points the framebuffer has more pixels, and ImGui scales that
    // itself.
    int width = 0;
    int height = 0;
    int pixels = 0;
    int rows = 0;
    glfwGetWindowSize(window.get(), &width, &height);
    glfwGetFramebufferSize(window.get(), &pixels, &rows);
    const float density = width > 0 ? static_cast<float>(pixels) / static_cast<float>(width) : 1.0f;
    return std::max(0.5f, x / std::max(1.0f, density));
  }

  // Closing the window is a request, which the client may answer with a question that must be seen.
  bool quits(Client& client) const {
    if (glfwWindowShouldClose(window.get()) == GLFW_TRUE) {
      glfwSetWindowShouldClose(window.get(), GLFW_FALSE);
      client.close();
      const bool hidden = glfwGetWindowAttrib(window.get(), GLFW_ICONIFIED) == GLFW_TRUE;
      if (hidden && !client.wants_quit()) glfwRestoreWindow(window.get());
    }
    return client.wants_quit();
  }

  void set_title(const std::string& title) {
    if (title == shown_title) return;
    glfwSetWindowTitle(window.get(), title.c_str());
    shown_title = title;
  }

  void set_full_screen(bool on) {
    if (on == (glfwGetWindowMonitor(window.get()) != nullptr)) return;
    if (!on) {
      glfwSetWindowMonitor(window.get(), nullptr, before.x, before.y, before.width, before.height,
                           GLFW_DONT_CARE);
      return;
    }
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr) return;
    glfwGetWindowPos(window.get(), &before.x, &before.y);
    glfwGetWindowSize(window.get(), &before.width, &before.height);
    glfwSetWindowMonitor(window.get(), monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  }

  Glfw glfw;  // first, because the others need it
  std::unique_ptr<GLFWwindow, DestroyWindow> window;
  std::optional<Gui> gui;
  std::optional<InputBackend> input;
  std::vector<std::filesystem::path> dropped;
  Place before;  // position and size before full screen
  std::string shown_title;
  bool damaged = false;  // whether the screen must be drawn again
};

Window::Window(PixelSize size, const std::string& title)
    : impl_(std::make_unique<Impl>(size, title)) {}
Window::~Window() = default;

void Window::run(Client& client, const std::function<bool()>& ended) {
  GLFWwindow* window = impl_->window.get();
  int settle = kSettleFrames;
  while (!impl_->quits(client) && !ended()) {
    if (client.animating() || settle > 0) {
      glfwPollEvents();
      settle = client.animating() ? kSettleFrames : settle - 1;
    } else {
      glfwWaitEvents();
      settle = kSettleFrames;
    }
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window, &width, &height);
    if (width <= 0 || height <= 0 || glfwGetWindowAttrib(window, GLFW_ICONIFIED) == GLFW_TRUE) {
      client.unseen();
      glfwWaitEvents();  // nothing is drawn until it is restored
      continue;
    }
    impl_->set_full_screen(client.wants_full_screen());
    impl_->gui->begin_frame(client, impl_->scale(), width, height, ImGui_ImplGlfw_NewFrame);
    if (!impl_->dropped.empty()) client.drop(std::exchange(impl_->dropped, {}));
    client.frame();
    impl_->set_title(client.title());
    if (std::exchange(impl_->damaged, false)) impl_->gui->forget();
    if (impl_->gui->draw(client, width, height)) {
      glfwSwapBuffers(window);
    } else if (client.animating()) {
      glfwWaitEventsTimeout(kFrame);  // instead of waiting for the display
    }
  }
}

}  // namespace convscope::platform
