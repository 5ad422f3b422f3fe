#include "app/files/arrays/table_file.h"

#include <algorithm>
#include <memory>
#include <span>
#include <sstream>
#include <utility>

#include "app/files/arrays/array_dtype.h"
#include "app/files/arrays/number_table.h"
#include "app/files/read_text.h"

namespace convscope::files {

namespace fs = std::filesystem;

bool has_table_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return extension == ".csv" || extension == ".tsv" || extension == ".txt";
}

OpenArray open_table(const fs::path& path) {
  const std::string label = path.string();
  open_bytes(path);  // whose messages say what is wrong with the file itself
  NumberTable table;
  try {
    table = read_number_table(read_text(path, kMaxTableFile, "a table"), kMaxTableFileCells,
                              static_cast<std::size_t>(kMaxTableFile));
  } catch (const Error& error) {
    throw Error("\"" + label + "\" can't be read as a table: " + error.what());
  }
  const Shape& s = table.tensor.shape();
  const auto bytes = std::as_bytes(table.tensor.values());
  OpenArray array{label,
                  "table",
                  std::make_unique<std::istringstream>(
                      std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())),
                  {}};
  array.header.dtype = array_dtype("float32");
  array.header.descr = array.header.dtype.name;
  array.header.shape = {s.h, s.w};
  array.header.numel = checked_numel(array.header, label);
  if (!table.note.empty()) array.note = "\"" + label + "\": " + table.note;
  return array;
}

}  // namespace convscope::files
