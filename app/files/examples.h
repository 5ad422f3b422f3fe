#pragma once

#include <cstddef>
#include <span>

#include "app/files/names.h"
#include "app/scene/page.h"
#include "app/scene/scene.h"

// The example scenes of assets/scenes, which are compiled into the program so that a lecture has
// something to begin with.
namespace convscope::files {

// One example scene.
struct Example {
  const char* title;
  Page page = Page::kKernel;  // the page that shows it best
  std::span<const unsigned char> (*json)();
};

// Returns the examples in the order of the menu.
std::span<const Example> examples();

// Returns the scene of one of examples(). Does not throw for those: a test reads them all.
Scene example_scene(const Example& example);

}  // namespace convscope::files
