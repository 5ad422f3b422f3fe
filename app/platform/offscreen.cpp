#include "app/platform/offscreen.h"

#include <dlfcn.h>
#include <glad/egl.h>
#include <imgui.h>

#include <array>

#include "app/gl/frame.h"
#include "app/gl/no_display.h"
#include "app/platform/gui.h"
#include "app/ui/imgui_shim.h"

namespace convscope::platform {
namespace {

struct CloseLibrary {
  void operator()(void* library) const { dlclose(library); }
};

// An OpenGL 3.3 core context that belongs to no window.
class EglContext {
 public:
  EglContext() : library_(dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL)) {
    if (!library_) throw NoDisplay(failure("libEGL.so.1 is not installed (package libegl1)"));
    const auto load = [](void* library, const char* name) {
      return reinterpret_cast<GLADapiproc>(dlsym(library, name));
    };
    // glad tells the version of a display; before there is one it loads EGL 1.0 only.
    const auto get_display = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYPROC>(
        load(library_.get(), "eglGetPlatformDisplay"));
    if (gladLoadEGLUserPtr(EGL_NO_DISPLAY, load, library_.get()) == 0 || get_display == nullptr) {
      throw NoDisplay(failure("EGL 1.5 can't be loaded"));
    }
    display_ = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    EGLint major = 0;
    EGLint minor = 0;
    if (display_ == EGL_NO_DISPLAY || eglInitialize(display_, &major, &minor) == EGL_FALSE) {
      throw NoDisplay(failure("EGL has no surfaceless platform here"));
    }
    if (gladLoadEGLUserPtr(display_, load, library_.get()) == 0) {
      throw NoDisplay(failure("EGL 1.5 can't be loaded"));
    }
    make_current();
  }
  ~EglContext() {
    if (display_ == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
    eglTerminate(display_);
  }
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;

 private:
  static std::string failure(const char* reason) {
    return std::string("There is no display, and the window can't be drawn off screen: ") + reason +
           ". Set DISPLAY or WAYLAND_DISPLAY, or install Mesa's EGL.";
  }

  void make_current() {
    constexpr std::array<EGLint, 5> kConfig = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT,
                                               EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
    constexpr std::array<EGLint, 7> kContext = {EGL_CONTEXT_MAJOR_VERSION,
                                                3,
                                                EGL_CONTEXT_MINOR_VERSION,
                                                3,
                                                EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                                EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                                EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE ||
        eglChooseConfig(display_, kConfig.data(), &config, 1, &count) == EGL_FALSE || count == 0) {
      throw NoDisplay(failure("EGL offers no OpenGL"));
    }
    context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, kContext.data());
    if (context_ == EGL_NO_CONTEXT ||
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_FALSE) {
      throw NoDisplay(failure("EGL offers no OpenGL 3.3"));
    }
    gl::load([](const char* name) {
      return reinterpret_cast<gl::ProcAddress>(eglGetProcAddress(name));
    });
  }

  std::unique_ptr<void, CloseLibrary> library_;
  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLContext context_ = EGL_NO_CONTEXT;
};

}  // namespace

struct Offscreen::Impl {
  explicit Impl(PixelSize asked) : size(asked), target(asked.width, asked.height) {}
  PixelSize size;
  EglContext egl;  // first: the others need it
  gl::OffscreenTarget target;
  Gui gui;
};

Offscreen::Offscreen(PixelSize size) : impl_(std::make_unique<Impl>(size)) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
  io.DeltaTime = 1.0f / 60.0f;
  ui::prepare_keys(io);
}

Offscreen::~Offscreen() = default;

void Offscreen::frame(Client& client) {
  impl_->gui.begin_frame(client, 1.0f, nullptr);
  client.frame();
  impl_->gui.draw(client, impl_->size.width, impl_->size.height);
}

}  // namespace convscope::platform
