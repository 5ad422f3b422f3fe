#include "app/files/arrays/npy.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "app/files/arrays/array_summary.h"
#include "app/files/arrays/npy_open.h"
#include "app/files/arrays/npy_write.h"
#include "engine/core/error.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Files that NumPy wrote: npy/make_npy.py.
std::string fixture(const std::string& name) {
  return test_folder() + "/npy/" + name;
}

Tensor rows() {
  return Tensor::from_rows({{0.0f, 0.5f, 1.0f}, {1.5f, 2.0f, 2.5f}});
}

Tensor counting(const Shape& shape) {
  Tensor result(shape);
  for (Index i = 0; i < result.numel(); ++i)
    result.data()[i] = static_cast<float>(i);
  return result;
}

std::string read_error(const std::string& path) {
  return error_text([&] { read_npy(path); });
}

TEST(Npy, ReadsEveryLayoutThatNumpyWrites) {
  for (const char* name :
       {"rows_f4.npy", "rows_f4_big_endian.npy", "rows_f8.npy", "rows_f8_big_endian.npy",
        "rows_f4_fortran.npy", "rows_f8_fortran.npy", "version2_f4.npy", "version3_f4.npy"}) {
    EXPECT_EQ(read_npy(fixture(name)).tensor, rows()) << name;
  }
}

TEST(Npy, ThreeDimensionsAreChannels) {
  EXPECT_EQ(read_npy(fixture("three_f4.npy")).tensor, counting({1, 3, 2, 4}));
}

TEST(Npy, FourDimensionsInBothOrders) {
  EXPECT_EQ(read_npy(fixture("four_f4.npy")).tensor, counting({2, 3, 2, 4}));
  EXPECT_EQ(read_npy(fixture("four_f8_fortran.npy")).tensor, counting({2, 3, 2, 4}));
}

TEST(Npy, OneDimensionIsABias) {
  EXPECT_THAT(read_npy_vector(fixture("vector_f8.npy")).values, ElementsAre(0.25f, -1.0f, 3.0f));
  EXPECT_THAT(error_text([] { read_npy_vector(fixture("rows_f4.npy")); }),
              HasSubstr("has shape (2, 3); one dimension is read here"));
}

TEST(Npy, SpecialValuesStay) {
  const Tensor t = read_npy(fixture("special_f4.npy")).tensor;
  EXPECT_TRUE(std::isnan(t.at(0, 0)));
  EXPECT_EQ(t.at(0, 1), INFINITY);
  EXPECT_EQ(t.at(0, 2), -INFINITY);
  EXPECT_TRUE(std::signbit(t.at(0, 3)));
}

TEST(Npy, IndicesAreInt64) {
  EXPECT_THAT(read_npy_indices(fixture("indices_i8.npy")), ElementsAre(-1, 7, 5, Index{1} << 40));
  EXPECT_THAT(error_text([] { read_npy_indices(fixture("rows_f4.npy")); }),
              HasSubstr("int64 is read here"));
}

TEST(Npy, HeaderOfAnyDtype) {
  const ArrayHeader header = npy_header(fixture("rows_i4.npy"));
  EXPECT_EQ(header.descr, "<i4");
  EXPECT_EQ(header.dtype.name, "int32");
  EXPECT_THAT(header.shape, ElementsAre(2, 3));
  EXPECT_FALSE(header.fortran_order);
  EXPECT_EQ(header.numel, 6);
  EXPECT_TRUE(npy_header(fixture("rows_f8_fortran.npy")).fortran_order);
  EXPECT_TRUE(npy_header(fixture("scalar_f4.npy")).shape.empty());
  EXPECT_TRUE(is_npy(fixture("flags.npy")));
  EXPECT_FALSE(is_npy(fixture("make_npy.py")));
  EXPECT_FALSE(is_npy(fixture("none.npy")));
}

TEST(Npy, WritesTheBytesThatNumpyWrites) {
  const TempFolder folder;
  write_npy(folder / "four.npy", counting({2, 3, 2, 4}));
  EXPECT_EQ(file_text(folder / "four.npy"), file_text(fixture("four_f4.npy")));
}

TEST(Npy, IndicesRoundTrip) {
  const TempFolder folder;
  const std::vector<Index> indices{0, 3, -1, Index{1} << 40};
  PendingFile file(folder / "i.npy");
  write_npy_indices(file, {1, 1, 2, 2}, indices);
  file.commit();
  EXPECT_EQ(read_npy_indices(folder / "i.npy"), indices);
  EXPECT_EQ(npy_header(folder / "i.npy").descr, "<i8");
  EXPECT_THAT(npy_header(folder / "i.npy").shape, ElementsAre(1, 1, 2, 2));
}

TEST(Npy, VectorRoundTrip) {
  const TempFolder folder;
  PendingFile file(folder / "b.npy");
  write_npy_vector(file, std::vector<float>{1.0f, -2.5f});
  file.commit();
  EXPECT_THAT(read_npy_vector(folder / "b.npy").values, ElementsAre(1.0f, -2.5f));
}

RC_GTEST_PROP(Npy, TensorsRoundTrip, ()) {
  const auto size = [] { return *rc::gen::inRange<Index>(1, 9); };
  const Shape shape{size(), size(), size(), size()};
  const Tensor tensor = random_tensor(shape, *rc::gen::arbitrary<std::uint64_t>(), -1e6f, 1e6f);
  const TempFolder folder;
  write_npy(folder / "t.npy", tensor);
  RC_ASSERT(read_npy(folder / "t.npy").tensor == tensor);
  RC_ASSERT(std::filesystem::file_size(folder / "t.npy") ==
            128 + 4 * static_cast<std::uintmax_t>(shape.numel()));
}

TEST(Npy, OtherDimensionsAreRefused) {
  EXPECT_THAT(read_error(fixture("scalar_f4.npy")), HasSubstr("has shape (); 2 dimensions"));
  EXPECT_THAT(read_error(fixture("vector_f8.npy")), HasSubstr("has shape (3,); 2 dimensions"));
  EXPECT_THAT(read_error(fixture("five_f4.npy")), HasSubstr("has shape (1, 1, 1, 1, 2); 2 "));
}

TEST(Npy, MissingFilesAndFoldersAreRefused) {
  const TempFolder folder;
  EXPECT_EQ(read_error(folder / "none.npy"), "there is no file \"" + (folder / "none.npy") + "\"");
  EXPECT_THAT(read_error(folder.path().string()), HasSubstr("is not a file"));
}

TEST(Npy, EveryTruncationIsRefused) {
  const TempFolder folder;
  const std::string whole = file_text(fixture("rows_f4.npy"));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    put_text(folder / "cut.npy", std::string_view(whole).substr(0, length));
    EXPECT_THAT(read_error(folder / "cut.npy"), HasSubstr("npy file: ")) << length;
  }
  put_text(folder / "long.npy", whole + "x");
  EXPECT_THAT(read_error(folder / "long.npy"),
              HasSubstr("shape (2, 3) of float32 takes 24 bytes, and 25 follow the header"));
}

// A version 1 file with this header and `bytes` of data.
void put_npy(const std::string& path, const std::string& header, std::size_t bytes) {
  const std::string length{static_cast<char>(header.size() % 256),
                           static_cast<char>(header.size() / 256)};
  put_text(path, std::string("\x93NUMPY\x01\x00", 8) + length + header + std::string(bytes, '\0'));
}

std::string header_error(const std::string& header, std::size_t bytes = 8) {
  const TempFolder folder;
  put_npy(folder / "h.npy", header, bytes);
  return read_error(folder / "h.npy");
}

TEST(Npy, HeadersInAnySpelling) {
  for (const char* header : {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }\n",
                             "{\"shape\":(1,2),\"fortran_order\":False,\"descr\":\"<f4\"}",
                             "{ 'fortran_order' : False , 'shape' : ( 1 , 2, ) , 'descr':'<f4' }",
                             "{'descr': '<f4', 'fortran_order': False, 'shape': (1L, 2L), }",
                             "{u'descr': u'<f4', u'fortran_order': False, u'shape': (1L, 2), }",
                             "{'descr': 'f4', 'fortran_order': False, 'shape': (1, 2)}",
                             "{'descr': '=f4', 'fortran_order': False, 'shape': (1, 2)}",
                             "{'descr': 'float32', 'fortran_order': False, 'shape': (1, 2)}"})
    EXPECT_EQ(header_error(header), "no error") << header;
}

TEST(Npy, DamagedHeadersAreRefused) {
  for (const char* header :
       {"", "{}", "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1, 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 2}",
        "{'descr': '<f4, 'fortran_order': False, 'shape': (1, 2)}",
        "{'descr': [('a', '<f4'), 'fortran_order': False, 'shape': (1, 2)}",
        "{'descr': [('a', '<f4')])], 'fortran_order': False, 'shape': (1, 2)}", "{'descr': ['",
        "{'descr': [",
        "{'descr': ", "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)} more",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 99999999999999999999)}"})
    EXPECT_THAT(header_error(header), HasSubstr("its header is not the dictionary")) << header;
  std::string shape = "(1, 2";
  for (int i = 0; i < 63; ++i)
    shape += ", 1";
  EXPECT_THAT(header_error("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ")}"),
              HasSubstr("its header is not the dictionary"))
      << "NumPy has no 65 dimensions";
}

TEST(Npy, HugeAndNegativeShapesAreRefused) {
  const auto with = [](const std::string& shape) {
    return header_error("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}");
  };
  EXPECT_THAT(with("(4611686018427387904, 4)"), HasSubstr("too large"));
  EXPECT_THAT(with("(9223372036854775807, 9223372036854775807)"), HasSubstr("too large"));
  EXPECT_THAT(with("(9223372036854775807, 9223372036854775807, 0)"), HasSubstr("too large"));
  EXPECT_THAT(with("(-1, 2)"), HasSubstr("a size can't be negative"));
  EXPECT_THAT(with("(100000, 100000)"), HasSubstr("takes 40000000000 bytes, and 8 follow"));
}

TEST(Npy, OtherVersionsAreRefused) {
  const TempFolder folder;
  put_text(folder / "v.npy", std::string("\x93NUMPY\x04\x00\x00\x00", 10));
  EXPECT_THAT(read_error(folder / "v.npy"), HasSubstr("version 4.0; versions 1.0, 2.0 and 3.0"));
  put_text(folder / "v.npy", std::string("\x93NUMPY\x02\x00\xff\xff\xff\xff", 12));
  EXPECT_THAT(read_error(folder / "v.npy"), HasSubstr("its header would have 4294967295 bytes"));
  put_text(folder / "v.npy", "PK\x03\x04 an .npz archive");
  EXPECT_THAT(read_error(folder / "v.npy"), HasSubstr("is not a .npy file"));
}

TEST(Npy, HeadersOfUpToOneMebibyte) {
  const TempFolder folder;
  const auto put = [&](std::size_t size) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}";
    header.append(size - header.size(), ' ');
    std::string text("\x93NUMPY\x02\x00", 8);
    for (std::size_t i = 0; i < 4; ++i)
      text += static_cast<char>(size >> (8 * i));
    put_text(folder / "v.npy", text + header + std::string(8, '\0'));
    return read_error(folder / "v.npy");
  };
  EXPECT_EQ(put(70'000), "no error");
  EXPECT_EQ(put(1u << 20), "no error");
  EXPECT_THAT(put((1u << 20) + 1), HasSubstr("its header would have 1048577 bytes"));
}

TEST(Npy, AnArrayWithoutValuesIsRefusedByEveryReader) {
  const std::string path = fixture("empty.npy");
  const std::string expected =
      "\"" + path + "\" has shape (0, 3), which has no values; at least one is needed";
  EXPECT_EQ(read_error(path), expected);
  EXPECT_EQ(error_text([&] { read_npy_vector(path); }), expected);
  EXPECT_EQ(error_text([&] { read_npy_indices(path); }), expected);
  EXPECT_EQ(error_text([&] { summarize_array(open_npy(path)); }), expected);
  EXPECT_EQ(error_text([&] { npy_header(path); }), expected);
}

// Whatever byte is changed, the reader gives a tensor or a sentence, and never anything else.
RC_GTEST_PROP(Npy, DamagedBytesNeverDoWorse, ()) {
  const TempFolder folder;
  std::string content = file_text(fixture("rows_f8_fortran.npy"));
  const int changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i)
    content[*rc::gen::inRange<std::size_t>(0, content.size())] = *rc::gen::arbitrary<char>();
  put_text(folder / "d.npy", content);
  const std::string text = read_error(folder / "d.npy");
  RC_ASSERT(text == "no error" || text.find("d.npy\"") != std::string::npos);
}

}  // namespace
}  // namespace convscope::files
