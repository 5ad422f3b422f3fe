#include "app/export/snippet/snippet.h"

#include <array>

#include "app/export/snippet/dialect.h"
#include "app/export/snippet/list_writer.h"
#include "app/export/snippet/numpy_writer.h"
#include "app/export/snippet/torch_writer.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

constexpr std::array kDialects{Dialect::kPytorch, Dialect::kNumpy, Dialect::kLists};

std::string layer_text(const SnippetWriter& writer, const SnippetLayer& layer) {
  const LayerResults& results = *layer.results;
  std::string text = writer.tensor("weight" + layer.end,
                                   layer.shared() ? layer.scene->kernel.weight : results.weight,
                                   layer.shared() ? results.weight.shape().n : 1);
  text += writer.bias("bias" + layer.end, results.bias, layer.shared());
  text += writer.convolution(layer);
  if (layer.scene->relu) text += writer.relu(layer);
  if (layer.pooled) text += writer.pooling(layer);
  return text;
}

std::string checks(const SnippetWriter& writer, const SnippetLayer& layer, bool first) {
  const Tolerance tolerance = tolerance_of(layer, first);
  const std::string name = "tolerance" + layer.end;
  std::string text = python::comment(tolerance.why) + name + " = " + tolerance.value + "\n";
  text += writer.check("y" + layer.end, *layer.results->output, name);
  if (layer.pooled)
    text += writer.check("pooled" + layer.end, layer.results->pooled->output, name);
  else if (layer.scene->relu)
    text += writer.check("activated" + layer.end, *layer.results->activated, name);
  return text;
}

// Tells how the archive is made; only after learning it has the target.
std::string loading(bool target) {
  const std::string command = std::string("convscope render SCENE ") +
                              (target ? "--panel loss " : "") + "--output tensors.npz";
  return "# All tensors of the scene. Make this file first: in the window by Shift+F12, as .npz, "
         "or by\n"
         "# " +
         command + "\ntensors = np.load(\"tensors.npz\")\n";
}

}  // namespace

const char* name(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPytorch:
      return "pytorch";
    case Dialect::kNumpy:
      return "numpy";
    case Dialect::kLists:
      return "lists";
  }
  return "";
}

std::optional<Dialect> dialect_named(std::string_view text) {
  for (const Dialect dialect : kDialects) {
    if (text == name(dialect)) return dialect;
  }
  return std::nullopt;
}

std::unique_ptr<SnippetWriter> make_writer(Dialect dialect, const SnippetSteps& steps) {
  switch (dialect) {
    case Dialect::kPytorch:
      return std::make_unique<TorchWriter>(steps);
    case Dialect::kNumpy:
      return std::make_unique<NumpyWriter>(steps);
    case Dialect::kLists:
      break;
  }
  return std::make_unique<ListWriter>(steps);
}

Snippet snippet(Dialect dialect, const SnippetSource& source) {
  SnippetSteps steps = steps_of(source);
  const std::optional<SnippetLearning> learning = learning_of(source, steps);
  steps.learns = learning.has_value();
  const bool target = learning && !learning->maker && is_loaded(learning->problem->target);
  steps.loads = steps.loads || target;
  const std::unique_ptr<SnippetWriter> writer = make_writer(dialect, steps);
  std::string text = writer->head() + "\n";
  if (steps.loads) text += loading(target);
  text += writer->tensor("x", *steps.layers.front().results->input, 1);
  for (const SnippetLayer& layer : steps.layers)
    text += layer_text(*writer, layer) + "\n";
  text += "# What the window shows.\n";
  for (const SnippetLayer& layer : steps.layers)
    text += checks(*writer, layer, &layer == &steps.layers.front());
  if (learning) text += "\n" + writer->learning(*learning);
  return {std::move(text), steps.loads};
}

}  // namespace convscope::exports
