#pragma once

#include <filesystem>
#include <string>

#include "app/files/file_descriptor.h"
#include "app/link/message.h"
#include "app/link/names.h"
#include "engine/core/error.h"

namespace convscope::link {

// No window listens under a name. The command exits with 3 for it.
class NoWindow : public Error {
 public:
  using Error::Error;
};

// A connection to a window, which waits for its answers.
class Client {
 public:
  // Throws NoWindow where none listens under this name, and Error where the folder is not this
  // user's.
  Client(const std::string& name, const std::filesystem::path& folder);

  // Sends a request and returns its answer. Throws Error with the window's sentence where it
  // refuses, and where none comes within two minutes.
  Message ask(const Message& request);

 private:
  void send(const Message& request);

  FileDescriptor socket_;
};

}  // namespace convscope::link
