#include "app/files/scene_address.h"

#include <algorithm>

#include "app/files/base64url.h"
#include "app/files/deflate.h"
#include "app/files/printable_text.h"
#include "app/files/scene_file.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"

namespace convscope::files {
namespace {

constexpr std::string_view kScheme = "convscope:";
constexpr std::string_view kVersion = "1:";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Writes the version that an address begins with, for messages.
std::string version_of(std::string_view after_scheme) {
  constexpr std::size_t kShown = 8;
  return printable(std::string(after_scheme.substr(0, after_scheme.find(':')).substr(0, kShown)));
}

}  // namespace

std::optional<std::string> find_address(std::string_view text) {
  const std::size_t begin = std::min(text.size(), text.find_first_not_of(" \t\r\n"));
  text.remove_prefix(begin);
  if (!text.starts_with(kScheme)) {
    const std::size_t fragment = text.find('#');
    if (!text.starts_with("http") || fragment == std::string_view::npos) return std::nullopt;
    text.remove_prefix(fragment + 1);
    if (!text.starts_with(kScheme)) return std::nullopt;
  }
  // A longer one is cut to where read_address refuses it.
  text = text.substr(0, 2 * kMaxAddress);
  std::string address;
  std::ranges::copy_if(text, std::back_inserter(address), [](char c) { return !is_space(c); });
  return address;
}

std::string scene_address(const Scene& scene) {
  const std::string text = whole_scene_text(scene);
  const auto too_large = [](std::size_t size, const char* what, std::size_t most) {
    return Error("the scene has " + count_text(static_cast<long long>(size)) + what +
                 "; an address holds at most " + count_text(static_cast<long long>(most)) +
                 ". Save it as a file, or scale its picture down");
  };
  if (text.size() > kMaxAddressText)
    throw too_large(text.size(), " bytes as text", kMaxAddressText);
  std::string address = std::string(kScheme) + std::string(kVersion) + to_base64url(deflated(text));
  if (address.size() > kMaxAddress)
    throw too_large(address.size(), " characters as an address", kMaxAddress);
  return address;
}

Scene read_address(std::string_view address) {
  try {
    if (address.size() > kMaxAddress)
      throw Error("it is longer than " + count_text(static_cast<long long>(kMaxAddress)) +
                  " characters");
    if (!address.starts_with(kScheme))
      throw Error("it must begin with \"" + std::string(kScheme) + std::string(kVersion) + "\"");
    address.remove_prefix(kScheme.size());
    if (!address.starts_with(kVersion))
      throw Error("its version is \"" + version_of(address) + "\"; version 1 is read");
    address.remove_prefix(kVersion.size());
    return parse_whole_scene(inflated(from_base64url(address), kMaxAddressText));
  } catch (const Error& error) {
    throw Error(std::string("the scene's address can't be read: ") + error.what());
  }
}

}  // namespace convscope::files
