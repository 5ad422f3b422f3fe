#include "app/export/fonts.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "embedded/dejavu_sans.h"
#include "embedded/inter_regular.h"
#include "embedded/inter_semibold.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

constexpr cairo_user_data_key_t kFace{};

// A face with the library that it needs. cairo may keep it longer than its caller.
struct Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  ~Face() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

// Splits off the first character of UTF-8 text, and its bytes.
std::uint32_t next_character(std::string_view& text, int& bytes) {
  const auto lead = static_cast<unsigned char>(text.front());
  bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  bytes = std::min(bytes, static_cast<int>(text.size()));
  std::uint32_t character = bytes == 1 ? lead : lead & (0x7Fu >> bytes);
  for (int i = 1; i < bytes; ++i)
    character =
        character << 6 | (static_cast<unsigned char>(text[static_cast<std::size_t>(i)]) & 0x3Fu);
  text.remove_prefix(static_cast<std::size_t>(bytes));
  return character;
}

bool is_digit(std::uint32_t character) {
  return character >= '0' && character <= '9';
}

}  // namespace

class FontFile {
 public:
  explicit FontFile(std::span<const unsigned char> bytes) {
    auto owned = std::make_unique<Face>();
    const bool read = FT_Init_FreeType(&owned->library) == 0 &&
                      FT_New_Memory_Face(owned->library, bytes.data(),
                                         static_cast<FT_Long>(bytes.size()), 0, &owned->face) == 0;
    if (!read) throw Error("the program's fonts can't be read: FreeType refuses them");
    face_ = owned->face;
    cairo_ = cairo_ft_font_face_create_for_ft_face(face_, 0);
    const auto done = [](void* data) { delete static_cast<Face*>(data); };
    if (cairo_font_face_set_user_data(cairo_, &kFace, owned.get(), done) != CAIRO_STATUS_SUCCESS)
      throw Error("the program's fonts can't be used: there is not enough memory");
    static_cast<void>(owned.release());
    for (std::uint32_t digit = '0'; digit <= '9'; ++digit)
      widest_digit_ = std::max(widest_digit_, own_advance(glyph(digit)));
  }
  ~FontFile() { cairo_font_face_destroy(cairo_); }
  FontFile(const FontFile&) = delete;
  FontFile& operator=(const FontFile&) = delete;

  cairo_font_face_t* cairo() const { return cairo_; }
  unsigned long glyph(std::uint32_t character) const { return FT_Get_Char_Index(face_, character); }
  // In ems.
  double own_advance(unsigned long glyph) const {
    FT_Fixed advance = 0;
    FT_Get_Advance(face_, static_cast<FT_UInt>(glyph), FT_LOAD_NO_SCALE, &advance);
    return static_cast<double>(advance) / static_cast<double>(face_->units_per_EM);
  }
  double widest_digit() const { return widest_digit_; }

 private:
  FT_Face face_ = nullptr;
  cairo_font_face_t* cairo_ = nullptr;
  double widest_digit_ = 0.0;
};

// A run of characters of one font.
struct Fonts::Piece {
  const FontFile* font = nullptr;
  std::string text;
  std::vector<cairo_glyph_t> glyphs;  // relative to the left end of the text
  std::vector<cairo_text_cluster_t> clusters;
  double end = 0.0;
};

Fonts::Fonts()
    : regular_(std::make_unique<FontFile>(embedded::inter_regular())),
      semibold_(std::make_unique<FontFile>(embedded::inter_semibold())),
      others_(std::make_unique<FontFile>(embedded::dejavu_sans())) {}

Fonts::~Fonts() = default;

std::vector<Fonts::Piece> Fonts::pieces(Weight weight, double size, std::string_view text) const {
  std::vector<Piece> result;
  const FontFile* usual = weight == Weight::kSemibold ? semibold_.get() : regular_.get();
  double x = 0.0;
  while (!text.empty()) {
    const std::string_view before = text;
    int bytes = 0;
    const std::uint32_t character = next_character(text, bytes);
    const FontFile* font = usual->glyph(character) != 0 ? usual : others_.get();
    if (result.empty() || result.back().font != font) result.push_back({font, {}, {}, {}, x});
    Piece& piece = result.back();
    const unsigned long glyph = font->glyph(character);
    const double own = font->own_advance(glyph);
    const double advance = is_digit(character) ? font->widest_digit() : own;
    piece.text += before.substr(0, static_cast<std::size_t>(bytes));
    piece.glyphs.push_back({glyph, x + (advance - own) * 0.5 * size, 0.0});
    piece.clusters.push_back({bytes, 1});
    x += advance * size;
    piece.end = x;
  }
  return result;
}

double Fonts::width(Weight weight, double size, std::string_view text) const {
  const std::vector<Piece> parts = pieces(weight, size, text);
  return parts.empty() ? 0.0 : parts.back().end;
}

void Fonts::draw(cairo_t* cairo, Weight weight, double size, const Point& at,
                 std::string_view text) const {
  cairo_set_font_size(cairo, size);
  for (Piece& piece : pieces(weight, size, text)) {
    for (cairo_glyph_t& glyph : piece.glyphs) {
      glyph.x += at.x;
      glyph.y += at.y;
    }
    cairo_set_font_face(cairo, piece.font->cairo());
    cairo_show_text_glyphs(cairo, piece.text.data(), static_cast<int>(piece.text.size()),
                           piece.glyphs.data(), static_cast<int>(piece.glyphs.size()),
                           piece.clusters.data(), static_cast<int>(piece.clusters.size()),
                           cairo_text_cluster_flags_t{});
  }
}

}  // namespace convscope::exports
