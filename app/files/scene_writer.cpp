#include "app/files/scene_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "app/files/tensor_files.h"
#include "app/files/whole_path.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/core/patterns.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

Json number_json(float value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0.0f ? "inf" : "-inf";
  return static_cast<double>(value);
}

Json row_json(std::span<const float> values) {
  Json row = Json::array();
  for (const float value : values)
    row.push_back(number_json(value));
  return row;
}

// Returns the rows of a single plane, or pictures of channels of rows.
Json rows_json(const Tensor& tensor) {
  const Shape& s = tensor.shape();
  Json pictures = Json::array();
  for (Index n = 0; n < s.n; ++n) {
    Json channels = Json::array();
    for (Index c = 0; c < s.c; ++c) {
      Json rows = Json::array();
      for (Index y = 0; y < s.h; ++y)
        rows.push_back(row_json({tensor.row(n, c, y), static_cast<std::size_t>(s.w)}));
      if (s.n == 1 && s.c == 1) return rows;
      channels.push_back(std::move(rows));
    }
    pictures.push_back(std::move(channels));
  }
  return pictures;
}

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() &&
         std::ranges::equal(a.values(), b.values(), {}, std::bit_cast<std::uint32_t, float>,
                            std::bit_cast<std::uint32_t, float>);
}

// Returns whether name, size and seed of its pattern describe the whole input.
bool is_pattern(const InputScene& input) {
  if (std::ranges::find(pattern_names(), input.name) == pattern_names().end()) return false;
  if (!input.path.empty() || input.color || input.scaled_to != Yx{0, 0}) return false;
  if (input.meaning != InputMeaning::kAmounts) return false;
  const Shape& s = input.tensor->shape();
  if (s.n != 1 || s.c != 1) return false;
  const Tensor made = input.transposed
                          ? transposed(make_pattern(input.name, {s.w, s.h}, input.seed))
                          : make_pattern(input.name, {s.h, s.w}, input.seed);
  return same_bits(*input.tensor, made);
}

// Returns a path relative to the folder for files below it, so that both can be moved together.
std::string path_from(const fs::path& folder, const fs::path& path) {
  const fs::path whole = whole_path(path);
  const fs::path relative = whole.lexically_relative(folder);
  const bool below = !relative.empty() && *relative.begin() != "..";
  return (below ? relative : whole).generic_string();
}

}  // namespace

void SceneWriter::pool_padding(const char* key, const Padding& p) {
  if (p.top == p.bottom && p.left == p.right)
    pair(key, {p.top, p.left}, 0, 0);
  else
    padding(key, p);
}

void SceneWriter::real(const char* key, float value, double, double) {
  object_[key] = number_json(value);
}

void SceneWriter::values(const char* key, const std::vector<float>& values) {
  object_[key] = row_json(values);
}

void SceneWriter::weight(const char* key, const Tensor& weight) {
  object_[key] = tensor(weight, place_of(key));
}

void SceneWriter::weight_or_none(const char* key, const Tensor& weight) {
  object_[key] = weight.empty() ? Json() : tensor(weight, place_of(key));
}

void SceneWriter::picture(const char* key, const TensorPtr& picture) {
  object_[key] = picture == nullptr ? Json() : tensor(*picture, place_of(key));
}

void SceneWriter::input(const char* key, const InputScene& input) {
  SceneWriter file(key, to_);
  const Shape& s = input.tensor->shape();
  if (is_pattern(input)) {
    file.text("pattern", input.name);
    file.pair("size", {s.h, s.w}, 1, 1);
    file.seed("seed", input.seed);
    file.flag("transposed", input.transposed);
    object_[key] = file.take();
    return;
  }
  if (!input.path.empty() && s.n == 1 && !to_.whole) {
    file.text("picture", path_from(to_.folder, input.path));
  } else {
    file.object_["values"] = tensor(*input.tensor, place_of(key));
    if (input.meaning != meaning_of(*input.tensor))
      file.choice("meaning", input.meaning, kInputMeaningNames);
  }
  file.text("name", input.name);
  file.flag("color", input.color);
  file.pair("scaled_to", input.scaled_to, 0, 0);
  file.seed("seed", input.seed);
  file.flag("transposed", input.transposed);
  object_[key] = file.take();
}

Json SceneWriter::tensor(const Tensor& tensor, const std::string& place) {
  if (to_.whole && (to_.values += tensor.numel()) > kMaxInlineValues)
    throw Error("with " + place + " the scene has " + count_text(to_.values) +
                " values; without a file at most " + count_text(kMaxInlineValues) +
                " are written. Save the scene as a file, or scale its picture down");
  if (tensor.numel() <= kMaxInlineValues) return rows_json(tensor);
  const std::string checksum = checksum_of(tensor);
  const TensorFileName file = tensor_file_name(to_.folder, to_.stem, place, checksum, tensor);
  to_.tensors.push_back({file.name, file.exists, &tensor});
  const Shape& s = tensor.shape();
  Json reference = Json::object();
  reference["file"] = file.name;
  reference["shape"] = {s.n, s.c, s.h, s.w};
  reference["checksum"] = checksum;
  return reference;
}

}  // namespace convscope::files
