#include "app/lesson/layer_place.h"

namespace convscope::lesson {

const LayerResults* layer_of(const WordQuery& query, std::string& why) {
  const ResultsPtr& results = query.values.results;
  if (!results) {
    why = "the scene is not evaluated yet";
    return nullptr;
  }
  if (query.layer < results->layers.size()) return &results->layers[query.layer];
  const std::size_t count = results->layers.size();
  why = "the scene has " + std::to_string(count) + (count == 1 ? " layer" : " layers");
  return nullptr;
}

const ConvolutionLayer& layer_scene(const WordQuery& query) {
  return convolution(query.values.results->scene.layers[query.layer]);
}

}  // namespace convscope::lesson
