#include "app/files/arrays/npz_write.h"

#include <zip.h>

#include <array>
#include <memory>

#include "app/files/arrays/npy_write.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Discard>;

Error no_archive(const char* why) {
  return Error(std::string("the .npz archive can't be made: ") + why);
}

// Adds an entry of these bytes, which must live until the archive is closed.
void add(zip_t* archive, const std::string& name, const std::string& bytes) {
  Source source(zip_source_buffer(archive, bytes.data(), bytes.size(), 0));
  if (!source) throw no_archive(zip_strerror(archive));
  const zip_int64_t index =
      zip_file_add(archive, (name + ".npy").c_str(), source.get(), ZIP_FL_ENC_UTF_8);
  if (index < 0) throw no_archive(zip_strerror(archive));
  (void)source.release();                    // the archive owns it now
  constexpr zip_uint16_t kDay = 1 << 5 | 1;  // the first of January 1980, the first that ZIP has
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_set_file_compression(archive, at, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_dostime(archive, at, 0, kDay, 0) != 0)
    throw no_archive(zip_strerror(archive));
}

void copy(zip_source_t* source, PendingFile& file) {
  std::array<std::byte, 1 << 16> buffer;
  if (zip_source_open(source) != 0) throw no_archive("it can't be read back");
  for (;;) {
    const zip_int64_t count = zip_source_read(source, buffer.data(), buffer.size());
    if (count < 0) throw no_archive("it can't be read back");
    if (count == 0) break;
    file.write(std::span(buffer).first(static_cast<std::size_t>(count)));
  }
  zip_source_close(source);
}

}  // namespace

void write_npz(PendingFile& file, std::span<const NamedArray> arrays) {
  zip_error_t error;
  zip_error_init(&error);
  Source memory(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!memory) throw no_archive(zip_error_strerror(&error));
  zip_source_keep(memory.get());  // closing the archive gives up its share
  Archive archive(zip_open_from_source(memory.get(), ZIP_TRUNCATE, &error));
  if (!archive) throw no_archive(zip_error_strerror(&error));
  std::vector<std::string> entries;
  entries.reserve(arrays.size());
  for (const NamedArray& array : arrays) {
    entries.push_back(npy_bytes(array.shape, array.values));
    add(archive.get(), array.name, entries.back());
  }
  if (zip_close(archive.get()) != 0) throw no_archive(zip_strerror(archive.get()));
  (void)archive.release();
  copy(memory.get(), file);
}

}  // namespace convscope::files
