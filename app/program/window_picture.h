#pragma once

#include <filesystem>
#include <string>

#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// A picture of the window that was asked for: the next frame is saved as it.
class WindowPicture {
 public:
  // Asks for a picture under the first of the names convscope.png, convscope-2.png ... that is free
  // in the current folder.
  void ask();
  // Returns where the next frame is to be saved, once; empty for nowhere.
  std::filesystem::path take();

 private:
  std::filesystem::path path_;
};

// Returns what is told about a picture that was saved, or for which `error` says why it was not.
Message message_of_saved_picture(const std::filesystem::path& path, const std::string& error);

}  // namespace convscope::program
