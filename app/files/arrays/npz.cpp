#include "app/files/arrays/npz.h"

#include <zip.h>

#include <array>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/files/arrays/npy_open.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".npy";

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::shared_ptr<zip_t>;

Error damaged(const fs::path& path, const std::string& how) {
  return damaged_array(path.string(), ".npz archive", how);
}

Archive open_archive(const fs::path& path) {
  open_bytes(path);  // whose messages say what is wrong with the file itself
  int code = 0;
  zip_t* opened = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (opened == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw damaged(path, why);
  }
  Archive archive(opened, Discard{});
  if (const zip_int64_t count = zip_get_num_entries(opened, 0); count > kMaxZipEntries)
    throw Error("\"" + path.string() + "\" holds " + std::to_string(count) + " entries; at most " +
                std::to_string(kMaxZipEntries) + " are read");
  return archive;
}

zip_stat_t stat_of(const fs::path& path, const Archive& archive, zip_uint64_t index) {
  zip_stat_t stat;
  constexpr zip_uint64_t kNeeded =
      ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if (zip_stat_index(archive.get(), index, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded)
    throw damaged(path, "its entry " + std::to_string(index) + " is not described");
  return stat;
}

// Decompresses an entry as it is read. What is damaged leaves the stream bad.
class EntryBuffer : public std::streambuf {
 public:
  EntryBuffer(Archive archive, zip_file_t* file) : archive_(std::move(archive)), file_(file) {}

 protected:
  int_type underflow() override {
    const zip_int64_t count = zip_fread(file_.get(), buffer_.data(), buffer_.size());
    if (count < 0) throw std::runtime_error("damaged entry");  // the stream catches it
    if (count == 0) return traits_type::eof();
    setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
    return traits_type::to_int_type(buffer_.front());
  }

 private:
  Archive archive_;
  std::unique_ptr<zip_file_t, CloseEntry> file_;
  std::array<char, 1 << 16> buffer_{};
};

class EntryStream : public std::istream {
 public:
  EntryStream(Archive archive, zip_file_t* file)
      : std::istream(nullptr), buffer_(std::move(archive), file) {
    rdbuf(&buffer_);
  }

 private:
  EntryBuffer buffer_;
};

OpenArray open_entry(const fs::path& path, const Archive& archive, zip_uint64_t index,
                     const std::string& name) {
  const zip_stat_t stat = stat_of(path, archive, index);
  const std::string label = path.string() + ":" + name;
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    throw Error("\"" + label + "\" is encrypted; arrays that are not are read");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    throw Error("\"" + label + "\" is compressed by a method that NumPy does not write");
  // Memory is taken for what an entry promises, so that it must be able to hold it: deflate makes
  // at most 1032 bytes of one.
  std::error_code unknown;
  const std::uintmax_t there = fs::file_size(path, unknown);
  if (!unknown && (stat.comp_size > there || stat.size / 1032 > stat.comp_size + 64))
    throw damaged(path, "its entry \"" + name + "\" promises more bytes than it can hold");
  zip_file_t* file = zip_fopen_index(archive.get(), index, 0);
  if (file == nullptr)
    throw Error("\"" + label + "\" can't be read: " + zip_strerror(archive.get()));
  return open_npy(std::make_unique<EntryStream>(archive, file), stat.size, label);
}

// One that can't be opened is listed with the reason.
ArrayInfo info_of_entry(const fs::path& path, const Archive& archive, zip_uint64_t index,
                        const std::string& name) {
  try {
    return info_of(open_entry(path, archive, index, name).header, name);
  } catch (const Error& error) {
    return {name, "?", {}, error.what()};
  }
}

// Calls take(index, name) for each entry; `name` is without its extension where it is an array's,
// else empty. Throws Error for a name that occurs twice.
template <typename Take>
void visit_entries(const fs::path& path, const Archive& archive, const Take& take) {
  std::set<std::string> seen;
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive.get(), 0));
  for (zip_uint64_t index = 0; index < count; ++index) {
    const std::string whole = stat_of(path, archive, index).name;
    if (!seen.insert(whole).second)
      throw damaged(path, "two of its entries are called \"" + whole + "\"");
    const bool array = whole.size() > kExtension.size() && whole.ends_with(kExtension);
    take(index, whole, array ? whole.substr(0, whole.size() - kExtension.size()) : "");
  }
}

}  // namespace

bool is_zip(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  std::string start(4, '\0');
  if (!file.read(start.data(), 4)) return false;
  return start == "PK\x03\x04" || start == "PK\x05\x06";  // the second is that of an empty archive
}

ArrayList list_npz(const fs::path& path) {
  const Archive archive = open_archive(path);
  ArrayList list{".npz archive", {}, {}};
  visit_entries(path, archive,
                [&](zip_uint64_t index, const std::string& whole, const std::string& name) {
                  if (name.empty())
                    list.others.push_back(whole);
                  else
                    list.arrays.push_back(info_of_entry(path, archive, index, name));
                });
  return list;
}

OpenArray open_npz(const fs::path& path, const std::string& name) {
  const Archive archive = open_archive(path);
  std::optional<zip_uint64_t> found;
  visit_entries(path, archive, [&](zip_uint64_t index, const std::string&, const std::string& one) {
    if (one == name) found = index;
  });
  if (!found) throw Error("\"" + path.string() + "\" holds no array \"" + name + "\"");
  return open_entry(path, archive, *found, name);
}

}  // namespace convscope::files
