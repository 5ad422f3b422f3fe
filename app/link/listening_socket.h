#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/link/names.h"

namespace convscope::link {

// The socket under which a window listens. It is removed by the destructor, if it is still this
// one.
class ListeningSocket {
 public:
  // Replaces what a killed window of this name left behind. Throws Error where a window of this
  // name is open, and where the folder or the name is unfit.
  ListeningSocket(const std::string& name, const std::filesystem::path& folder);
  ~ListeningSocket();
  ListeningSocket(ListeningSocket&&) noexcept;

  int descriptor() const;  // does not block
  const std::string& name() const;
  const std::filesystem::path& path() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::link
