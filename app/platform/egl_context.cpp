#include "app/platform/egl_context.h"

#include <dlfcn.h>
#include <glad/egl.h>

#include <array>
#include <string>

#include "app/gl/frame.h"
#include "app/gl/no_display.h"

namespace convscope::platform {
namespace {

struct CloseLibrary {
  void operator()(void* library) const { dlclose(library); }
};

[[noreturn]] void fail(const char* reason) {
  throw gl::NoDisplay(
      std::string("There is no display, and the window can't be drawn off screen: ") + reason +
      ". Set DISPLAY or WAYLAND_DISPLAY, or install Mesa's EGL.");
}

}  // namespace

struct EglContext::Impl {
  Impl() = default;
  ~Impl() {
    if (display == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
    eglTerminate(display);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void open_display();
  void make_current();

  std::unique_ptr<void, CloseLibrary> library;
  EGLDisplay display = EGL_NO_DISPLAY;  // set once the display is initialised
  EGLContext context = EGL_NO_CONTEXT;
};

void EglContext::Impl::open_display() {
  library.reset(dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL));
  if (!library) fail("libEGL.so.1 is not installed (package libegl1)");
  const auto load = [](void* from, const char* name) {
    return reinterpret_cast<GLADapiproc>(dlsym(from, name));
  };
  // glad determines the version from a display; before there is one it only loads EGL 1.0.
  const auto get_display =
      reinterpret_cast<PFNEGLGETPLATFORMDISPLAYPROC>(load(library.get(), "eglGetPlatformDisplay"));
  if (gladLoadEGLUserPtr(EGL_NO_DISPLAY, load, library.get()) == 0 || get_display == nullptr) {
    fail("EGL 1.5 can't be loaded");
  }
  const EGLDisplay opened =
      get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  EGLint major = 0;
  EGLint minor = 0;
  if (opened == EGL_NO_DISPLAY || eglInitialize(opened, &major, &minor) == EGL_FALSE) {
    fail("EGL has no surfaceless platform here");
  }
  display = opened;
  if (gladLoadEGLUserPtr(display, load, library.get()) == 0) fail("EGL 1.5 can't be loaded");
}

void EglContext::Impl::make_current() {
  constexpr std::array<EGLint, 5> kConfig = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE,
                                             EGL_OPENGL_BIT, EGL_NONE};
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
      eglChooseConfig(display, kConfig.data(), &config, 1, &count) == EGL_FALSE || count == 0) {
    fail("EGL offers no OpenGL");
  }
  context = eglCreateContext(display, config, EGL_NO_CONTEXT, kContext.data());
  if (context == EGL_NO_CONTEXT ||
      eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) == EGL_FALSE) {
    fail("EGL offers no OpenGL 3.3");
  }
  gl::load(
      [](const char* name) { return reinterpret_cast<gl::ProcAddress>(eglGetProcAddress(name)); });
}

EglContext::EglContext() : impl_(std::make_unique<Impl>()) {
  impl_->open_display();
  impl_->make_current();
}

EglContext::~EglContext() = default;

}  // namespace convscope::platform
