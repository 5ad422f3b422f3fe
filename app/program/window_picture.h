#pragma once

#include <filesystem>
#include <string>

#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// A request to save a picture of the window. The next frame fulfils it.
class WindowPicture {
 public:
  // Requests a picture, under the first of the names convscope.png, convscope-2.png ... that is
  // free in the current folder.
  void ask();
  // Returns the file to save the next frame as, once for each request; empty if there is none.
  std::filesystem::path take();

 private:
  std::filesystem::path path_;
};

// Tells for a moment that a picture was saved as `path`, or in the message bar that it could not be
// saved because of `error`. An empty error means success.
void tell_of_saved_picture(const std::filesystem::path& path, const std::string& error, View& view);

}  // namespace convscope::program
