#include "app/ui/fonts.h"

#include <cmath>
#include <span>

#include "embedded/dejavu_sans.h"
#include "embedded/dejavu_sans_mono.h"
#include "embedded/inter_regular.h"
#include "embedded/inter_semibold.h"

namespace convscope::ui {
namespace {

// ImGui's font size is the line height, ascent - descent, while designers count in ems. The factors
// come from the fonts' hhea tables: (2728 + 680) / 2816 and (1901 + 483) / 2048.
constexpr float kInterLine = 3408.0f / 2816.0f;
constexpr float kDejaVuLine = 2384.0f / 2048.0f;
// Inter's digits differ in width ("1" 1308, "4" 1808 units, in semibold "0" 1878). All get the
// width of the widest, so that numbers keep their width while they change.
constexpr float kRegularDigit = 1808.0f / 2816.0f;
constexpr float kSemiboldDigit = 1878.0f / 2816.0f;

// The characters that the program writes; file names may contain any letter of the first four
// ranges.
constexpr ImWchar kSigns[] = {0x0020, 0x007E, 0x00A0, 0x017F,  // Latin
                              0x0370, 0x03FF,                  // Greek
                              0x0400, 0x045F,                  // Cyrillic
                              0x1D40, 0x1D40,                  // ᵀ
                              0x2010, 0x2027, 0x202F, 0x202F,  // dashes, quotes, …, narrow space
                              0x2030, 0x203A,                  // ‰ ′ ‹ ›
                              0x2070, 0x209C,                  // ⁰ … ₜ
                              0x2190, 0x21FF,                  // arrows
                              0x2200, 0x22FF,  // mathematics: ∂ ∇ ∈ ∑ − ∗ √ ∞ ≈ ≤ ⊗ ⋅ ⋆
                              0x2308, 0x230B,  // ⌈ ⌉ ⌊ ⌋
                              0x25A0, 0x25FF,  // shapes
                              0x2713, 0x2718,  // ✓ ✗
                              0};
constexpr ImWchar kDigits[] = {'0', '9', 0};

void add_source(ImFontAtlas& atlas, std::span<const unsigned char> bytes, float size,
                const ImWchar* ranges, bool merge, float advance) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;  // the bytes are part of the program
  config.MergeMode = merge;
  config.OversampleH = 2;
  config.OversampleV = 1;
  if (advance > 0.0f) {
    config.GlyphMinAdvanceX = advance;
    config.GlyphMaxAdvanceX = advance;
#if IMGUI_VERSION_NUM >= 19200  // loads on demand and ignores the ranges
    static constexpr ImWchar kOthers[] = {0x0001, '0' - 1, '9' + 1, 0xFFFF, 0};
    config.GlyphExcludeRanges = kOthers;
#endif
  }
  // ImGui takes a pointer to mutable bytes but does not write to them.
  atlas.AddFontFromMemoryTTF(const_cast<unsigned char*>(bytes.data()),
                             static_cast<int>(bytes.size()), size, &config, ranges);
}

// The characters of numbers in cells: digits, signs, powers of ten, infinity, NaN, and the mark of
// a hidden cell.
constexpr ImWchar kNumberSigns[] = {0x0020, 0x007E, 0x00B2, 0x00B3, 0x00B7, 0x00B9, 0x00D7, 0x00D7,
                                    0x2014, 0x2014, 0x2026, 0x2026, 0x2070, 0x2079, 0x207B, 0x207B,
                                    0x2212, 0x2212, 0x221E, 0x221E, 0x2248, 0x2248, 0};

// The characters of programs: keyboards have most of them.
constexpr ImWchar kCodeSigns[] = {0x0020, 0x007E, 0x00A0, 0x00FF, 0x0391, 0x03C9,
                                  0x2026, 0x2026, 0x2190, 0x2193, 0x2212, 0x2212,
                                  0x2248, 0x2248, 0x2264, 0x2265, 0};

ImFont* add_font(ImFontAtlas& atlas, bool semibold, float em, const ImWchar* signs = kSigns) {
  const auto inter = semibold ? embedded::inter_semibold() : embedded::inter_regular();
  const float digit = std::round(em * (semibold ? kSemiboldDigit : kRegularDigit) * 2.0f) / 2.0f;
  add_source(atlas, inter, em * kInterLine, kDigits, false, digit);
  add_source(atlas, inter, em * kInterLine, signs, true, 0.0f);
  add_source(atlas, embedded::dejavu_sans(), em * kDejaVuLine, signs, true, 0.0f);
  return atlas.Fonts.back();
}

}  // namespace

Fonts add_fonts(ImFontAtlas& atlas, float scale) {
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  Fonts fonts;
  fonts.body = add_font(atlas, false, kBodyEm * scale);  // the first font is ImGui's default
  fonts.body_bold = add_font(atlas, true, kBodyEm * scale);
  fonts.small = add_font(atlas, false, kSmallEm * scale);
  fonts.title = add_font(atlas, true, kTitleEm * scale);
  fonts.heading = add_font(atlas, true, kHeadingEm * scale);
  fonts.number = add_font(atlas, false, kNumberEm * scale);
  add_source(atlas, embedded::dejavu_sans_mono(), kCodeEm * scale * kDejaVuLine, kCodeSigns, false,
             0.0f);
  fonts.code = atlas.Fonts.back();
  fonts.large_number = add_font(atlas, false, kLargeNumberEm * scale, kNumberSigns);
  return fonts;
}

}  // namespace convscope::ui
