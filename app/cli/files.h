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
#include "app/files/write_file.h"
#include "engine/core/tensor.h"

// What the commands read and write.
namespace convscope {

// All three throw Error where the file can't be read. What float32 can't hold of its values is told
// on context.notes, a line for each file.

// A .npy file, or a picture: as grey if `channels` is 1 or the picture has no colour, else as RGB.
Tensor read_input(const CommandContext& context, const std::string& path,
                  std::optional<Index> channels = {});
// A .npy file of two to four dimensions.
Tensor read_tensor(const CommandContext& context, const std::string& path);
// A .npy file of one dimension; no values for an empty path.
std::vector<float> read_bias(const CommandContext& context, const std::string& path);

// Input channels that a weight takes: of a transposed convolution its first size.
Index input_channels(const Shape& weight, Index groups, bool transposed);

// Output files of one command: all are written whole before the first takes its name.
class Outputs {
 public:
  // An empty path is an output that wasn't asked for; a file that is named twice, also through a
  // link, is a UsageError.
  //
  // Opens a file that one of the others below will fill: whether it can be written is better known
  // before what goes into it is computed.
  void claim(const std::string& path);
  void add(const std::string& path, const Tensor& tensor);
  void add_vector(const std::string& path, std::span<const float> values);
  void add_indices(const std::string& path, const Shape& shape, std::span<const Index> indices);
  // A file that the caller goes on writing until commit(); null for an empty path.
  PendingFile* add_stream(const std::string& path);
  // Gives the files their names and tells them on `out`, a line each: "Y.npy: float32 [1, 1, 6,
  // 7]".
  void commit(std::ostream& out);

 private:
  PendingFile& open(const std::string& path, const std::string& description);

  std::vector<std::unique_ptr<PendingFile>> files_;
  std::map<std::string, PendingFile*> claimed_;  // by the paths as they were given
  std::set<std::filesystem::path> targets_;
  std::string report_;
};

}  // namespace convscope
