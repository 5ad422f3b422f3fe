// Every reader of a format by itself, in this process: what is cut is told and what is damaged is
// no accident of memory.
#include <gtest/gtest.h>
#include <malloc.h>
#include <rapidcheck/gtest.h>

#include <filesystem>

#include "app/files/picture_fault.h"
#include "app/files/picture_formats.h"
#include "engine/core/error.h"
#include "tests/temp_folder.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

std::vector<std::string> picture_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(test_folder() + "/pictures")) {
    const std::string extension = entry.path().extension();
    if (extension != ".sh" && extension != ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  EXPECT_GT(files.size(), 70u);
  return files;
}

// The samples; or why there are none.
using Outcome = std::variant<Raster::Samples, std::string>;

Outcome outcome(std::string_view text) {
  ByteReader file(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
  try {
    const PictureHeader header = read_picture_header(file);
    Raster raster = read_raster(file, header.format);
    EXPECT_EQ(raster.size, header.size);
    EXPECT_EQ(raster.channels >= 3, header.color);
    return raster.samples;
  } catch (const PictureDataError& error) {
    return error.fault() == PictureFault::kCut ? "cut" : "damaged";
  } catch (const Error& error) {
    return error.what();
  } catch (const std::bad_alloc&) {
    return "memory";
  }
}

// What malloc gives is filled with this from now on.
void fill_memory(int byte) {
#ifdef M_PERTURB
  mallopt(M_PERTURB, byte);
#else
  static_cast<void>(byte);
#endif
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

TEST(PictureCut, EveryCutOfEveryVariantIsTold) {
  fill_memory(0x55);
  for (const std::string& path : picture_files()) {
    const std::string whole = file_text(path);
    const Outcome all = outcome(whole);
    const bool is_plain = whole.starts_with("P2") || whole.starts_with("P3");
    std::size_t told = 0;
    for (std::size_t length = 0; length < whole.size(); ++length) {
      // What is left of a number's digits is a number: plain PNM can't tell.
      const bool in_number = length > 0 && is_digit(whole[length - 1]) && is_digit(whole[length]);
      if (is_plain && in_number) continue;
      // Copied, so that the address sanitizer sees what is read behind the end.
      const std::string cut = whole.substr(0, length);
      const Outcome found = outcome(cut);
      if (std::holds_alternative<std::string>(found)) {
        ++told;
      } else {
        // What is missing was only behind the last pixel.
        ASSERT_EQ(found, all) << path << " cut to " << length;
      }
    }
    EXPECT_GT(told, 10u) << path;
  }
  fill_memory(0);
}

// Whatever bytes are changed: the same picture or fault, whatever was in memory before.
RC_GTEST_PROP(PictureCutRandom, DamagedBytesGiveTheSameOnEveryRun, ()) {
  const std::string path = *rc::gen::elementOf(picture_files());
  std::string text = file_text(path);
  const auto changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i)
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
  if (*rc::gen::arbitrary<bool>()) text.resize(*rc::gen::inRange<std::size_t>(1, text.size()));
  fill_memory(0x11);
  const Outcome first = outcome(text);
  fill_memory(0xEE);
  const Outcome second = outcome(text);
  fill_memory(0);
  RC_ASSERT(first == second);
}

}  // namespace
}  // namespace convscope::files
