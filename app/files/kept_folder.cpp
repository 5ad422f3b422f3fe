#include "app/files/kept_folder.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "app/files/json_text.h"
#include "app/files/parse_json.h"
#include "app/files/read_text.h"
#include "app/files/state_folder.h"
#include "app/files/write_file.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

constexpr std::uintmax_t kMostBytes = 64 << 10;
constexpr const char* kFolder = "folder";

}  // namespace

std::filesystem::path kept_folder(const std::filesystem::path& file) {
  if (file.empty()) return {};
  try {
    const Json json = parse_json(read_text(file, kMostBytes, "the settings of lessons"));
    if (json.is_object() && json.contains(kFolder) && json[kFolder].is_string())
      return json[kFolder].get<std::string>();
  } catch (const Error&) {
    return {};  // as if nothing had been kept
  }
  return {};
}

void keep_folder(const std::filesystem::path& file, const std::filesystem::path& folder) {
  if (file.empty()) return;
  try {
    Json json = Json::object();
    json[kFolder] = folder.string();
    const std::string text = json_text(json);
    make_private_folder(file.parent_path());
    write_file(file, std::as_bytes(std::span(text)));
  } catch (const Error&) {
    return;  // a full disk must not keep the lesson from being shown
  }
}

}  // namespace convscope::files
