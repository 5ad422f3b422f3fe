#include "app/lesson/scene_block.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/files/examples.h"
#include "app/files/json_text.h"
#include "app/files/near_name.h"
#include "app/files/parse_json.h"
#include "app/files/read_text.h"
#include "app/files/scene_file.h"
#include "app/lesson/key_lines.h"
#include "app/lesson/line_error.h"

namespace convscope::lesson {
namespace {

constexpr std::string_view kSame = "same";
constexpr const char* kHead = R"({"format": "convscope-scene", "version": 1})";

// Parses JSON whose errors name the lines of the file.
Json parse_at(std::string_view text, int line) {
  return at_line(line, [&] {
    return parse_json(std::string(static_cast<std::size_t>(line - 1), '\n') + std::string(text));
  });
}

// A scene in a lesson need not say that it is one.
Json with_head(const Json& json) {
  Json head = parse_json(kHead);
  if (json.is_object()) head.update(json);
  return head;
}

// Of an input's sources only the new one stays. A weight of its own is no preset any more, and a
// new preset brings its weights.
void drop_replaced(const Json& patch, Json& base) {
  constexpr std::array kSources = {"pattern", "picture", "values"};
  const auto has = [](const Json& object, const char* key) {
    return object.is_object() && object.contains(key);
  };
  if (has(patch, "input") && has(base, "input") &&
      std::ranges::any_of(kSources, [&](const char* s) { return has(patch["input"], s); }))
    base.erase("input");
  if (!has(patch, "kernel") || !has(base, "kernel") || !base["kernel"].is_object()) return;
  const bool weight = has(patch["kernel"], "weight");
  if (weight) base["kernel"].erase("preset");
  if (!weight && has(patch["kernel"], "preset")) base["kernel"].erase("weight");
}

// "line 3" of a path or a name is one line.
SceneSource named_source(std::string_view name, int line, const std::filesystem::path& folder) {
  const auto scenes = examples();
  const auto found = std::ranges::find(scenes, name, &Example::name);
  if (found != scenes.end()) return {example_text(*found), {}};
  const std::filesystem::path path(name);
  if (!has_scene_extension(path)) {
    std::vector<std::string> known;
    for (const Example& example : scenes)
      known.emplace_back(example.name);
    throw LineError(
        line, "there is no scene " + in_quotes(name) + name_help(name, known) +
                  (nearest_name(name, known).empty() ? "; a" : " A") +
                  " scene may also be a path that ends in .json, \"same\", or JSON in braces");
  }
  const std::filesystem::path whole = (folder / path).lexically_normal();
  return at_line(line, [&] {
    try {
      return SceneSource{read_text(whole, kMaxSceneBytes, "a scene"), whole.parent_path()};
    } catch (const Error& error) {
      throw Error("the scene " + in_quotes(name) + " can't be read: " + error.what());
    }
  });
}

// Splits off the first line that is not empty; `line` becomes that of what follows.
std::string_view take_first_line(std::string_view& text, int& line) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view first = without_spaces(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
    if (!first.empty()) return first;
  }
  return {};
}

}  // namespace

SceneSource default_source(const std::filesystem::path& folder) {
  return {kHead, folder};
}

SceneSource read_scene_block(std::string_view text, int line, const SceneSource& before,
                             const std::filesystem::path& folder) {
  std::string_view rest = text;
  int next = line;
  const std::string_view first = take_first_line(rest, next);
  if (first.empty())
    throw LineError(line,
                    "the scene is empty; write JSON in braces, the name of a scene, a path "
                    "that ends in .json, or \"same\"");
  if (first.front() == '{') return {json_text(with_head(parse_at(text, line))), folder};
  if (first != kSame) {
    if (!without_spaces(rest).empty())
      throw LineError(next,
                      "something follows the scene's name; a scene that changes the one "
                      "before begins with \"same\" on a line of its own");
    return named_source(first, next - 1, folder);
  }
  return without_spaces(rest).empty() ? before : patched(before, rest, next);
}

SceneSource patched(const SceneSource& before, std::string_view text, int line) {
  const Json patch = parse_at(text, line);
  if (!patch.is_object())
    throw LineError(line, "what differs is " + short_text(patch) +
                              "; it must be an object in braces, with what changes");
  Json base = parse_json(before.json);
  drop_replaced(patch, base);
  base.merge_patch(patch);
  return {json_text(base), before.folder};
}

Scene scene_of(const SceneSource& source, const SceneSource& before, const Scene* shared) {
  Scene scene = parse_scene(source.json, source.folder);
  if (shared == nullptr || source.folder != before.folder) return scene;
  const Json now = parse_json(source.json);
  const Json then = parse_json(before.json);
  const auto same = [&](const char* key) {
    return now.value(key, Json()) == then.value(key, Json());
  };
  if (same("input")) scene.input = shared->input;
  return scene;
}

}  // namespace convscope::lesson
