#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/files/names.h"
#include "app/scene/scene.h"

// A scene as one line of text, which stands in a message, a slide or behind the # of a web page's
// address:
//
//   convscope:1:eNqFUctuwjAQ…
//
// 1 is the version of this form. What follows is the text of a scene file that has every value in
// it, compressed (deflate.h) and written as base64url.
namespace convscope::files {

inline constexpr std::size_t kMaxAddress = std::size_t{1} << 15;      // characters
inline constexpr std::size_t kMaxAddressText = std::size_t{1} << 20;  // bytes of the scene's text

// Returns the address that a text consists of, or that a web page's address has behind its #, with
// spaces and line breaks taken out, as mail programs put them in. nullopt if it is something else.
std::optional<std::string> find_address(std::string_view text);

// Returns the address of a scene; pictures are in it by their values. Throws Error, with its size
// and what would be accepted, if the scene is too large for one.
std::string scene_address(const Scene& scene);

// Reads an address. Throws Error for one of another version, that is damaged or holds no scene, and
// where the scene refers to a file: an address may come from anybody and reads nothing.
Scene read_address(std::string_view address);

}  // namespace convscope::files
