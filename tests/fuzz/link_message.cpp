#include <algorithm>
#include <string>
#include <vector>

#include "app/link/message_reader.h"
#include "app/link/request.h"
#include "app/link/show.h"
#include "engine/core/error.h"
#include "tests/fuzz/target.h"

// What a client of the window sends: the first byte says in pieces of which size it comes, the rest
// is read as messages, and what they ask for is carried out on a scene.
namespace convscope::fuzz {
namespace {

constexpr Bytes kMost = 1e6;

std::vector<link::Message> read_all(std::string_view bytes, std::size_t piece) {
  link::MessageReader reader;
  std::vector<link::Message> messages;
  while (!bytes.empty()) {
    const std::span<std::byte> room = reader.room();
    require(!room.empty(), "there is room for the next bytes");
    const std::size_t count = std::min({room.size(), bytes.size(), piece});
    std::ranges::copy(std::as_bytes(std::span(bytes.substr(0, count))), room.begin());
    bytes.remove_prefix(count);
    if (auto message = reader.took(count, {kMost, "a test"}))
      messages.push_back(*std::move(message));
    require(reader.array_bytes() <= kMost, "no more memory is taken than there is");
  }
  return messages;
}

void carry_out(link::Message message) {
  try {
    const link::Request request = link::request_of(std::move(message));
    const auto* show = std::get_if<link::Show>(&request);
    if (show == nullptr) return;
    Scene scene = default_scene();
    apply(scene, link::edit_of(scene, *show));
    require(!link::shown_text(*show).empty(), "what is shown has a text");
  } catch (const Error&) {
  }
}

}  // namespace

void prepare() {}

void fuzz_one(std::string_view input) {
  if (input.empty()) return;
  const std::size_t piece = 1 + static_cast<unsigned char>(input.front());
  input.remove_prefix(1);
  try {
    for (const link::Message& message : read_all(input, piece)) {
      const std::string written = link::encoded(message);
      const std::vector<link::Message> again = read_all(written, written.size());
      require(again.size() == 1 && link::encoded(again.front()) == written,
              "what was written reads as the same");
      carry_out(message);
    }
  } catch (const Error&) {
  }
}

}  // namespace convscope::fuzz
