#include "app/program/window_picture.h"

#include <system_error>
#include <utility>

#include "app/files/whole_path.h"

namespace convscope::program {

void WindowPicture::ask() {
  path_ = "convscope.png";
  std::error_code error;
  for (int i = 2; std::filesystem::exists(path_, error) && i < 10000; ++i)
    path_ = "convscope-" + std::to_string(i) + ".png";
}

std::filesystem::path WindowPicture::take() {
  return std::exchange(path_, {});
}

void tell_of_saved_picture(const std::filesystem::path& path, const std::string& error,
                           View& view) {
  if (error.empty())
    view.show(Tell{"The window was saved as " + shown_path(path).string() + "."});
  else
    view.message = {error + ".", true};
}

}  // namespace convscope::program
