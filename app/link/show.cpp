#include "app/link/show.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/files/scene_file.h"
#include "app/files/scene_reader.h"
#include "app/files/scene_tensor.h"
#include "engine/core/error.h"
#include "engine/core/shape_text.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/conv2d_shape.h"
#include "engine/ops/pool2d_shape.h"

namespace convscope::link {

void require_layer(std::size_t layer, std::size_t count) {
  if (layer >= count)
    throw Error("layer is " + std::to_string(layer) + "; the scene has " + std::to_string(count) +
                (count == 1 ? " layer" : " layers") + ", counted from 0");
}

// The options of a "show" besides those of the pooling. Declared here, where SceneReader finds its
// describe().
struct ShownOptions {
  ConvScene& conv;
  bool& relu;
};

void describe(auto& file, const ShownOptions& options) {
  describe(file, options.conv);
  file.flag("relu", options.relu);
}

namespace {

// Values that are compared with those that are there; more would take time.
constexpr Index kMaxCompared = Index{1} << 20;

// PyTorch takes one number for both axes.
void widen_pair(Json& options, const char* key) {
  const auto found = options.find(key);
  if (found != options.end() && found->is_number()) *found = Json::array({*found, *found});
}

// Turns PyTorch's padding into a scene's: a number, [y, x], "same" or "valid".
void widen_padding(Json& options) {
  const auto found = options.find("padding");
  if (found == options.end()) return;
  if (found->is_string()) {
    const Json choice = *found;
    options.erase("padding");
    options["padding_choice"] = choice;
    return;
  }
  options["padding_choice"] = "explicit";
  Json& padding = options["padding"];
  if (padding.is_number()) padding = Json::array({padding, padding});
  if (padding.is_array() && padding.size() == 2) {
    padding.push_back(Json(padding[0]));
    padding.push_back(Json(padding[1]));
  }
}

// Throws Error for a key that is not among those known.
void require_known(const Json& options, const char* name,
                   std::initializer_list<std::string_view> known) {
  for (auto it = options.begin(); it != options.end(); ++it) {
    if (std::ranges::find(known, it.key()) != known.end()) continue;
    std::string all;
    for (const std::string_view key : known)
      all += (all.empty() ? "" : ", ") + std::string(key);
    throw Error(std::string(name) + " has an unknown key " + short_text(it.key()) + "; known are " +
                all);
  }
}

void take_options(Json options, ConvolutionLayer& layer) {
  if (options.is_null()) return;
  require_known(options, "options",
                {"stride", "padding", "padding_mode", "dilation", "groups", "transposed",
                 "output_padding", "relu"});
  for (const char* key : {"stride", "dilation", "output_padding"})
    widen_pair(options, key);
  widen_padding(options);
  ShownOptions shown{layer.conv, layer.relu};
  SceneReader::read(options, "options", SceneFolder{.path = {}, .readable = false}, shown);
}

void take_pooling(Json options, PoolingScene& pool) {
  if (options.is_null()) return;
  require_known(options, "pooling",
                {"kind", "kernel_size", "stride", "padding", "dilation", "ceil_mode",
                 "count_include_pad", "divisor_override"});
  if (const auto size = options.find("kernel_size"); size != options.end()) {
    const Json kernel = *size;
    options.erase("kernel_size");
    options["kernel"] = kernel;
    if (!options.contains("stride")) options["stride"] = kernel;  // as in PyTorch
  }
  for (const char* key : {"kernel", "stride", "dilation"})
    widen_pair(options, key);
  widen_padding(options);
  SceneReader::read(options, "pooling", SceneFolder{.path = {}, .readable = false}, pool);
}

void take_weight(const Show& show, Index channels, KernelScene& kernel) {
  const Shape& shape = show.weight->shape();
  if (shape.h > kMaxKernelSize || shape.w > kMaxKernelSize || shape.n > kMaxFileFilters ||
      shape.c > kMaxFileFilters)
    throw Error("weight has shape " + to_string(shape) + "; a kernel may have " +
                size_text({kMaxKernelSize, kMaxKernelSize}) + " weights, and a layer " +
                std::to_string(kMaxFileFilters) + " filters and channels");
  if (show.weight->numel() > kMaxSentWeights)
    throw Error("weight has " + std::to_string(show.weight->numel()) +
                " values; a weight that is sent may have at most " +
                std::to_string(kMaxSentWeights));
  kernel.weight = *show.weight;
  // The window shows a layer of one filter on one channel as the kernel that it is.
  kernel.layer = !show.one_kernel && (shape.n != 1 || shape.c != 1 || channels != 1);
  kernel.preset = "custom";
  kernel.seed = 0;
  kernel.turned = false;
}

// A bias that nobody gives, and that does not fit any more, becomes 0.
void take_bias(const Show& show, Index outputs, KernelScene& kernel) {
  if (show.bias) {
    const auto values = show.bias->values();
    kernel.bias.assign(values.begin(), values.end());
  } else if (std::ssize(kernel.bias) != (kernel.layer ? outputs : 1)) {
    kernel.bias = {0.0f};
  }
}

// One kernel goes over each channel alone, which is what its groups are.
void require_groups(const Show& show, const ConvolutionLayer& layer) {
  if (show.options.is_null() || layer.kernel.layer || layer.conv.groups == 1) return;
  if (!show.options.contains("groups")) return;
  throw Error("groups is " + std::to_string(layer.conv.groups) +
              ", and the weight is one kernel for every channel; groups need a weight [C_out, C_in "
              "/ groups, kh, kw]");
}

// A sentence of the scene's reader in the words of a client, who knows no scene.
std::string in_clients_words(std::string sentence) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"kernel.weight", "weight"},
      {"kernel.bias", "bias"},
      {"conv.", "options."},
      {"pool.", "pooling."},
      {"pooling.kernel ", "pooling.kernel_size "},
      {".padding_choice", ".padding"}};
  for (const auto& [theirs, ours] : kWords) {
    const std::size_t at = sentence.find(theirs);
    if (at != std::string::npos) sentence.replace(at, theirs.size(), ours);
  }
  return sentence;
}

// Throws Error unless the layer has an output for the input. Returns its shape.
Shape require_output(const ConvolutionLayer& layer, const Shape& input) {
  require_layer_fits(layer, input.c, "");
  const LayerArguments arguments = layer_arguments(layer.kernel, layer.conv, input.c);
  return conv2d_output_shape(input, arguments.weight.shape(), arguments.options);
}

// Returns the shape of what a layer takes: the input after all layers before it.
Shape input_shape_of(const Scene& scene, Shape shape, std::size_t layer) {
  for (std::size_t i = 0; i < layer; ++i) {
    const ConvolutionLayer& before = convolution(scene.layers[i]);
    shape = require_output(before, shape);
    if (before.pooled) shape = pool2d_output_shape(shape, pool_options(before.pool, shape));
  }
  return shape;
}

Json sizes_json(const Shape& shape) {
  return Json::array({shape.n, shape.c, shape.h, shape.w});
}

std::string listed(const std::vector<std::string>& things) {
  std::string text;
  for (std::size_t i = 0; i < things.size(); ++i)
    text += (i == 0 ? "" : i + 1 == things.size() ? " and " : ", ") + things[i];
  return text;
}

// Returns whether what a client sends is there already. Looks at no more values than take no time.
bool is_there(const TensorPtr& sent, const TensorPtr& there) {
  return sent && there && sent->numel() <= kMaxCompared && *sent == *there;
}

Edit changed_by(const Scene& scene, const Show& show, bool tells_shapes) {
  require_layer(show.layer, scene.layers.size());
  if (show.target && show.layer != 0)
    throw Error("target comes with layer " + std::to_string(show.layer) +
                "; the learning is that of layer 0");
  if (show.input) require_input(show.input->shape(), "input");
  const Shape input =
      input_shape_of(scene, (show.input ? show.input : scene.input.tensor)->shape(), show.layer);
  LayerScene layer = scene.layers[show.layer];
  ConvolutionLayer& changes = convolution(layer);
  take_options(show.options, changes);
  take_pooling(show.pooling, changes.pool);
  if (show.weight) take_weight(show, input.c, changes.kernel);
  take_bias(show, output_channels(changes.kernel, changes.conv, input.c), changes.kernel);
  require_groups(show, changes);
  const Shape output = require_output(changes, input);
  if (!show.input && !show.target) return Edit{LayerEdit{show.layer, std::move(layer)}};
  Scene changed = scene;
  changed.layers[show.layer] = std::move(layer);
  if (show.input && !is_there(show.input, scene.input.tensor)) {
    changed.input = InputScene();
    changed.input.tensor = show.input;
    changed.input.name = "from " + show.client;
    changed.input.meaning = show.meaning;
  }
  if (show.target) {
    if (show.target->shape() != output)
      throw Error("target has shape " + to_string(show.target->shape()) +
                  "; it must have that of the output" +
                  (tells_shapes ? ", " + to_string(output) : ""));
    changed.learning.target = LearningTarget::kPicture;
    if (!is_there(show.target, scene.learning.picture)) {
      changed.learning.picture = show.target;
      changed.learning.picture_name = "from " + show.client;
    }
  }
  return Edit{std::move(changed)};
}

}  // namespace

Edit edit_of(const Scene& scene, const Show& show, const KeptBack& kept_back) {
  try {
    return changed_by(scene, show, !kept_back.results);
  } catch (const Error& error) {
    throw Error(in_clients_words(error.what()));
  }
}

bool changes(const Scene& scene, const Edit& edit) {
  if (const auto* layer = std::get_if<LayerEdit>(&edit.part))
    return std::get<LayerScene>(layer->part) != scene.layers[layer->layer];
  const Scene& after = std::get<Scene>(edit.part);
  return after.layers != scene.layers || after.learning != scene.learning ||
         after.input.tensor != scene.input.tensor;
}

std::string shown_text(const Show& show) {
  std::vector<std::string> things;
  const std::pair<const char*, const TensorPtr&> arrays[] = {
      {"input", show.input}, {"weight", show.weight}, {"target", show.target}};
  for (const auto& [name, tensor] : arrays)
    if (tensor) things.push_back(name + (" " + to_string(tensor->shape())));
  if (show.bias) things.push_back("bias [" + std::to_string(show.bias->numel()) + "]");
  if (!show.options.is_null())
    for (auto it = show.options.begin(); it != show.options.end(); ++it)
      things.push_back(it.key());
  if (!show.pooling.is_null()) things.push_back("pooling");
  std::string text = listed(things);
  if (show.layer != 0) text += " of layer " + std::to_string(show.layer + 1);
  return text + " from " + show.client;
}

Message shown_message(const State& state, std::size_t layer) {
  if (layer >= state.results->layers.size())
    return error_message("the layer was removed before its output was there");
  const LayerResults& results = state.results->layers[layer];
  if (!results.output) return error_message(results.output_error);
  Message message;
  message.header["kind"] = "shown";
  message.header["state"] = state.number;
  Json& shapes = message.header["shapes"] = Json::object();
  // The input of a later layer is the result of the one before.
  const bool told = layer == 0 || !state.kept_back.results;
  if (told) shapes["input"] = sizes_json(results.input->shape());
  shapes["weight"] = sizes_json(results.weight.shape());
  if (state.kept_back.results) return message;
  shapes["output"] = sizes_json(results.output->shape());
  if (const TensorPtr pooled = pooled_values(results))
    shapes["pooled"] = sizes_json(pooled->shape());
  return message;
}

}  // namespace convscope::link
