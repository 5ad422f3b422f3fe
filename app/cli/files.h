#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "app/cli/command_context.h"
#include "app/cli/names.h"
#include "app/files/write_file.h"
#include "engine/core/tensor.h"

// Reads and writes the files of the commands.
namespace convscope::cli {

// The functions that read a file throw Error if it can't be read. They write a note on values that
// float32 can't hold to context.notes, one line for each file.

// Reads an array, FILE or FILE:NAME as array_file.h has them, or a picture as [N, C, H, W]. A
// picture becomes grey if `channels` is 1 or it has no colour, else RGB.
Tensor read_input(const CommandContext& context, const std::string& path,
                  std::optional<Index> channels = {});
// Reads an array of two to four dimensions; the missing ones are 1 and come first.
Tensor read_tensor(const CommandContext& context, const std::string& path);
// Reads an array of one dimension; returns no values for an empty path.
std::vector<float> read_bias(const CommandContext& context, const std::string& path);

// Reads the indices of max pooling, an int64 array of the output's shape, for the option of
// this name. Throws UsageError for another shape; dimensions that the file lacks are 1.
std::vector<Index> read_indices(const std::string& path, const std::string& option,
                                const Shape& output);

// Throws UsageError unless the tensor that `option` names has the output's shape.
void require_output_shape(const std::string& option, const std::string& path, const Shape& shape,
                          const Shape& output);

// Returns the input channels of a weight, which is its first size for a transposed convolution.
Index input_channels(const Shape& weight, Index groups, bool transposed);

// The output files of one command. All are written completely before the first one takes its name.
class Outputs {
 public:
  // Opens a file that one of the functions below will fill, in order to find out whether it can be
  // written before its content is computed. Here and below, an empty path stands for an output that
  // was not asked for, and a file that is named twice, also through a link, throws UsageError.
  void claim(const std::string& path);
  // Write a tensor [N, C, H, W], a vector, and the indices of max pooling for an output of shape
  // `shape`.
  void add(const std::string& path, const Tensor& tensor);
  void add_vector(const std::string& path, std::span<const float> values);
  void add_indices(const std::string& path, const Shape& shape, std::span<const Index> indices);
  // Returns a file that the caller writes to until commit(); null for an empty path.
  PendingFile* add_stream(const std::string& path);
  // Gives the files their names and lists them on `out`, one line each: "Y.npy: float32 [1, 1, 6,
  // 7]".
  void commit(std::ostream& out);

 private:
  PendingFile& open(const std::string& path, const std::string& description);

  std::vector<std::unique_ptr<PendingFile>> files_;
  std::map<std::string, PendingFile*> claimed_;  // by the paths as given
  std::set<std::filesystem::path> targets_;
  std::string report_;
};

}  // namespace convscope::cli
