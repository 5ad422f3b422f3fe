#pragma once

#include <span>

#include "app/panels/names.h"

namespace convscope::panels {

struct KeyRow {
  const char* keys;  // "Ctrl+O", or several with commas between them
  const char* meaning;
};

struct KeyTopic {
  const char* title;
  std::span<const KeyRow> rows;
};

// Returns all keys of the window by topic, as its list shows them and the README has them.
std::span<const KeyTopic> key_topics();
// Returns what the mouse does where that is not a plain click.
std::span<const KeyRow> mouse_rows();

}  // namespace convscope::panels
