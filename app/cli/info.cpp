#include "app/cli/info.h"

#include <CLI/App.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <ostream>
#include <utility>
#include <vector>

#include "app/cli/scene_argument.h"
#include "app/cli/values.h"
#include "app/files/arrays/array_file.h"
#include "app/files/arrays/array_summary.h"
#include "app/files/picture.h"
#include "app/files/scene_address.h"
#include "app/files/scene_file.h"
#include "app/session/evaluator.h"
#include "engine/core/error.h"
#include "engine/explain/explain_text.h"

namespace convscope::cli {
namespace {

// The range of the finite values, and the number of other values.
struct Range {
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();
  double sum = 0.0;
  Index finite = 0;
  Index nans = 0;
  Index infinities = 0;
};

template <typename T>
Range range_of(std::span<const T> values) {
  Range r;
  for (const T v : values) {
    const auto value = static_cast<double>(v);
    if (std::isnan(value)) {
      ++r.nans;
    } else if (std::isinf(value)) {
      ++r.infinities;
    } else {
      r.min = std::min(r.min, value);
      r.max = std::max(r.max, value);
      r.sum += value;
      ++r.finite;
    }
  }
  return r;
}

void print(const Range& r, std::ostream& out) {
  if (r.finite > 0) {
    out << "min: " << number(r.min) << "\nmax: " << number(r.max)
        << "\nmean: " << number(r.sum / static_cast<double>(r.finite)) << '\n';
  }
  out << "NaN: " << r.nans << "\ninfinite: " << r.infinities << '\n';
}

// Prints the facts about a .npy array.
void print_values(const ArraySummary& s, std::ostream& out) {
  if (s.finite > 0)
    out << "min: " << s.min << "\nmax: " << s.max << "\nmean: " << number(s.mean) << '\n';
  out << "NaN: " << s.nans << "\ninfinite: " << s.infinities << '\n';
  if (!s.note.empty()) out << "note: " << s.note << '\n';
}

// Prints what an array's values say. `array` is that of the header, of which the values come next.
void print_array(OpenArray array, std::ostream& out) {
  const ArrayHeader header = array.header;
  const std::string format = array.format;
  const std::string note = array.note;
  const bool read = header.dtype.type != ArrayType::kOther;
  // Reads everything before printing the first line, so that for a damaged file only the error is
  // printed.
  const ArraySummary summary = read ? summarize_array(std::move(array)) : ArraySummary();
  out << "kind: " << (format == ".npy file" ? ".npy array" : "array, " + format)
      << "\ndtype: " << header.dtype.name
      << (header.dtype.big_endian && header.dtype.size > 1 ? ", big-endian" : "")
      << "\norder: " << (header.fortran_order ? "Fortran" : "C") << "\nshape: [";
  for (std::size_t i = 0; i < header.shape.size(); ++i)
    out << (i == 0 ? "" : ", ") << header.shape[i];
  out << "]\nvalues: " << header.numel << '\n';
  if (!read) {
    out << "range: unknown, because it holds " << header.dtype.what << "; " << header.dtype.advice
        << '\n';
    return;
  }
  print_values(summary, out);
  if (!note.empty()) out << "note: " << note << '\n';
  if (header.shape.size() >= 2 && header.shape.size() <= 4) {
    std::vector<Index> s = header.shape;
    s.insert(s.begin(), 4 - s.size(), 1);  // missing sizes are 1: a matrix is one kernel
    const Shape weight{s[0], s[1], s[2], s[3]};
    out << "parameters as a convolution's weight: " << parameter_formula(weight, 0)
        << "\nparameters with a bias: " << parameter_formula(weight, weight.n) << '\n';
  }
}

// Prints an array, or of several what each of them is.
void print_arrays(const std::string& path, std::ostream& out) {
  const ArrayPath at = array_path(path);
  if (!at.name.empty()) return print_array(open_array(at), out);
  const ArrayList list = list_arrays(at.file);
  if (list.arrays.size() == 1 && list.others.empty()) return print_array(open_array(at), out);
  out << "kind: " << list.format << "\narrays: " << list.arrays.size() << '\n';
  for (const ArrayInfo& info : list.arrays) {
    out << "array " << info_text(info) << '\n';
    if (!info.unreadable.empty()) out << "  not read: " << info.unreadable << '\n';
  }
  for (const std::string& name : list.others)
    out << "no array: " << name << '\n';
}

void print_picture(const std::string& path, std::ostream& out) {
  const PictureSize info = picture_size(path);
  const LoadedPicture read =
      read_picture_file(path, info.color ? PictureColor::kRgb : PictureColor::kGrey);
  const Tensor& picture = read.values;
  out << "kind: picture\nwidth: " << info.size.x << "\nheight: " << info.size.y
      << "\nchannels: " << (info.color ? "3 (RGB)" : "1 (grey)")
      << "\nread as: " << to_string(picture.shape()) << '\n';
  if (read.over_white) out << "transparency: composed over white\n";
  print(range_of(picture.values()), out);
}

// Writes "[1, 1, 6, 7], values -1 to 1".
std::string tensor_text(const Tensor& tensor) {
  const Range r = range_of(tensor.values());
  std::string text = to_string(tensor.shape());
  if (r.finite > 0) text += ", values " + number(r.min) + " to " + number(r.max);
  if (r.nans > 0) text += ", " + std::to_string(r.nans) + " NaN";
  if (r.infinities > 0) text += ", " + std::to_string(r.infinities) + " infinite";
  return text;
}

// Prints a layer and returns the number of its weights and biases. A kernel shared by every channel
// counts once, however often the engine repeats it.
Index print_layer(const std::string& name, const ConvolutionLayer& layer,
                  const LayerResults& results, std::ostream& out) {
  const Tensor& weight = layer.kernel.weight;
  const Index biases = std::ssize(layer.kernel.bias);
  out << name << " weight: " << tensor_text(weight) << '\n'
      << name << " parameters: " << parameter_formula(weight.shape(), biases) << '\n';
  const Index parameters = weight.numel() + biases;
  if (!results.output) {
    out << name << " output: none, " << results.output_error << '\n';
    return parameters;
  }
  out << name << " output: " << tensor_text(*results.output) << '\n';
  if (layer.relu) out << name << " after ReLU: " << tensor_text(*results.activated) << '\n';
  if (!layer.pooled) return parameters;
  out << name << " pooled: "
      << (results.pooled ? tensor_text(results.pooled->output) : "none, " + results.pooled_error)
      << '\n';
  return parameters;
}

void print_scene(const Scene& scene, const MemoryLimit& memory, std::ostream& out) {
  const Results results = evaluate(scene, memory);
  out << "kind: scene\ninput: " << tensor_text(*scene.input.tensor) << '\n';
  Index parameters = 0;
  std::string sum;
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const std::string name = "layer " + std::to_string(i + 1);
    const auto print = [&](const auto& kind) {
      return print_layer(name, kind, results.layers[i], out);
    };
    const Index more = std::visit(print, scene.layers[i].kind);
    parameters += more;
    sum += (i == 0 ? "" : " + ") + std::to_string(more);
  }
  if (scene.layers.size() > 1)
    out << "parameters: " << sum << " = " << std::to_string(parameters) << '\n';
}

void run(const std::string& path, const CommandContext& context) {
  if (const auto address = find_address(path))
    return print_scene(read_address(*address), context.scene_memory, context.out);
  if (has_scene_extension(path))
    return print_scene(load_scene(path), context.scene_memory, context.out);
  if (is_array_file(array_path(path).file))
    print_arrays(path, context.out);
  else
    print_picture(path, context.out);
}

}  // namespace

void add_info(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand("info", "Tell a file's shape, range and parameter count");
  const auto path = std::make_shared<std::string>();
  command
      ->add_option("file", *path,
                   "a file of arrays (.npy, .npz, .safetensors, idx, .csv), or one of them as "
                   "FILE:NAME, a picture or a scene (.json, or its address)")
      ->type_name("FILE")
      ->required();
  const auto address = std::make_shared<bool>(false);
  command->add_flag("--address", *address,
                    "Print only the scene's address: one line of text that has all of it");
  command->callback([path, address, context] {
    if (*address)
      context.out << scene_address(read_scene_argument(*path).scene) << '\n';
    else
      run(*path, context);
  });
}

}  // namespace convscope::cli
