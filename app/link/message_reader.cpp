#include "app/link/message_reader.h"

#include <algorithm>
#include <utility>

#include "app/files/parse_json.h"
#include "app/files/scene_numbers.h"
#include "app/scene/option_limits.h"
#include "app/scene/shared_tensor.h"
#include "engine/core/error.h"

namespace convscope::link {
namespace {

// Throws unless the header is an object of this version of the protocol.
void require_version(const Json& header) {
  if (!header.is_object())
    throw Error("the message's header is " + short_text(header) +
                "; it must be an object in braces");
  const auto version = header.find("version");
  if (version == header.end() || *version != kProtocolVersion)
    throw Error("the message's version is " +
                (version == header.end() ? "missing" : short_text(*version)) +
                "; this window takes " + std::to_string(kProtocolVersion));
}

std::string name_of(const Json& described) {
  const auto name = described.is_object() ? described.find("name") : described.end();
  if (!described.is_object() || name == described.end() || !name->is_string() ||
      name->get_ref<const std::string&>().size() > kMaxNameBytes || described.size() != 3)
    throw Error("an array is described by " + short_text(described) +
                "; it must be an object with \"name\" (at most " + std::to_string(kMaxNameBytes) +
                " bytes), \"dtype\" and \"shape\"");
  return name->get<std::string>();
}

void require_dtype(const Json& described, const std::string& name) {
  const auto dtype = described.find("dtype");
  if (dtype == described.end() || *dtype != "float32")
    throw Error("the dtype of " + short_text(name) + " is " +
                (dtype == described.end() ? "missing" : short_text(*dtype)) +
                "; it must be \"float32\"");
}

Error wrong_shape(const Json& described, const std::string& name) {
  const auto shape = described.find("shape");
  return Error("the shape of " + short_text(name) + " is " +
               (shape == described.end() ? "missing" : short_text(*shape)) + "; it must be 1 to " +
               std::to_string(kMaxRank) + " sizes from 1 on, of at most " +
               std::to_string(kMaxInputValues) + " values together");
}

// Returns the sizes with ones before them, as many as a tensor has.
Shape shape_of(const Json& described, const std::string& name) {
  const auto shape = described.find("shape");
  if (shape == described.end() || !shape->is_array() || shape->empty() || shape->size() > kMaxRank)
    throw wrong_shape(described, name);
  std::array<Index, kMaxRank> sizes{1, 1, 1, 1};
  Index numel = 1;  // each factor is at most 2^28, so that the product can't overflow
  for (std::size_t i = 0; i < shape->size(); ++i) {
    const std::optional<Index> size = whole_number((*shape)[i]);
    if (!size || *size < 1 || *size > kMaxInputValues) throw wrong_shape(described, name);
    numel *= *size;
    if (numel > kMaxInputValues) throw wrong_shape(described, name);
    sizes[kMaxRank - shape->size() + i] = *size;
  }
  return {sizes[0], sizes[1], sizes[2], sizes[3]};
}

}  // namespace

std::span<std::byte> MessageReader::room() {
  switch (part_) {
    case Part::kLength:
      return std::span(length_).subspan(filled_);
    case Part::kHeader:
      return std::as_writable_bytes(std::span(header_)).subspan(filled_);
    case Part::kArrays:
      return std::as_writable_bytes(values_.values()).subspan(filled_);
  }
  return {};
}

std::optional<Message> MessageReader::took(std::size_t count, const MemoryLimit& limit,
                                           Bytes others) {
  filled_ += count;
  if (!room().empty()) return std::nullopt;
  filled_ = 0;
  switch (part_) {
    case Part::kLength:
      read_length();
      return std::nullopt;
    case Part::kHeader:
      read_header(limit, others);
      break;
    case Part::kArrays:
      read_array();
      break;
  }
  return whole();
}

void MessageReader::read_length() {
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_.size(); ++i)
    length |= std::to_integer<std::size_t>(length_[i]) << (8 * i);
  if (length < 1 || length > kMaxHeaderBytes)
    throw Error("the message's header has " + std::to_string(length) +
                " bytes; it must have from 1 to " + std::to_string(kMaxHeaderBytes));
  header_.assign(length, '\0');
  part_ = Part::kHeader;
}

void MessageReader::read_header(const MemoryLimit& limit, Bytes others) {
  Json header;
  try {
    header = parse_json(std::exchange(header_, {}));
  } catch (const Error& error) {
    throw Error(std::string("the message's header can't be read: ") + error.what());
  }
  require_version(header);
  if (const auto arrays = header.find("arrays"); arrays != header.end()) {
    if (!arrays->is_array() || arrays->size() > kMaxArrays)
      throw Error("the message's list of arrays is " + short_text(*arrays) +
                  "; it must be a list of at most " + std::to_string(kMaxArrays));
    for (const Json& described : *arrays) {
      const std::string name = name_of(described);
      if (std::ranges::find(awaited_, name, &Awaited::name) != awaited_.end())
        throw Error("the array " + short_text(name) + " is in the message twice");
      require_dtype(described, name);
      const Shape shape = shape_of(described, name);
      awaited_.push_back({name, shape, described["shape"].size()});
      array_bytes_ += static_cast<Bytes>(shape.numel()) * sizeof(float);
    }
    header.erase("arrays");
  }
  if (array_bytes_ + others > limit.bytes)
    throw Error("the message's arrays take " + bytes_text(array_bytes_) +
                (others > 0 ? ", and those of other clients " + bytes_text(others) : "") +
                "; they " + allowed_text(limit));
  header.erase("version");
  message_.header = std::move(header);
  part_ = Part::kArrays;
}

void MessageReader::read_array() {
  const Awaited& array = awaited_[message_.arrays.size()];
  message_.arrays.push_back({array.name, shared_tensor(std::exchange(values_, {})), array.rank});
}

// Goes on to the next array, or ends the message.
std::optional<Message> MessageReader::whole() {
  if (message_.arrays.size() < awaited_.size()) {
    values_ = Tensor();
    values_.resize(awaited_[message_.arrays.size()].shape);  // takes memory, but does not touch it
    return std::nullopt;
  }
  Message done = std::move(message_);
  *this = MessageReader();
  return done;
}

}  // namespace convscope::link
