#pragma once

#include <sys/un.h>

#include <filesystem>
#include <string>

#include "app/link/names.h"

namespace convscope::link {

inline constexpr const char* kUsualName = "default";  // of a window

// Returns $XDG_RUNTIME_DIR; empty where that is no absolute path.
std::filesystem::path session_folder();
// Returns the folder of the windows' sockets: "convscope" in the session's folder, or without one
// /tmp/convscope-UID.
std::filesystem::path link_folder();

// Creates the folder if it is missing. Throws Error unless it is a folder of this user that nobody
// else may enter.
void require_own_folder(const std::filesystem::path& folder);

// Throws Error unless a window can have this name: 1 to 64 letters, digits, "-" and "_".
void require_window_name(const std::string& name);

// Returns the path of a window's socket in the folder.
std::filesystem::path socket_path(const std::filesystem::path& folder, const std::string& name);

// Returns the address of a socket. Throws Error where the path is too long for one.
sockaddr_un address_of(const std::filesystem::path& path);

}  // namespace convscope::link
