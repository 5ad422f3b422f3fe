#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "app/files/names.h"
#include "app/scene/page.h"
#include "app/scene/scene.h"

// The example scenes of assets/scenes, which are compiled into the program so that a lecture has
// something to begin with.
namespace convscope::files {

// One example scene.
struct Example {
  std::string_view name;  // of its file, without the ending: "first-sum"
  const char* title;
  Page page = Page::kKernel;  // the page that shows it best
  std::span<const unsigned char> (*json)();
};

// Returns the examples in the order of the menu.
std::span<const Example> examples();

// Returns the JSON of one of examples().
std::string example_text(const Example& example);

// Returns the scene of one of examples(). Does not throw for those: a test reads them all.
Scene example_scene(const Example& example);

}  // namespace convscope::files
