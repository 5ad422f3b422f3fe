#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/json_text.h"
#include "app/files/names.h"
#include "app/files/scene_fields.h"

namespace convscope::files {

// Tensors with more values are written to a .npy file beside the scene.
inline constexpr Index kMaxInlineValues = Index{1} << 16;

// What all parts of one file share while it is being written.
struct WriteContext {
  struct TensorFile {
    std::string name;
    bool exists;           // whether it exists with this content already
    const Tensor* tensor;  // a tensor of the scene being written
  };
  std::filesystem::path folder = {};  // of the scene file, absolute
  std::string stem = {};              // the scene file's name without ".json"
  std::vector<TensorFile> tensors = {};
  bool whole = false;  // whether every value is in the JSON: no file is named, and none is needed
  Index values = 0;    // that were written so
};

// Writes the members of one part into a JSON object, as describe() in scene_fields.h names them.
class SceneWriter {
 public:
  // `place` is the part's position in the file, such as "learning"; empty for the whole scene.
  SceneWriter(std::string place, WriteContext& context) : place_(std::move(place)), to_(context) {}

  Json take() { return std::move(object_); }

  void flag(const char* key, bool value) { object_[key] = value; }
  void seed(const char* key, std::uint64_t value) { object_[key] = value; }
  void number(const char* key, Index value, Index, Index) { object_[key] = value; }
  void text(const char* key, const std::string& value) { object_[key] = value; }
  void preset(const char* key, const std::string& value) { text(key, value); }
  void named_weight(const char*, const char*, const KernelScene&) {}  // weights are always written
  void pair(const char* key, Yx value, Index, Index) { object_[key] = {value.y, value.x}; }
  void padding(const char* key, const Padding& p) {
    object_[key] = {p.top, p.left, p.bottom, p.right};
  }
  // Writes one number for two opposite sides if they are equal.
  void pool_padding(const char* key, const Padding& p);
  void real(const char* key, float value, double, double);
  void rate(const char* key, float value) { real(key, value, 0.0, 0.0); }
  void values(const char* key, const std::vector<float>& values);
  void weight(const char* key, const Tensor& tensor);
  void weight_or_none(const char* key, const Tensor& tensor);
  void picture(const char* key, const TensorPtr& tensor);
  void input(const char* key, const InputScene& input);

  template <typename Choice, std::size_t kCount>
  void choice(const char* key, Choice value, const std::array<std::string_view, kCount>& names) {
    object_[key] = names[static_cast<std::size_t>(value)];
  }
  // Members that files of the first programs don't have; written only if they differ from the
  // default.
  void rare_flag(const char* key, bool value) {
    if (value) flag(key, value);
  }
  void rare_flag(const char* key, const std::optional<bool>& value) {
    if (value) flag(key, *value);
  }
  void rare_real(const char* key, float value, double least, double most, float usual = 0.0f) {
    if (value != usual) real(key, value, least, most);
  }
  void rare_number(const char* key, int value, Index least, Index most) {
    if (value != 0) number(key, value, least, most);
  }
  template <typename Choice, std::size_t kCount>
  void rare_choice(const char* key, Choice value,
                   const std::array<std::string_view, kCount>& names) {
    if (value != Choice{}) choice(key, value, names);
  }
  template <typename Choice, std::size_t kCount>
  void rare_choice(const char* key, const std::optional<Choice>& value,
                   const std::array<std::string_view, kCount>& names) {
    if (value) choice(key, *value, names);
  }
  void rare_pair(const char* key, const std::optional<Yx>& value, Index least, Index most) {
    if (value) pair(key, *value, least, most);
  }
  template <typename Part>
  void rare_part(const char* key, const Part& of) {
    if (of != Part{}) part(key, of);
  }
  template <typename Part>
  void rare_parts(const char* key, const std::vector<Part>& of, Index most) {
    if (!of.empty()) parts(key, of, most);
  }
  template <typename Part>
  void part(const char* key, const Part& part) {
    object_[key] = written(place_of(key), part);
  }
  template <typename Part>
  void parts(const char* key, const std::vector<Part>& parts, Index, std::size_t first = 0) {
    Json& list = object_[key] = Json::array();
    for (const Part& part : std::span(parts).subspan(first))
      list.push_back(written(place_of(key) + "." + std::to_string(list.size() + 1), part));
  }

 private:
  std::string place_of(const char* key) const { return place_.empty() ? key : place_ + "." + key; }
  template <typename Part>
  Json written(std::string place, const Part& part) {
    SceneWriter file(std::move(place), to_);
    describe(file, part);
    return file.take();
  }
  Json tensor(const Tensor& tensor, const std::string& place);

  std::string place_;
  WriteContext& to_;
  Json object_ = Json::object();
};

}  // namespace convscope::files
