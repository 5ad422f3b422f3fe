#include "app/cli/send.h"

#include <CLI/App.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <ostream>
#include <string>

#include "app/cli/files.h"
#include "app/cli/report.h"
#include "app/cli/usage_error.h"
#include "app/files/arrays/array_file.h"
#include "app/files/printable_text.h"
#include "app/link/client.h"
#include "app/link/socket_place.h"

namespace convscope::cli {
namespace {

struct Arguments {
  std::string file;
  std::string to;
  std::string window = link::kUsualName;
};

constexpr std::array<std::string_view, 4> kPlaces{"input", "weight", "bias", "target"};

link::Array array_of(const Arguments& a, const CommandContext& context) {
  const ArrayPath path = array_path(a.file);
  // The number of axes is the file's: a weight of two is a kernel for every channel.
  const std::size_t rank =
      is_array_file(path.file) ? open_array(path).header.shape.size() : link::kMaxRank;
  link::Array array{a.to, nullptr, rank};
  if (a.to == "bias") {
    const std::vector<float> values = read_bias(context, a.file);
    const Shape shape{1, 1, 1, static_cast<Index>(values.size())};
    array.values = std::make_shared<const Tensor>(shape, values);
  } else if (a.to == "weight") {
    array.values = std::make_shared<const Tensor>(read_tensor(context, a.file));
  } else {
    array.values = std::make_shared<const Tensor>(read_input(context, a.file));
  }
  return array;
}

// Writes a shape that a window tells: "[1, 1, 6, 7]".
std::string sizes_text(const Json& sizes) {
  std::string text;
  for (const Json& size : sizes)
    text += (text.empty() ? "" : ", ") + size.dump();
  return "[" + printable(text) + "]";
}

void run(const Arguments& a, const CommandContext& context) {
  if (std::ranges::find(kPlaces, a.to) == kPlaces.end())
    throw UsageError("--to is \"" + a.to + "\"; it must be input, weight, bias or target");
  as_usage([&] { link::require_window_name(a.window); });
  link::Message request;
  request.header["kind"] = "show";
  request.header["client"] = "convscope send";
  request.arrays.push_back(array_of(a, context));
  link::Client client(a.window, link::link_folder());
  const link::Message answer = client.ask(request);
  context.out << printable(a.file) << ": " << a.to << " "
              << link::sizes_text(request.arrays.front()) << " of the window " << a.window;
  // The question of a lesson may keep it back.
  const Json& shapes = answer.header.at("shapes");
  if (shapes.contains("output"))
    context.out << ", whose output is now " << sizes_text(shapes["output"]);
  context.out << "\n";
  require_written(context.out);
}

}  // namespace

void add_send(CLI::App& app, const CommandContext& context) {
  CLI::App* command =
      app.add_subcommand("send", "Show an array in a window that was started with --listen");
  const auto a = std::make_shared<Arguments>();
  command
      ->add_option("file", a->file,
                   "the array, of any file that conv2d reads, also FILE.npz:NAME; for input and "
                   "target also a picture")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--to", a->to,
                   "what it is to be: input [H, W] to [N, C, H, W], weight [kh, kw] or [C_out, "
                   "C_in/groups, kh, kw], bias [C_out], or target of the learning")
      ->type_name("NAME")
      ->required();
  command->add_option("--window", a->window, "the name under which the window listens")
      ->type_name("NAME")
      ->capture_default_str();
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
