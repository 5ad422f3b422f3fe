// The types of values that .npy files have, and what float32 makes of them.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "app/files/arrays/array_summary.h"
#include "app/files/arrays/array_values.h"
#include "app/files/arrays/npy.h"
#include "app/files/arrays/npy_open.h"
#include "engine/core/error.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"
#include "tests/test_folder.h"

namespace convscope::files {
namespace {

using testing::HasSubstr;

// Files that NumPy wrote: npy/make_npy.py.
std::string fixture(const std::string& name) {
  return test_folder() + "/npy/" + name;
}

// [[smallest, 0, 1, largest]] in both byte orders.
template <typename T>
void expect_ends(const std::string& name) {
  const auto lo = static_cast<float>(std::numeric_limits<T>::lowest());
  const auto hi = static_cast<float>(std::numeric_limits<T>::max());
  const Tensor expected = Tensor::from_rows({{lo, 0, 1, hi}});
  EXPECT_EQ(read_npy(fixture(name + ".npy")).tensor, expected) << name;
  if (sizeof(T) == 1) return;
  EXPECT_EQ(read_npy(fixture(name + "_big_endian.npy")).tensor, expected) << name;
}

TEST(NpyTypes, WholeNumbersOfEveryWidth) {
  expect_ends<bool>("bool");
  expect_ends<std::int8_t>("int8");
  expect_ends<std::int16_t>("int16");
  expect_ends<std::int32_t>("int32");
  expect_ends<std::int64_t>("int64");
  expect_ends<std::uint8_t>("uint8");
  expect_ends<std::uint16_t>("uint16");
  expect_ends<std::uint32_t>("uint32");
  expect_ends<std::uint64_t>("uint64");
}

TEST(NpyTypes, HalfPrecision) {
  for (const char* name : {"float16.npy", "float16_big_endian.npy"}) {
    const ArrayTensor read = read_npy(fixture(name));
    const std::span<const float> v = read.tensor.values();
    EXPECT_EQ(read.note, "");
    EXPECT_EQ(v[0], 0.0f);
    EXPECT_TRUE(v[1] == 0.0f && std::signbit(v[1]));
    EXPECT_EQ(v[2], 1.0f);
    EXPECT_EQ(v[3], -2.5f);
    EXPECT_EQ(v[4], 65504.0f);
    EXPECT_EQ(v[5], 0x1p-24f);
    EXPECT_EQ(v[6], 0x3FFp-24f) << "the largest subnormal number";
    EXPECT_EQ(v[7], INFINITY);
    EXPECT_EQ(v[8], -INFINITY);
    EXPECT_TRUE(std::isnan(v[9]));
  }
}

TEST(NpyTypes, EveryFiniteHalfIsItsFractionTimesAPowerOfTwo) {
  for (std::uint32_t bits = 0; bits < 0x7C00; ++bits) {
    const int exponent = static_cast<int>(bits >> 10);
    const double fraction = (bits & 0x3FF) / 1024.0;
    const double expected =
        exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1.0 + fraction, exponent - 15);
    ASSERT_EQ(double{float_of_half(static_cast<std::uint16_t>(bits))}, expected) << bits;
    ASSERT_EQ(double{float_of_half(static_cast<std::uint16_t>(bits | 0x8000))}, -expected) << bits;
  }
}

TEST(NpyTypes, WholeNumbersThatAreRoundedAreTold) {
  const ArrayTensor read = read_npy(fixture("rounded_i4.npy"));
  EXPECT_EQ(read.tensor, Tensor::from_rows({{1, 16777216}, {16777216, -33554436}}));
  EXPECT_EQ(read.note,
            "\"" + fixture("rounded_i4.npy") +
                "\" holds int32, and 2 of its 4 values are not exact in float32, in which this "
                "program computes; the largest difference is 1: 16777217 at (0, 1) becomes "
                "16777216");
  EXPECT_THAT(
      read_npy(fixture("int64.npy")).note,
      HasSubstr("1 of its 4 values is not exact in float32, in which this program computes; "
                "the largest difference is 1: 9223372036854775807 at (0, 3) becomes "
                "9223372036854775808"));
  EXPECT_EQ(read_npy(fixture("uint16.npy")).note, "");
}

TEST(NpyTypes, NumbersTooSmallForFloat32AreTold) {
  const ArrayTensor read = read_npy(fixture("small_f8.npy"));
  EXPECT_EQ(read.tensor, Tensor::from_rows({{0.1f, 0, 0}}));
  EXPECT_THAT(read.note, HasSubstr("1 of its 3 values is not exact in float32, in which this "
                                   "program computes; the largest difference is 1e-300: 1e-300 at "
                                   "(0, 1) becomes 0"));
  EXPECT_EQ(read_npy(fixture("rows_f8.npy")).note, "") << "rounding 0.1 is what everybody expects";
}

TEST(NpyTypes, NumbersBeyondFloat32AreRefused) {
  EXPECT_EQ(error_text([] { read_npy(fixture("large_f8.npy")); }),
            "\"" + fixture("large_f8.npy") +
                "\" has -1e+39 at (0, 1), which is beyond float32; values up to 3.4e38 are read");
  EXPECT_THAT(summarize_array(open_npy(fixture("large_f8.npy"))).note,
              HasSubstr("1 of its 2 values is beyond float32: -1e+39 at (0, 1) is the first"));
}

TEST(NpyTypes, OthersAreNamedAsWhatTheyAre) {
  const auto expect = [](const std::string& name, const std::string& what) {
    EXPECT_EQ(error_text([&] { read_npy(fixture(name)); }),
              "\"" + fixture(name) + "\" holds " + what);
  };
  const std::string read = "); whole numbers, bool, float16, float32 and float64 are read: ";
  const std::string convert = "save it with .astype('float32')";
  expect("complex.npy", "complex numbers (dtype <c8" + read + "save its .real or .imag");
  expect("objects.npy", "Python objects (dtype |O" + read + convert);
  expect("texts.npy", "texts (dtype <U2" + read + convert);
  expect("bytes.npy", "texts (dtype |S2" + read + convert);
  expect("dates.npy", "dates (dtype <M8[D]" + read + convert);
  expect("spans.npy", "spans of time (dtype <m8[ms]" + read + convert);
  expect("raw.npy", "raw bytes, as bfloat16 is saved (dtype |V2" + read + convert);
  expect("long_double.npy", "long doubles (dtype <f16" + read + convert);
  expect("records.npy", "records, a structured dtype (dtype [('x', '<f4'), ('a [)', '<i4')]" +
                            read + "save one field of it");
}

TEST(NpyTypes, SpellingsThatNumpyTakes) {
  const auto name = [](const char* descr) { return array_dtype(descr).name; };
  for (const char* descr : {"<f4", ">f4", "=f4", "|f4", "f4", "float32", "f", "<f", "single"})
    EXPECT_EQ(name(descr), "float32") << descr;
  EXPECT_EQ(name("float"), "float64");
  EXPECT_EQ(name("e"), "float16");
  EXPECT_EQ(name("?"), "bool");
  EXPECT_EQ(name("B"), "uint8");
  EXPECT_EQ(name("l"), "int64");
  EXPECT_EQ(name("int"), "int64");
  EXPECT_TRUE(array_dtype(">f4").big_endian);
  EXPECT_FALSE(array_dtype("=f4").big_endian);
  for (const char* descr : {"", "<", "<<f4", "f3", "i16", "f4 ", "F4", "float32f", "x"})
    EXPECT_EQ(array_dtype(descr).type, ArrayType::kOther) << descr;
}

// A version 1 file with a row of these values.
template <typename T>
void put_values(const std::string& path, const std::string& descr, const std::vector<T>& values) {
  const std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (1, " +
                             std::to_string(values.size()) + ")}";
  std::string text("\x93NUMPY\x01\x00", 8);
  text += static_cast<char>(header.size());
  text += '\0';
  text += header;
  for (const T value : values) {
    std::array<char, sizeof(T)> bytes{};
    const T written = descr.starts_with('>') ? byte_swapped(value) : value;
    std::memcpy(bytes.data(), &written, sizeof(T));
    text.append(bytes.data(), bytes.size());
  }
  put_text(path, text);
}

// Every value comes back as the nearest float32, and the note is there where one differs.
template <typename T>
void values_come_back(const std::string& code) {
  auto values = *rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<T>>());
  values.push_back(
      *rc::gen::element(std::numeric_limits<T>::lowest(), std::numeric_limits<T>::max(), T{1}));
  const TempFolder folder;
  for (const char* order : {"<", ">"}) {
    put_values(folder / "v.npy", order + code, values);
    const ArrayTensor read = read_npy(folder / "v.npy");
    bool exact = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
      RC_ASSERT(read.tensor.data()[i] == static_cast<float>(values[i]));
      exact = exact && static_cast<long double>(static_cast<float>(values[i])) ==
                           static_cast<long double>(values[i]);
    }
    RC_ASSERT(read.note.empty() == exact);
  }
}

RC_GTEST_PROP(NpyTypes, WholeNumbersComeBackOrAreTold, ()) {
  values_come_back<std::int8_t>("i1");
  values_come_back<std::int16_t>("i2");
  values_come_back<std::int32_t>("i4");
  values_come_back<std::int64_t>("i8");
  values_come_back<std::uint8_t>("u1");
  values_come_back<std::uint16_t>("u2");
  values_come_back<std::uint32_t>("u4");
  values_come_back<std::uint64_t>("u8");
  values_come_back<float>("f4");
}

TEST(NpyTypes, ABoolThatIsNoneIsRefused) {
  const TempFolder folder;
  put_values<std::uint8_t>(folder / "b.npy", "|b1", {0, 1, 2});
  EXPECT_THAT(error_text([&] { read_npy(folder / "b.npy"); }),
              HasSubstr("its bool at (0, 2) is the byte 2, and only 0 and 1 are one"));
}

TEST(ArraySummary, TellsWholeNumbersToTheirLastDigit) {
  const ArraySummary s = summarize_array(open_npy(fixture("int64.npy")));
  EXPECT_EQ(s.min, "-9223372036854775808");
  EXPECT_EQ(s.max, "9223372036854775807");
  EXPECT_EQ(s.mean, 0.0);
  EXPECT_EQ(s.finite, 4);
}

TEST(ArraySummary, ItsMeanDoesNotOverflow) {
  const TempFolder folder;
  put_values<double>(folder / "m.npy", "<f8", {1.5e308, 1.5e308, -1.5e308});
  EXPECT_NEAR(summarize_array(open_npy(folder / "m.npy")).mean, 0.5e308, 1e300);
}

}  // namespace
}  // namespace convscope::files
