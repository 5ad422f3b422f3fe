#include "app/link/shown_arrays.h"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "app/link/show.h"

namespace convscope::link {
namespace {

// Where the values of a name are looked for.
struct Place {
  const State& state;
  const LayerResults& layer;  // of the layer that was asked for
  std::size_t number = 0;     // its index from 0
  std::string of_layer() const { return " of layer " + std::to_string(number); }
};

// Returns a pointer to a tensor that belongs to something shared; null for an empty one.
template <typename Owner>
TensorPtr part_of(const std::shared_ptr<Owner>& owner, const Tensor& tensor) {
  if (tensor.empty()) return nullptr;
  return TensorPtr(std::shared_ptr<const Tensor>(owner, &tensor));
}

// A bias as an array of one dimension.
Array vector_array(std::span<const float> values) {
  if (values.empty()) return {};
  const Shape shape{1, 1, 1, static_cast<Index>(values.size())};
  return {"", std::make_shared<const Tensor>(shape, values), 1};
}

Array of_output(const Place& place, const TensorPtr& values) {
  if (!values && !place.layer.output_error.empty())
    throw Error("there is no output" + place.of_layer() + ": " + place.layer.output_error);
  return {"", values};
}

Array of_pooled(const Place& place) {
  if (!place.layer.pooled_error.empty())
    throw Error("there are no pooled values" + place.of_layer() + ": " + place.layer.pooled_error);
  return of_output(place, pooled_values(place.layer));
}

const TrainingSnapshot& training_of(const Place& place) {
  if (place.number != 0)
    throw Error("layer " + std::to_string(place.number) +
                " is not learned; the learning has layer 0 alone");
  if (place.state.training_comes) throw NotYet("the learning of what is shown is not there yet");
  if (!place.state.training)
    throw Error("the learning has not begun yet; it begins where it is shown, on the Kernel page");
  if (place.state.training->weight.empty() && !place.state.training->message.empty())
    throw Error("there is nothing to learn: " + place.state.training->message);
  return *place.state.training;
}

Array of_training(const Place& place, Tensor TrainingSnapshot::*member) {
  const TrainingSnapshot& snapshot = training_of(place);
  return {"", part_of(place.state.training, snapshot.*member)};
}

const LayerGradients& gradients_of(const Place& place) {
  const auto& backward = place.state.backward;
  if (place.state.backward_comes) throw NotYet("the gradients of what is shown are not there yet");
  if (!backward)
    throw Error("the window has no gradients now; it computes them while Backward (B) is on");
  if (!backward->error.empty()) throw Error("there are no gradients: " + backward->error);
  if (place.number >= backward->layers.size())
    throw Error("the window has no gradients" + place.of_layer() +
                "; it has those of the layers that the page shows");
  return backward->layers[place.number];
}

using Find = Array (*)(const Place&);

struct Named {
  std::string_view name;
  Find find;
  bool KeptBack::*kept = &KeptBack::results;  // when its values are kept back
};

// Everything that can be asked for.
constexpr Named kNames[] = {
    {"input",
     [](const Place& p) {
       return Array{"", p.layer.input};
     },
     &KeptBack::input},
    {"weight",
     [](const Place& p) {
       return Array{"", part_of(p.state.results, p.layer.weight)};
     },
     &KeptBack::weights},
    {"bias", [](const Place& p) { return vector_array(p.layer.bias); }, &KeptBack::weights},
    {"kernel",
     [](const Place& p) {
       const Scene& scene = p.state.results->scene;
       return Array{"",
                    part_of(p.state.results, convolution(scene.layers[p.number]).kernel.weight)};
     },
     &KeptBack::weights},
    {"output", [](const Place& p) { return of_output(p, p.layer.output); }},
    {"activated", [](const Place& p) { return of_output(p, p.layer.activated); }},
    {"pooled", of_pooled},
    {"learned", [](const Place& p) { return of_training(p, &TrainingSnapshot::weight); }},
    {"learned_bias", [](const Place& p) { return vector_array(training_of(p).bias); }},
    {"gradient", [](const Place& p) { return of_training(p, &TrainingSnapshot::gradient); }},
    {"target",
     [](const Place& p) {
       return Array{"", training_of(p).target};
     }},
    {"error",
     [](const Place& p) {
       return Array{"", training_of(p).error};
     }},
    {"grad_input",
     [](const Place& p) {
       return Array{"", gradients_of(p).input};
     }},
    {"grad_weight",
     [](const Place& p) {
       return Array{"", part_of(p.state.backward, gradients_of(p).kernel)};
     }},
    {"grad_bias", [](const Place& p) { return vector_array(gradients_of(p).bias); }},
    {"grad_output",
     [](const Place& p) {
       return Array{"", gradients_of(p).output};
     }},
    {"grad_pooled",
     [](const Place& p) {
       return Array{"", gradients_of(p).pooled};
     }},
};

Array array_of(const Place& place, const std::string& name) {
  const auto found = std::ranges::find(kNames, name, &Named::name);
  if (found == std::end(kNames)) {
    std::string known;
    for (const Named& named : kNames)
      known += (known.empty() ? "" : ", ") + std::string(named.name);
    throw Error("there is no array " + short_text(name) + "; there are " + known);
  }
  // The input of a later layer is the result of the one before.
  const bool of_results = place.number > 0 && name == "input" && place.state.kept_back.results;
  if (of_results || place.state.kept_back.*found->kept)
    throw Error("the question of the lesson keeps " + name + " back until it is answered");
  Array array = found->find(place);
  if (!array.values) throw Error("there is no " + name + place.of_layer());
  array.name = name;
  return array;
}

}  // namespace

Message values_message(const State& state, const Get& get) {
  const auto& layers = state.results->layers;
  require_layer(get.layer, layers.size());
  Message message;
  message.header["kind"] = "values";
  message.header["state"] = state.number;
  const Place place{state, layers[get.layer], get.layer};
  for (const std::string& name : get.names)
    message.arrays.push_back(array_of(place, name));
  return message;
}

}  // namespace convscope::link
