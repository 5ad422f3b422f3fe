#pragma once

#include <utility>

#include "app/program/document/scene_files.h"

namespace convscope::program {

// A document and its files without a window, used as App uses them in every frame.
class Desk {
 public:
  explicit Desk(Scene scene = default_scene()) : document(std::move(scene), [] {}) {}

  // Blocks until every request is read, changed and written.
  void settle() {
    do {
      files.wait();
      document.wait();
      poll();
    } while (!files.reading().empty() || document.changing() || files.writing());
  }
  // Does what a frame does. `naming` says that the dialog for a name is open.
  void poll(bool naming = false) {
    if (const auto error = document.take_change()) message = *error;
    files.poll(naming);
    DocumentNews now = files.take_news();
    if (now.message) message = *now.message;
    asks_name = asks_name || now.asks_name;
  }

  Document document;
  SceneFiles files{document, [] {}};
  std::string message;
  bool asks_name = false;  // whether it has asked so far
};

}  // namespace convscope::program
