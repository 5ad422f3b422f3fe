#include "app/link/request.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "app/files/printable_text.h"
#include "app/files/scene_numbers.h"
#include "engine/core/error.h"

namespace convscope::link {
namespace {

constexpr Index kMostLayers = 65;

// Returns a list for a message: "show", "get" or "bye".
std::string list_text(std::initializer_list<std::string_view> names) {
  std::string text;
  std::size_t i = 0;
  for (const std::string_view name : names) {
    text += i == 0 ? "\"" : i + 1 == names.size() ? " or \"" : ", \"";
    text += std::string(name) + "\"";
    ++i;
  }
  return text;
}

void require_keys(const Json& header, std::initializer_list<std::string_view> known) {
  for (auto it = header.begin(); it != header.end(); ++it) {
    if (std::ranges::find(known, it.key()) == known.end())
      throw Error("the message has an unknown key " + short_text(it.key()) + "; known are " +
                  list_text(known));
  }
}

void require_no_arrays(const Message& message) {
  if (!message.arrays.empty())
    throw Error("the message brings the array " + short_text(message.arrays.front().name) +
                "; only \"show\" brings arrays");
}

// Takes an array out of the message; its values are null if it isn't there. Throws Error unless the
// number of its dimensions is among `ranks`; `accepted` says them.
Array taken(Message& message, std::string_view name, std::initializer_list<std::size_t> ranks,
            const std::string& accepted) {
  const auto found = std::ranges::find(message.arrays, name, &Array::name);
  if (found == message.arrays.end()) return {};
  if (std::ranges::find(ranks, found->rank) == ranks.end())
    throw Error(std::string(name) + " has shape " + sizes_text(*found) + "; it must be " +
                accepted);
  Array array = std::move(*found);
  message.arrays.erase(found);
  return array;
}

// Takes an object out of the header; null if it isn't there.
Json object_of(Json& header, const char* key) {
  const auto found = header.find(key);
  if (found == header.end()) return nullptr;
  if (!found->is_object())
    throw Error(std::string(key) + " is " + short_text(*found) +
                "; it must be an object in braces");
  return std::move(*found);
}

// Returns the layer that the header names; 0 where it names none.
std::size_t layer_of(const Json& header) {
  const auto layer = header.find("layer");
  if (layer == header.end()) return 0;
  const std::optional<Index> number = whole_number(*layer);
  if (!number || *number < 0 || *number >= kMostLayers)
    throw Error("layer is " + short_text(*layer) + "; it must be the number of a layer, from 0");
  return static_cast<std::size_t>(*number);
}

Show show_of(Message message) {
  Json& header = message.header;
  require_keys(header, {"kind", "options", "pooling", "layer", "client"});
  Show show;
  show.layer = layer_of(header);
  if (const auto client = header.find("client"); client != header.end()) {
    if (!client->is_string() || client->get_ref<const std::string&>().empty() ||
        client->get_ref<const std::string&>().size() > kMaxNameBytes)
      throw Error("client is " + short_text(*client) + "; it must be a name of at most " +
                  std::to_string(kMaxNameBytes) + " bytes");
    show.client = printable(client->get<std::string>());
  }
  show.options = object_of(header, "options");
  show.pooling = object_of(header, "pooling");
  constexpr const char* kPictures = "[H, W], [C, H, W] or [N, C, H, W]";
  show.input = taken(message, "input", {2, 3, 4}, kPictures).values;
  if (show.input) show.meaning = meaning_of(*show.input);
  const Array weight =
      taken(message, "weight", {2, 4}, "[kh, kw] or [C_out, C_in / groups, kh, kw]");
  show.weight = weight.values;
  show.one_kernel = weight.rank == 2;
  show.bias = taken(message, "bias", {1}, "[C_out]").values;
  show.target = taken(message, "target", {2, 3, 4}, kPictures).values;
  if (!message.arrays.empty())
    throw Error("the message brings an array " + short_text(message.arrays.front().name) +
                "; it may bring " + list_text({"input", "weight", "bias", "target"}));
  if (!show.input && !show.weight && !show.bias && !show.target && show.options.is_null() &&
      show.pooling.is_null())
    throw Error(
        "the message shows nothing; it must bring an array (input, weight, bias or target), "
        "options or pooling");
  return show;
}

Get get_of(const Json& header) {
  require_keys(header, {"kind", "names", "layer"});
  Get get;
  const auto names = header.find("names");
  const bool good =
      names != header.end() && names->is_array() && !names->empty() &&
      names->size() <= kMaxArrays && std::ranges::all_of(*names, [](const Json& name) {
        return name.is_string() && name.get_ref<const std::string&>().size() <= kMaxNameBytes;
      });
  if (!good)
    throw Error("names is " + (names == header.end() ? "missing" : short_text(*names)) +
                "; it must be a list of 1 to " + std::to_string(kMaxArrays) + " names");
  for (const Json& name : *names) {
    if (std::ranges::find(get.names, name.get_ref<const std::string&>()) != get.names.end())
      throw Error("names has " + short_text(name) + " twice");
    get.names.push_back(name.get<std::string>());
  }
  get.layer = layer_of(header);
  return get;
}

Wait wait_of(const Json& header) {
  require_keys(header, {"kind", "state"});
  const auto state = header.find("state");
  const std::optional<std::uint64_t> number =
      state == header.end() ? std::nullopt : whole_seed(*state);
  if (!number)
    throw Error("state is " + (state == header.end() ? "missing" : short_text(*state)) +
                "; it must be the number of a state, 0 or more");
  return {*number};
}

}  // namespace

Request request_of(Message message) {
  const auto kind = message.header.find("kind");
  const std::string name =
      kind != message.header.end() && kind->is_string() ? kind->get<std::string>() : "";
  if (name == "show") return show_of(std::move(message));
  if (name != "get" && name != "wait" && name != "bye")
    throw Error("the message's kind is " +
                (kind == message.header.end() ? "missing" : short_text(*kind)) + "; it must be " +
                list_text({"show", "get", "wait", "bye"}));
  require_no_arrays(message);
  if (name == "get") return get_of(message.header);
  if (name == "wait") return wait_of(message.header);
  require_keys(message.header, {"kind"});
  return Bye{};
}

}  // namespace convscope::link
