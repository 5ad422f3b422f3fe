#include "app/cli/files.h"

#include <filesystem>
#include <ostream>
#include <system_error>
#include <utility>

#include "app/cli/report.h"
#include "app/cli/usage_error.h"
#include "app/files/arrays/array_file.h"
#include "app/files/arrays/array_read.h"
#include "app/files/arrays/npy_write.h"
#include "app/files/output_target.h"
#include "app/files/picture.h"
#include "app/files/printable_text.h"
#include "app/files/whole_path.h"

namespace convscope::cli {

namespace {

void tell(const CommandContext& context, const std::string& note) {
  if (!note.empty()) context.notes << "convscope: " << note << ".\n";
}

// Returns the file that a path means after following all links.
std::filesystem::path target_of(const std::string& path) {
  const std::filesystem::path whole = whole_path(path);
  std::error_code error;
  std::filesystem::path target = std::filesystem::weakly_canonical(whole, error);
  return error ? whole : target;
}

}  // namespace

Tensor read_input(const CommandContext& context, const std::string& path,
                  std::optional<Index> channels) {
  if (is_array_file(array_path(path).file)) return read_tensor(context, path);
  const bool grey = channels == 1 || !picture_size(path).color;
  LoadedPicture picture = read_picture_file(path, grey ? PictureColor::kGrey : PictureColor::kRgb);
  if (picture.over_white)
    tell(context, "\"" + path + "\" can be seen through in parts; they were put on white");
  return std::move(picture.values);
}

Tensor read_tensor(const CommandContext& context, const std::string& path) {
  ArrayTensor read = read_array(open_array(array_path(path)));
  tell(context, read.note);
  return std::move(read.tensor);
}

std::vector<float> read_bias(const CommandContext& context, const std::string& path) {
  if (path.empty()) return {};
  ArrayVector read = read_array_vector(open_array(array_path(path)));
  tell(context, read.note);
  return std::move(read.values);
}

std::vector<Index> read_indices(const std::string& path, const std::string& option,
                                const Shape& output) {
  OpenArray array = open_array(array_path(path));
  const std::vector<Index> shape = array.header.shape;
  std::vector<Index> sizes = shape;
  if (sizes.size() < 4) sizes.insert(sizes.begin(), 4 - sizes.size(), 1);
  if (sizes != std::vector<Index>{output.n, output.c, output.h, output.w})
    throw UsageError(option + " \"" + path + "\" is " + array_shape_text(shape) +
                     "; it must have the output's shape " + to_string(output));
  return read_array_indices(std::move(array));
}

void require_output_shape(const std::string& option, const std::string& path, const Shape& shape,
                          const Shape& output) {
  if (shape != output)
    throw UsageError(option + " \"" + path + "\" is " + to_string(shape) +
                     "; it must have the output's shape " + to_string(output));
}

Index input_channels(const Shape& weight, Index groups, bool transposed) {
  return transposed ? weight.n : weight.c * groups;
}

void Outputs::claim(const std::string& path) {
  if (path.empty()) return;
  require_file_target(path);
  if (!targets_.insert(target_of(path)).second)
    throw UsageError("\"" + path + "\" is named for two outputs; each needs a file of its own");
  files_.push_back(std::make_unique<PendingFile>(path));
  claimed_[path] = files_.back().get();
}

PendingFile& Outputs::open(const std::string& path, const std::string& description) {
  if (!claimed_.contains(path)) claim(path);
  report_ += printable(path) + ": " + description + "\n";
  return *claimed_[path];
}

void Outputs::add(const std::string& path, const Tensor& tensor) {
  if (!path.empty()) write_npy(open(path, "float32 " + to_string(tensor.shape())), tensor);
}

void Outputs::add_vector(const std::string& path, std::span<const float> values) {
  if (path.empty()) return;
  write_npy_vector(open(path, "float32 [" + std::to_string(values.size()) + "]"), values);
}

void Outputs::add_indices(const std::string& path, const Shape& shape,
                          std::span<const Index> indices) {
  if (!path.empty()) write_npy_indices(open(path, "int64 " + to_string(shape)), shape, indices);
}

PendingFile* Outputs::add_stream(const std::string& path) {
  return path.empty() ? nullptr : &open(path, "text");
}

void Outputs::commit(std::ostream& out) {
  for (const auto& file : files_)
    file->finish();
  // If the report can't be written no file gets its name, because the report may be all that the
  // user reads.
  out << report_;
  require_written(out);
  for (const auto& file : files_)
    file->commit();
}

}  // namespace convscope::cli
