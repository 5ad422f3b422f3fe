#pragma once

#include <cstddef>
#include <span>

#include "app/scene/page.h"
#include "app/scene/scene.h"

// The scenes that come with the program, so that a lecture has something to begin with: the files
// of assets/scenes, which are part of the program.
namespace convscope {

struct Example {
  const char* title;
  Page page = Page::kKernel;  // that shows it best
  std::span<const unsigned char> (*json)();
};

// In the order of the menu.
std::span<const Example> examples();

// Throws nothing for those of examples(): a test reads them all.
Scene example_scene(const Example& example);

}  // namespace convscope
