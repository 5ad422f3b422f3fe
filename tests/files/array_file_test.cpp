// Arrays in files of all formats: those that NumPy wrote, as it wrote them; hostile ones, as a
// sentence.
#include "app/files/arrays/array_file.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>

#include "app/files/arrays/array_read.h"
#include "app/files/arrays/array_summary.h"
#include "app/files/arrays/npz_write.h"
#include "engine/core/error.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

// Files that NumPy wrote: arrays/make_arrays.py.
std::string fixture(const std::string& name) {
  return test_folder() + "/arrays/" + name;
}

Tensor rows() {
  return Tensor::from_rows({{1, 2, 3}, {4, 5, 6}});
}

Tensor weight() {
  Tensor w({2, 1, 3, 3});
  for (Index i = 0; i < w.numel(); ++i)
    w.data()[i] = static_cast<float>(i) / 2.0f;
  return w;
}

ArrayTensor read(const std::string& written) {
  return read_array(open_array(array_path(written)));
}

std::string read_error(const std::string& written) {
  return error_text([&] { read(written); });
}

std::vector<std::string> names_of(const ArrayList& list) {
  std::vector<std::string> names;
  for (const ArrayInfo& info : list.arrays)
    names.push_back(info.name);
  return names;
}

TEST(ArrayFile, AnArchiveOfOneArrayNeedsNoName) {
  EXPECT_EQ(read(fixture("one.npz")).tensor, rows());
  EXPECT_EQ(read(fixture("one.npz") + ":rows").tensor, rows());
  EXPECT_EQ(read(fixture("zip64.npz")).tensor, rows());
}

TEST(ArrayFile, OfSeveralArraysOneIsChosenByItsName) {
  for (const char* archive : {"several.npz:", "compressed.npz:"}) {
    EXPECT_EQ(read(fixture(archive) + "rows").tensor, rows()) << archive;
    EXPECT_EQ(read(fixture(archive) + "weight").tensor, weight()) << archive;
  }
  EXPECT_EQ(read(fixture("several.npz:half")).tensor, rows());
  EXPECT_EQ(read(fixture("several.npz:columns")).tensor, weight()) << "Fortran order, big-endian";
  EXPECT_THAT(read_array_vector(open_array(array_path(fixture("several.npz:bias")))).values,
              ElementsAre(0.5f, -1.5f));
  EXPECT_EQ(read(fixture("compressed.npz:zeros")).tensor, Tensor({1, 1, 200, 200}));
}

TEST(ArrayFile, AnArchiveListsItsArraysByTheirHeaders) {
  const ArrayList list = list_arrays(fixture("several.npz"));
  EXPECT_EQ(list.format, ".npz archive");
  EXPECT_THAT(names_of(list),
              ElementsAre("rows", "weight", "bias", "half", "columns", "words", "complex"));
  EXPECT_EQ(list.arrays[1], (ArrayInfo{"weight", "float32", {2, 1, 3, 3}, ""}));
  EXPECT_THAT(list.arrays[5].unreadable, HasSubstr("texts"));
  EXPECT_THAT(list.arrays[6].unreadable, HasSubstr("complex numbers (dtype <c16)"));
  EXPECT_THAT(list_arrays(fixture("zip64.npz")).others, ElementsAre("readme.txt"));
  EXPECT_THAT(names_of(list_arrays(fixture("empty.npz"))), ElementsAre("nothing", "rows"))
      << "what can't be read is listed too";
}

TEST(ArrayFile, WithoutANameTheMessageTellsTheNamesAndWeightsFirst) {
  EXPECT_THAT(read_error(fixture("several.npz")),
              AllOf(HasSubstr("several.npz\" holds 7 arrays; choose one by its name, as in"),
                    HasSubstr("several.npz:weight\": weight (2, 1, 3, 3) float32, columns"),
                    HasSubstr(", and 1 more")));
  EXPECT_THAT(read_error(fixture("several.npz:wieght")), HasSubstr("did you mean \"weight\"?"));
  EXPECT_THAT(read_error(fixture("several.npz:quite different")),
              HasSubstr("holds no array \"quite different\"; it holds weight (2, 1, 3, 3)"));
  EXPECT_THAT(read_error(fixture("none.npz")), HasSubstr("is a .npz archive without arrays"));
  EXPECT_THAT(read_error(fixture("several.npz:words")), HasSubstr("holds texts"));
  EXPECT_THAT(read_error(fixture("images.idx3-ubyte:images")), HasSubstr("holds a single array"));
}

TEST(ArrayFile, AFileWhoseNameHasAColonComesFirst) {
  const TempFolder folder;
  put_text(folder / "a.csv:b.csv", "1 2\n3 4\n");
  put_text(folder / "a.csv", "5\n");
  EXPECT_EQ(read(folder / "a.csv:b.csv").tensor, Tensor::from_rows({{1, 2}, {3, 4}}));
}

TEST(ArrayFile, DamageInAnArchiveIsASentence) {
  const TempFolder folder;
  const std::string whole = file_text(fixture("compressed.npz"));
  for (std::size_t size = 0; size < whole.size(); size += 41) {
    put_text(folder / "cut.npz", whole.substr(0, size));
    EXPECT_THAT(read_error(folder / "cut.npz:rows"), StartsWith("\"")) << size;
  }
  // A byte of the values of a stored array: only the checksum tells.
  std::string changed = file_text(fixture("one.npz"));
  const std::size_t at = changed.find(std::string("\x04\0\0\0\0\0\0\0\x05", 9));
  ASSERT_NE(at, std::string::npos);
  changed[at] = '\x07';
  put_text(folder / "changed.npz", changed);
  EXPECT_THAT(
      read_error(folder / "changed.npz"),
      AllOf(HasSubstr("changed.npz:rows\" is not a whole .npy file"), HasSubstr("checksum")));
  put_text(folder / "text.npz", "no archive");
  EXPECT_THAT(read_error(folder / "text.npz"), HasSubstr("is not a whole .npz archive"));
}

TEST(ArrayFile, IdxFilesOfEachTypePlainAndCompressed) {
  for (const char* name : {"images.idx3-ubyte", "images.idx3-ubyte.gz"}) {
    const Tensor images = read(fixture(name)).tensor;
    EXPECT_EQ(images.shape(), (Shape{1, 2, 2, 3})) << name;
    EXPECT_EQ(images.at(0, 1, 1, 2), 220.0f) << name;
  }
  for (const char* code : {"09", "0b", "0c", "0d", "0e"})
    EXPECT_EQ(read(fixture(std::string("type") + code + ".idx")).tensor,
              Tensor::from_rows({{-2, 100}}))
        << code;
  EXPECT_EQ(summarize_array(open_array({fixture("type0c.idx"), ""})).max, "100");
}

TEST(ArrayFile, AnIdxFileOfAnotherLengthIsASentence) {
  const TempFolder folder;
  const std::string whole = file_text(fixture("images.idx3-ubyte"));
  put_text(folder / "cut.idx", whole.substr(0, whole.size() - 1));
  EXPECT_THAT(read_error(folder / "cut.idx"), HasSubstr("its values can't be read to the end"));
  put_text(folder / "long.idx", whole + "x");
  EXPECT_THAT(read_error(folder / "long.idx"), HasSubstr("more bytes follow than shape (2, 2, 3)"));
  const std::string compressed = file_text(fixture("images.idx3-ubyte.gz"));
  put_text(folder / "cut.gz", compressed.substr(0, compressed.size() - 9));
  EXPECT_THAT(read_error(folder / "cut.gz"), HasSubstr("is not a whole idx file"));
  put_text(folder / "huge.idx", std::string("\0\0\x08\x02\xff\xff\xff\xff\xff\xff\xff\xff", 12));
  EXPECT_THAT(read_error(folder / "huge.idx"), HasSubstr("which is too large"));
}

// Memory is taken for what a header promises only where the file can hold it.
TEST(ArrayFile, PromisesThatAFileCanNotHoldTakeNoMemory) {
  const TempFolder folder;
  const std::string promise("\0\0\x0e\x02\0\0\0\x03\x04\0\0\0", 12);  // 3 x 67108864
  put_text(folder / "x.idx", promise + std::string(16, '\0'));
  EXPECT_THAT(error_text([&] { open_array(array_path(folder / "x.idx")); }),
              HasSubstr("its values can't be read to the end"));
  EXPECT_THAT(error_text([&] { open_array(array_path(fixture("promises.npz"))); }),
              HasSubstr("its entry \"x\" promises more bytes than it can hold"));
}

TEST(ArrayFile, TablesAreReadAsWhatIsPasted) {
  const TempFolder folder;
  put_text(folder / "a.csv", "1,2.5\r\n-3,4e2\r\n");
  EXPECT_EQ(read(folder / "a.csv").tensor, Tensor::from_rows({{1, 2.5}, {-3, 400}}));
  put_text(folder / "a.TSV", "1,5\t2\n3\t4\n");
  const ArrayTensor comma = read(folder / "a.TSV");
  EXPECT_EQ(comma.tensor, Tensor::from_rows({{1.5, 2}, {3, 4}}));
  EXPECT_THAT(comma.note, HasSubstr("decimal"));
  put_text(folder / "a.txt", "array([[1, 2],\n       [3, 4]])");
  EXPECT_EQ(read(folder / "a.txt").tensor, Tensor::from_rows({{1, 2}, {3, 4}}));
  put_text(folder / "bad.csv", "1,2\n3,x\n");
  EXPECT_THAT(read_error(folder / "bad.csv"), HasSubstr("\"x\" at line 2, column 3"));
}

TEST(NpzWrite, AnyTensorsReadBackBitForBit) {
  EXPECT_TRUE(rc::check([] {
    const TempFolder folder;
    std::vector<Tensor> tensors;
    std::vector<NamedArray> arrays;
    for (int i = 0; i < *rc::gen::inRange(1, 4); ++i) {
      const auto size = [] { return *rc::gen::inRange<Index>(1, 5); };
      Tensor tensor({size(), size(), size(), size()});
      for (float& value : tensor.values())
        value = std::bit_cast<float>(*rc::gen::arbitrary<std::uint32_t>());
      tensors.push_back(std::move(tensor));
    }
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      const Shape& s = tensors[i].shape();
      arrays.push_back({"t" + std::to_string(i), {s.n, s.c, s.h, s.w}, tensors[i].values()});
    }
    PendingFile file(folder / "t.npz");
    write_npz(file, arrays);
    file.commit();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      const Tensor back = read(folder / ("t.npz:t" + std::to_string(i))).tensor;
      RC_ASSERT(back.shape() == tensors[i].shape());
      RC_ASSERT(std::memcmp(back.data(), tensors[i].data(), back.values().size_bytes()) == 0);
    }
  }));
}

TEST(NpzWrite, TheSameArraysMakeTheSameBytesAndAVectorStaysOne) {
  const TempFolder folder;
  const std::vector<float> bias = {0.5f, -1.0f};
  for (const char* name : {"a.npz", "b.npz"}) {
    PendingFile file(folder / name);
    write_npz(file, std::vector{NamedArray{"bias", {2}, bias}});
    file.commit();
  }
  EXPECT_EQ(file_text(folder / "a.npz"), file_text(folder / "b.npz"));
  EXPECT_EQ(read_array_vector(open_array(array_path(folder / "a.npz"))).values, bias);
}

// A safetensors file with this header, and so many bytes of values that count from 0.
std::string safetensors(const std::string& header, std::size_t bytes) {
  std::string text(8, '\0');
  for (std::size_t i = 0; i < 8; ++i)
    text[i] = static_cast<char>(header.size() >> (8 * i));
  text += header;
  for (std::size_t i = 0; i < bytes; ++i)
    text += static_cast<char>(i);
  return text;
}

class Safetensors : public testing::Test {
 protected:
  std::string error_of(const std::string& header, std::size_t bytes) {
    put_text(path_, safetensors(header, bytes));
    return error_text([&] { list_arrays(path_); });
  }
  TempFolder folder_;
  std::string path_ = folder_ / "m.safetensors";
};

TEST_F(Safetensors, TensorsOfEachTypeAreReadByName) {
  const std::string one = R"("shape":[1,2],"data_offsets":)";
  put_text(path_,
           safetensors(R"({"__metadata__":{"a":"b"},"b":{"dtype":"I8",)" + one + "[0,2]}," +
                           R"("h":{"dtype":"F16",)" + one + "[2,6]}," + R"("bf":{"dtype":"BF16",)" +
                           one + "[6,10]}," + R"("s":{"dtype":"U16",)" + one + R"([10,14]}})",
                       14));
  EXPECT_THAT(names_of(list_arrays(path_)), ElementsAre("b", "h", "bf", "s"));
  EXPECT_EQ(read(path_ + ":b").tensor, Tensor::from_rows({{0, 1}}));
  EXPECT_EQ(read(path_ + ":s").tensor, Tensor::from_rows({{0x0B0A, 0x0D0C}}));
  const float upper = std::bit_cast<float>(0x07060000u);
  EXPECT_EQ(read(path_ + ":bf").tensor.at(0, 0), upper);
  EXPECT_EQ(read(path_ + ":h").tensor.at(0, 0), std::ldexp(static_cast<float>(0x0302), -24));
}

TEST_F(Safetensors, AHostileHeaderIsASentence) {
  const auto tensor = [](const std::string& rest) { return "{\"w\":{" + rest + "}}"; };
  const std::string f32 = R"("dtype":"F32","shape":[2],"data_offsets":)";
  EXPECT_EQ(error_of(tensor(f32 + "[0,8]"), 8), "no error");
  EXPECT_THAT(error_of(tensor(f32 + "[0,4]"), 4), HasSubstr("has 4 bytes, and its shape (2,)"));
  EXPECT_THAT(error_of(tensor(f32 + "[8,0]"), 8), HasSubstr("as its data_offsets"));
  EXPECT_THAT(error_of(tensor(f32 + "[0,8,9]"), 8), HasSubstr("as its data_offsets"));
  EXPECT_THAT(error_of(tensor(f32 + "[-8,0]"), 8), HasSubstr("as its data_offsets"));
  EXPECT_THAT(error_of(tensor(f32 + "[4,12]"), 12), HasSubstr("begins at byte 4"));
  EXPECT_THAT(error_of(tensor(f32 + "[0,8]"), 9), HasSubstr("take 8 bytes, and 9 follow"));
  EXPECT_THAT(error_of(tensor(f32 + "[0,8]"), 7), HasSubstr("take 8 bytes, and 7 follow"));
  EXPECT_THAT(error_of("{\"v\":{" + f32 + "[0,8]},\"w\":{" + f32 + "[4,12]}}", 12),
              HasSubstr("\"w\" begins at byte 4"));
  const std::string huge = R"("dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0])";
  EXPECT_THAT(error_of(tensor(huge), 0), HasSubstr("more than 64 bits can count"));
  const std::string beyond = R"("dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,0])";
  EXPECT_THAT(error_of(tensor(beyond), 0), HasSubstr("has the size 9223372036854775808"));
  EXPECT_THAT(error_of(tensor(R"("dtype":"F32","shape":[2])"), 8),
              HasSubstr("has no \"data_offsets\""));
  EXPECT_THAT(error_of("{\"w\":1}", 0), HasSubstr("has no \"dtype\""));
  EXPECT_THAT(error_of("[]", 0), HasSubstr("its header is no JSON object"));
  EXPECT_THAT(error_of("{\"w\":", 0), HasSubstr("is not valid JSON"));
  EXPECT_THAT(error_of(std::string(100'000, '['), 0), HasSubstr("deeper than 64"));
  put_text(path_, "abc");
  EXPECT_THAT(error_text([&] { list_arrays(path_); }), HasSubstr("it has fewer than 8 bytes"));
  put_text(path_, std::string(8, '\xff') + "{}");
  EXPECT_THAT(error_text([&] { list_arrays(path_); }),
              HasSubstr("its header would have 18446744073709551615 bytes, and 2 follow"));
}

TEST_F(Safetensors, ATypeThatIsNotReadIsListedAndRefused) {
  EXPECT_EQ(error_of(R"({"w":{"dtype":"F8_E4M3","shape":[2,2],"data_offsets":[0,4]}})", 4),
            "no error");
  EXPECT_THAT(list_arrays(path_).arrays.front().unreadable, HasSubstr("F8_E4M3"));
  EXPECT_THAT(read_error(path_), HasSubstr("holds values of a type that is not read here"));
}

}  // namespace
}  // namespace convscope::files
