#pragma once

#include <utility>

#include "app/program/document/scene_files.h"

namespace convscope {

// A document and its files without a window: what App does with the two in every frame.
class Desk {
 public:
  explicit Desk(Scene scene = default_scene()) : document(std::move(scene), [] {}) {}

  // Until all that was asked for is read, changed and written.
  void settle() {
    do {
      files.wait();
      document.wait();
      poll();
    } while (!files.reading().empty() || document.changing() || files.writing());
  }
  // What a frame takes up. `naming`: the dialog for a name is open.
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
  bool asks_name = false;  // so far
};

}  // namespace convscope
