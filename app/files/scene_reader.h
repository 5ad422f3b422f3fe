#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/json_text.h"
#include "app/files/names.h"
#include "app/files/preset_weight.h"
#include "app/files/scene_fields.h"
#include "engine/core/error.h"

namespace convscope::files {

// How the files that a scene refers to are read.
struct SceneFolder {
  std::filesystem::path path = {};  // relative paths begin here
  std::stop_token stop = {};        // once requested, reading a file throws Cancelled
  bool readable = true;             // whether the scene may refer to files at all

  // Returns the path of a file that the scene names at `place`. Throws Error where it may name
  // none.
  std::filesystem::path file(const std::string& written, const std::string& place) const {
    if (!readable)
      throw Error(place + " is in \"" + written + "\"; an address has all of its values in itself");
    return (path / written).lexically_normal();  // an absolute path replaces the folder
  }
};

// Reads the members of one part from a JSON object, as describe() in scene_fields.h names them. A
// member that the object lacks keeps its value. Throws Error with the position in the file, the
// value and what would be accepted.
class SceneReader {
 public:
  // `place` is the part's position in the file, such as "learning"; empty for the whole scene. The
  // object and the folder must outlive the reader.
  SceneReader(const Json& object, std::string place, const SceneFolder& folder);

  // Reads one part. Throws Error where the object has a key that the part doesn't have.
  template <typename Part>
  static void read(const Json& object, std::string place, const SceneFolder& folder, Part& part) {
    SceneReader file(object, std::move(place), folder);
    describe(file, part);
    file.finish();
  }

  // Each function reads one member if the object has it, and checks it.
  bool has(const char* key) { return find(key) != nullptr; }
  void flag(const char* key, bool& value);
  void seed(const char* key, std::uint64_t& value);
  void number(const char* key, Index& value, Index least, Index most);
  void number(const char* key, int& value, Index least, Index most);
  void text(const char* key, std::string& value);
  void preset(const char* key, std::string& value);  // becomes "custom" if only a weight is given
  // A preset without a weight brings its own, once its seed and whether it is turned were read.
  void named_weight(const char* weight, const char* preset, KernelScene& kernel) {
    if (has(preset) && !has(weight)) kernel.weight = preset_weight(kernel, place_of(preset));
  }
  void pair(const char* key, Yx& value, Index least, Index most);
  void rare_pair(const char* key, std::optional<Yx>& value, Index least, Index most) {
    if (has(key)) pair(key, value.emplace(), least, most);
  }
  void padding(const char* key, Padding& value);
  void pool_padding(const char* key, Padding& value);  // two numbers, or four
  void real(const char* key, float& value, double least, double most);
  void rate(const char* key, float& value);  // positive, also as float32
  void values(const char* key, std::vector<float>& values);
  void weight(const char* key, Tensor& tensor);
  void weight_or_none(const char* key, Tensor& tensor);  // null gives an empty tensor
  void picture(const char* key, TensorPtr& tensor);      // null gives no picture
  void input(const char* key, InputScene& input);

  template <typename Choice, std::size_t kCount>
  void choice(const char* key, Choice& value, const std::array<std::string_view, kCount>& names) {
    if (const Json* json = find(key)) value = static_cast<Choice>(chosen(key, *json, names));
  }
  // The writer leaves out members that have their default.
  void rare_flag(const char* key, bool& value) { flag(key, value); }
  void rare_flag(const char* key, std::optional<bool>& value);
  void rare_real(const char* key, float& value, double least, double most, float = 0.0f) {
    real(key, value, least, most);
  }
  void rare_number(const char* key, int& value, Index least, Index most) {
    number(key, value, least, most);
  }
  template <typename Choice, std::size_t kCount>
  void rare_choice(const char* key, Choice& value,
                   const std::array<std::string_view, kCount>& names) {
    choice(key, value, names);
  }
  template <typename Choice, std::size_t kCount>
  void rare_choice(const char* key, std::optional<Choice>& value,
                   const std::array<std::string_view, kCount>& names) {
    if (const Json* json = find(key)) value = static_cast<Choice>(chosen(key, *json, names));
  }
  template <typename Part>
  void rare_part(const char* key, Part& of) {
    part(key, of);
  }
  template <typename Part>
  void rare_parts(const char* key, std::vector<Part>& of, Index most) {
    parts(key, of, most);
  }
  template <typename Part>
  void part(const char* key, Part& part) {
    if (const Json* json = find(key)) read(*json, place_of(key), folder_, part);
  }
  // Those from number `first` on; the ones before stand elsewhere in the file.
  template <typename Part>
  void parts(const char* key, std::vector<Part>& parts, Index most, std::size_t first = 0) {
    const Json* list = find_list(key, most);
    if (list == nullptr) return;
    parts.resize(first);
    for (const Json& json : *list) {
      const std::string number = std::to_string(parts.size() - first + 1);
      read(json, place_of(key) + "." + number, folder_, parts.emplace_back());
    }
  }

 private:
  const Json* find(const char* key);  // null if the object lacks it
  const Json* find_list(const char* key, Index most);
  std::size_t chosen(const char* key, const Json& json, std::span<const std::string_view> names);
  std::string place_of(const char* key) const { return place_.empty() ? key : place_ + "." + key; }
  void integers(const char* key, const Json& json, std::span<Index> values, Index least, Index most,
                const char* what);
  void read_input(InputScene& input);  // from an object that describes an input
  // Makes the random values of a shape from a seed.
  using Random = Tensor (*)(const Shape&, std::uint64_t seed);
  // From rows of numbers, {"file": "NAME.npy"} or {"random": [N, C, H, W], "seed": 1}.
  Tensor tensor(const Json& json, const std::string& place, Random random) const;
  Tensor random_tensor(Random random);
  void finish() const;

  const Json& object_;
  std::string place_;
  const SceneFolder& folder_;
  std::set<std::string> known_;
};

}  // namespace convscope::files
