#include "app/files/arrays/array_dtype.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace convscope::files {
namespace {

struct Readable {
  ArrayType type;
  Index size;
  std::string_view code;  // kind and bytes, as NumPy writes them
  std::string_view name;
};

constexpr std::array kReadable = {
    Readable{ArrayType::kBool, 1, "b1", "bool"},
    Readable{ArrayType::kInt8, 1, "i1", "int8"},
    Readable{ArrayType::kInt16, 2, "i2", "int16"},
    Readable{ArrayType::kInt32, 4, "i4", "int32"},
    Readable{ArrayType::kInt64, 8, "i8", "int64"},
    Readable{ArrayType::kUint8, 1, "u1", "uint8"},
    Readable{ArrayType::kUint16, 2, "u2", "uint16"},
    Readable{ArrayType::kUint32, 4, "u4", "uint32"},
    Readable{ArrayType::kUint64, 8, "u8", "uint64"},
    Readable{ArrayType::kFloat16, 2, "f2", "float16"},
    Readable{ArrayType::kBfloat16, 2, "bfloat16", "bfloat16"},
    Readable{ArrayType::kFloat32, 4, "f4", "float32"},
    Readable{ArrayType::kFloat64, 8, "f8", "float64"},
};

struct OtherName {
  std::string_view name;
  std::string_view code;
};

// Names that numpy.dtype accepts besides codes and the names above.
constexpr std::array kOtherNames = {
    OtherName{"?", "b1"},      OtherName{"bool_", "b1"},    OtherName{"bool8", "b1"},
    OtherName{"b", "i1"},      OtherName{"byte", "i1"},     OtherName{"h", "i2"},
    OtherName{"short", "i2"},  OtherName{"i", "i4"},        OtherName{"intc", "i4"},
    OtherName{"l", "i8"},      OtherName{"q", "i8"},        OtherName{"p", "i8"},
    OtherName{"int", "i8"},    OtherName{"int_", "i8"},     OtherName{"intp", "i8"},
    OtherName{"long", "i8"},   OtherName{"longlong", "i8"}, OtherName{"B", "u1"},
    OtherName{"ubyte", "u1"},  OtherName{"H", "u2"},        OtherName{"ushort", "u2"},
    OtherName{"I", "u4"},      OtherName{"uintc", "u4"},    OtherName{"L", "u8"},
    OtherName{"Q", "u8"},      OtherName{"P", "u8"},        OtherName{"uint", "u8"},
    OtherName{"uintp", "u8"},  OtherName{"ulong", "u8"},    OtherName{"ulonglong", "u8"},
    OtherName{"e", "f2"},      OtherName{"half", "f2"},     OtherName{"f", "f4"},
    OtherName{"single", "f4"}, OtherName{"d", "f8"},        OtherName{"double", "f8"},
    OtherName{"float", "f8"},  OtherName{"float_", "f8"},
};

const Readable* readable(std::string_view text) {
  const auto other = std::ranges::find(kOtherNames, text, &OtherName::name);
  if (other != kOtherNames.end()) text = other->code;
  const auto found = std::ranges::find_if(
      kReadable, [&](const Readable& r) { return r.code == text || r.name == text; });
  return found == kReadable.end() ? nullptr : &*found;
}

struct Kind {
  std::string_view what;
  std::string_view advice;
};

constexpr std::string_view kConvert = "save it with .astype('float32')";

// Describes an unsupported type by the first letter of its code or by its name.
Kind other_kind(std::string_view text) {
  if (text.starts_with('[')) return {"records, a structured dtype", "save one field of it"};
  if (text.starts_with("complex") || text.starts_with("c8") || text.starts_with("c16") ||
      text.starts_with("c32") || text == "F" || text == "D" || text == "G")
    return {"complex numbers", "save its .real or .imag"};
  if (text.starts_with('O') || text == "object") return {"Python objects", kConvert};
  if (text.starts_with('S') || text.starts_with('U') || text.starts_with('a') || text == "c" ||
      text.starts_with("str") || text.starts_with("bytes"))
    return {"texts", kConvert};
  if (text.starts_with('M') || text.starts_with("datetime")) return {"dates", kConvert};
  if (text.starts_with('m') || text.starts_with("timedelta")) return {"spans of time", kConvert};
  if (text.starts_with("f16") || text.starts_with("f12") || text.starts_with("longdouble") ||
      text.starts_with("float128") || text.starts_with("float96") || text == "g")
    return {"long doubles", kConvert};
  if (text.starts_with('V') || text.starts_with("void"))
    return {"raw bytes, as bfloat16 is saved", kConvert};
  return {"values of a kind that is not known here", kConvert};
}

// Returns the bytes of one value of an unsupported type: the number at the end of "<c8", and four
// for each letter of "<U5".
Index other_size(std::string_view code) {
  constexpr std::string_view kSized = "cSUVfa";
  if (code.empty() || kSized.find(code.front()) == std::string_view::npos) return 0;
  Index size = 0;
  const char* const end = code.data() + code.size();
  const auto [last, error] = std::from_chars(code.data() + 1, end, size);
  constexpr Index kMax = Index{1} << 20;
  if (error != std::errc() || last != end || size < 0 || size > kMax) return 0;
  return code.front() == 'U' ? 4 * size : size;
}

}  // namespace

ArrayDtype array_dtype(std::string_view descr) {
  std::string_view code = descr;
  const bool ordered =
      code.size() > 1 && std::string_view("<>=|").find(code.front()) != std::string_view::npos;
  if (ordered) code.remove_prefix(1);
  ArrayDtype dtype;
  dtype.big_endian = descr.starts_with('>');
  if (const Readable* known = readable(code)) {
    dtype.type = known->type;
    dtype.size = known->size;
    dtype.name = known->name;
    return dtype;
  }
  const Kind kind = other_kind(code);
  dtype.size = other_size(code);
  dtype.name = descr;
  dtype.what = kind.what;
  dtype.advice = kind.advice;
  return dtype;
}

}  // namespace convscope::files
