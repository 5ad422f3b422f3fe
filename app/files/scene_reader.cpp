#include "app/files/scene_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "app/files/picture.h"
#include "app/files/picture_input.h"
#include "app/files/scene_numbers.h"
#include "app/files/scene_tensor.h"
#include "app/files/tensor_json.h"
#include "app/scene/layer_presets.h"
#include "app/scene/shared_tensor.h"
#include "engine/core/error.h"
#include "engine/core/patterns.h"
#include "engine/core/shape_text.h"
#include "engine/kernel_info/kernels.h"
#include "engine/learning/optimizer.h"

namespace convscope::files {
namespace {

Error wrong(const std::string& place, const Json& json, const std::string& accepted,
            const std::string& cause = "") {
  return Error(place + " is " + short_text(json) + cause + "; it must be " + accepted);
}

// Returns whether a number that is not 0 becomes 0 in float32.
bool vanishes(double value) {
  return value != 0.0 && static_cast<float>(value) == 0.0f;
}

std::string range_text(Index least, Index most) {
  return "from " + std::to_string(least) + " to " + std::to_string(most);
}

// Returns values from 0 to 1, as a stack of noise has them.
Tensor noise(const Shape& shape, std::uint64_t seed) {
  return *noise_stack(shape.n, shape.c, {shape.h, shape.w}, seed).tensor;
}

// Returns the whole number if it lies in the range.
std::optional<Index> whole_within(const Json& json, Index least, Index most) {
  const std::optional<Index> value = whole_number(json);
  return value && *value >= least && *value <= most ? value : std::nullopt;
}

}  // namespace

SceneReader::SceneReader(const Json& object, std::string place, const SceneFolder& folder)
    : object_(object), place_(std::move(place)), folder_(folder) {
  if (!object.is_object())
    throw wrong(place_.empty() ? "what it holds" : place_, object, "an object in braces");
}

const Json* SceneReader::find(const char* key) {
  known_.insert(key);
  const auto found = object_.find(key);
  return found == object_.end() ? nullptr : &*found;
}

const Json* SceneReader::find_list(const char* key, Index most) {
  const Json* json = find(key);
  if (json == nullptr) return nullptr;
  if (!json->is_array()) throw wrong(place_of(key), *json, "a list in square brackets");
  if (static_cast<Index>(json->size()) > most)
    throw Error(place_of(key) + " has " + std::to_string(json->size()) +
                " entries; it may have at most " + std::to_string(most));
  return json;
}

void SceneReader::finish() const {
  for (auto it = object_.begin(); it != object_.end(); ++it) {
    if (known_.contains(it.key())) continue;
    std::string names;
    for (const std::string& name : known_)
      names += (names.empty() ? "" : ", ") + name;
    throw Error((place_.empty() ? "it" : place_) + " has an unknown key " + short_text(it.key()) +
                "; known are " + names);
  }
}

void SceneReader::flag(const char* key, bool& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  if (!json->is_boolean()) throw wrong(place_of(key), *json, "true or false");
  value = json->get<bool>();
}

void SceneReader::rare_flag(const char* key, std::optional<bool>& value) {
  if (has(key)) flag(key, value.emplace());
}

void SceneReader::seed(const char* key, std::uint64_t& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const std::optional<std::uint64_t> whole = whole_seed(*json);
  if (!whole)
    throw wrong(place_of(key), *json, "a whole number of 64 bits, 0 or more",
                hidden_problem(*json));
  value = *whole;
}

void SceneReader::number(const char* key, Index& value, Index least, Index most) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const std::optional<Index> whole = whole_within(*json, least, most);
  if (!whole) throw wrong(place_of(key), *json, "a whole number " + range_text(least, most));
  value = *whole;
}

void SceneReader::number(const char* key, int& value, Index least, Index most) {
  Index wide = value;
  number(key, wide, least, most);
  value = static_cast<int>(wide);
}

void SceneReader::text(const char* key, std::string& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  // A line feed or other control character has no place in a name and would break lines of output.
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  constexpr std::size_t kMax = 4096;
  if (!json->is_string()) throw wrong(place_of(key), *json, "a text of one line in quotes");
  const auto& written = json->get_ref<const std::string&>();
  if (written.size() > kMax)
    throw Error(place_of(key) + " is a text of " + std::to_string(written.size()) +
                " bytes; it may have at most " + std::to_string(kMax));
  if (const auto found = std::ranges::find_if(written, control); found != written.end())
    throw Error(place_of(key) + " has a control character, number " + std::to_string(*found) +
                ", at byte " + std::to_string(found - written.begin() + 1) +
                "; it must be a text of one line");
  value = written;
}

void SceneReader::preset(const char* key, std::string& value) {
  if (has("weight")) value = "custom";
  text(key, value);
}

void SceneReader::integers(const char* key, const Json& json, std::span<Index> values, Index least,
                           Index most, const char* what) {
  const bool good = json.is_array() && json.size() == values.size() &&
                    std::ranges::all_of(json, [&](const Json& j) {
                      return whole_within(j, least, most).has_value();
                    });
  if (!good)
    throw wrong(place_of(key), json,
                std::string(what) + ", whole numbers " + range_text(least, most));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = *whole_number(json[i]);
}

void SceneReader::pair(const char* key, Yx& value, Index least, Index most) {
  const Json* json = find(key);
  if (json == nullptr) return;
  std::array<Index, 2> values{};
  integers(key, *json, values, least, most, "[y, x]");
  value = {values[0], values[1]};
}

void SceneReader::padding(const char* key, Padding& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  std::array<Index, 4> values{};
  integers(key, *json, values, 0, kMaxFilePadding, "[top, left, bottom, right]");
  value = {values[0], values[1], values[2], values[3]};
}

void SceneReader::pool_padding(const char* key, Padding& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  std::array<Index, 4> v{};
  const bool sides = json->is_array() && json->size() == v.size();
  integers(key, *json, std::span(v).first(sides ? 4 : 2), 0, kMaxPadding,
           "[y, x] or [top, left, bottom, right]");
  value = sides ? Padding{v[0], v[1], v[2], v[3]} : Padding{v[0], v[1], v[0], v[1]};
}

void SceneReader::real(const char* key, float& value, double least, double most) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const double read = json->is_number() ? json->get<double>() : std::nan("");
  if (!(read >= least && read <= most) || vanishes(read)) {
    throw wrong(place_of(key), *json,
                "a number from " + json_text(least).substr(0, json_text(least).size() - 1) +
                    " to " + json_text(most).substr(0, json_text(most).size() - 1),
                vanishes(read) ? hidden_problem(*json) : "");
  }
  value = static_cast<float>(read);
}

void SceneReader::rate(const char* key, float& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const double read = json->is_number() ? json->get<double>() : 0.0;
  const float rounded = read <= kMaxRate ? static_cast<float>(read) : 0.0f;
  if (!(rounded > 0.0f))
    throw wrong(place_of(key), *json, "a positive number of float32, at most 3.4e38",
                vanishes(read) ? hidden_problem(*json) : "");
  value = rounded;
}

void SceneReader::values(const char* key, std::vector<float>& values) {
  const Json* json = find(key);
  if (json == nullptr) return;
  if (!json->is_array()) throw wrong(place_of(key), *json, "a list of numbers");
  if (json->empty()) {
    values.clear();
    return;
  }
  const Tensor row = tensor_from_json(Json::array({*json}), place_of(key));
  values.assign(row.values().begin(), row.values().end());
}

std::size_t SceneReader::chosen(const char* key, const Json& json,
                                std::span<const std::string_view> names) {
  const auto found = std::ranges::find_if(names, [&](std::string_view n) { return json == n; });
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string accepted;
  for (std::size_t i = 0; i < names.size(); ++i) {
    accepted += i == 0 ? "\"" : i + 1 == names.size() ? " or \"" : ", \"";
    accepted += std::string(names[i]) + "\"";
  }
  throw wrong(place_of(key), json, accepted);
}

// Reads the shape and the seed of an object that has "random".
Tensor SceneReader::random_tensor(Random random) {
  std::array<Index, 4> sizes{};
  std::uint64_t number = 0;
  integers("random", *find("random"), sizes, 1, kMaxPictureSize, "[N, C, H, W]");
  seed("seed", number);
  finish();
  const Shape shape{sizes[0], sizes[1], sizes[2], sizes[3]};
  if (shape.numel() > kMaxInputValues)
    throw Error(place_of("random") + " is " + to_string(shape) + ", which has " +
                std::to_string(shape.numel()) + " values; it may have " +
                std::to_string(kMaxInputValues));
  return random(shape, number);
}

Tensor SceneReader::tensor(const Json& json, const std::string& place, Random random) const {
  if (!json.is_object()) return tensor_from_json(json, place);
  SceneReader file(json, place, folder_);
  if (file.has("random")) return file.random_tensor(random);
  std::string name, checksum;
  std::array<Index, 4> shape{};
  file.text("file", name);
  const Json* sizes = file.find("shape");
  if (sizes != nullptr) file.integers("shape", *sizes, shape, 1, kMaxInputValues, "[N, C, H, W]");
  file.text("checksum", checksum);
  file.finish();
  if (name.empty())
    throw Error(place +
                R"( names no file; {"file": "NAME.npy"} does, and {"random": [N, C, H, W], )" +
                R"("seed": 1} needs none)");
  SceneTensorFile named{folder_.file(name, place), {}, {}};
  if (sizes != nullptr) named.shape = Shape{shape[0], shape[1], shape[2], shape[3]};
  if (file.has("checksum")) named.checksum = checksum;
  return read_scene_tensor(named, place);
}

void SceneReader::weight(const char* key, Tensor& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  Tensor read = tensor(*json, place_of(key), random_weight);
  const Shape& s = read.shape();
  if (s.h > kMaxKernelSize || s.w > kMaxKernelSize || s.n > kMaxFileFilters ||
      s.c > kMaxFileFilters)
    throw Error(place_of(key) + " has shape " + to_string(s) + "; a kernel may have " +
                size_text({kMaxKernelSize, kMaxKernelSize}) + " weights, and a layer " +
                std::to_string(kMaxFileFilters) + " filters and channels");
  value = std::move(read);
}

void SceneReader::weight_or_none(const char* key, Tensor& value) {
  const Json* json = find(key);
  if (json != nullptr && json->is_null())
    value = Tensor();
  else
    weight(key, value);
}

void SceneReader::picture(const char* key, TensorPtr& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  if (json->is_null()) {
    value = nullptr;
    return;
  }
  Tensor read = tensor(*json, place_of(key), noise);
  require_input(read.shape(), place_of(key));
  value = shared_tensor(std::move(read));
}

void SceneReader::input(const char* key, InputScene& input) {
  const Json* json = find(key);
  if (json == nullptr) return;
  SceneReader file(*json, place_of(key), folder_);
  file.read_input(input);
  file.finish();
}

void SceneReader::read_input(InputScene& input) {
  const int sources = int{has("pattern")} + int{has("picture")} + int{has("values")};
  if (sources != 1)
    throw Error(place_ + " has " + std::to_string(sources) +
                " of \"pattern\", \"picture\" and \"values\"; it must have one of them");
  input = InputScene();
  seed("seed", input.seed);
  flag("transposed", input.transposed);
  // The sizes are those of the input after rows and columns were swapped.
  const auto made_size = [&](Yx size) { return input.transposed ? Yx{size.x, size.y} : size; };
  if (has("pattern")) {
    Yx size{6, 8};
    text("pattern", input.name);
    pair("size", size, 1, kMaxPictureSize);
    Tensor made = make_pattern(input.name, made_size(size), input.seed);
    input.tensor = shared_tensor(input.transposed ? transposed(made) : std::move(made));
    return;
  }
  flag("color", input.color);
  pair("scaled_to", input.scaled_to, 0, kMaxPictureSize);
  if (has("picture")) {
    std::string written;
    text("picture", written);
    const std::uint64_t kept = input.seed;
    input = picture_input(folder_.file(written, place_), input.color, input.scaled_to,
                          input.transposed, folder_.stop)
                .input;
    input.seed = kept;
  } else {
    input.name = "drawn";
    Tensor values = tensor(*find("values"), place_of("values"), noise);
    require_input(values.shape(), place_of("values"));
    input.meaning = meaning_of(values);
    choice("meaning", input.meaning, kInputMeaningNames);
    input.tensor = shared_tensor(std::move(values));
  }
  text("name", input.name);
}

}  // namespace convscope::files
