#include "app/ui/theme.h"

#include <gtest/gtest.h>

#include <string>

#include "app/ui/imgui_shim.h"
#include "engine/color/colormap.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

// WCAG 2's contrast of two opaque colours.
double contrast(ImU32 a, ImU32 b) {
  const auto light = [](ImU32 c) {
    return luminance(Rgb{static_cast<std::uint8_t>(c & 0xFF),
                         static_cast<std::uint8_t>(c >> 8 & 0xFF),
                         static_cast<std::uint8_t>(c >> 16 & 0xFF)});
  };
  const double la = light(a) + 0.05;
  const double lb = light(b) + 0.05;
  return la > lb ? la / lb : lb / la;
}

TEST(Theme, TextIsLegibleInBothPalettes) {
  for (const Palette& p : {light_palette(), dark_palette()}) {
    EXPECT_GE(contrast(p.ink, p.card), 7.0);
    EXPECT_GE(contrast(p.ink, p.background), 7.0);
    EXPECT_GE(contrast(p.ink, p.control), 7.0);
    EXPECT_GE(contrast(p.muted, p.card), 4.5);
    EXPECT_GE(contrast(p.muted, p.background), 4.5);
    EXPECT_GE(contrast(p.on_accent, p.accent), 4.5);
    EXPECT_GE(contrast(p.accent, p.card), 4.5);
  }
}

TEST(Theme, ColoursOfMeaningAreLegibleAsText) {
  for (const Palette& p : {light_palette(), dark_palette()}) {
    for (const ImU32 color : {p.good, p.warn, p.bad, p.linked, p.line, p.card, p.accent})
      EXPECT_GE(contrast(legible(color, p), p.card), 4.5);
    EXPECT_EQ(legible(p.ink, p), p.ink);
    EXPECT_EQ(legible(p.muted, p), p.muted);
    EXPECT_EQ(legible(p.bad, p), p.bad);
  }
  const Palette light = light_palette();
  EXPECT_NE(legible(light.warn, light), light.warn);
  EXPECT_NE(legible(light.warn, light), light.ink) << "it keeps its hue";
}

TEST(Theme, StyleDoesNotGrowWhenItIsAppliedAgain) {
  UiHarness harness;
  harness.theme.scale = 2.0f;
  apply_style(harness.theme);
  const ImGuiStyle once = ImGui::GetStyle();
  apply_style(harness.theme);
  apply_style(harness.theme);
  const ImGuiStyle& thrice = ImGui::GetStyle();
  EXPECT_EQ(thrice.FramePadding.x, once.FramePadding.x);
  EXPECT_EQ(thrice.ItemSpacing.y, once.ItemSpacing.y);
  EXPECT_EQ(thrice.ScrollbarSize, once.ScrollbarSize);
  harness.theme.scale = 1.0f;
  apply_style(harness.theme);
  EXPECT_EQ(ImGui::GetStyle().FramePadding.x * 2, once.FramePadding.x);
}

TEST(Fonts, HaveEverySignThatTheProgramWrites) {
  UiHarness harness;
  const Fonts& f = harness.theme.font;
  for (const ImFont* font : {f.body, f.body_bold, f.small, f.title, f.heading, f.number}) {
    for (const char32_t sign :
         std::u32string(U"∇∗⊗∈→←↑↓⋆·×−⌊⌋⌈⌉λ∂Σ∑≤≥≠≈±√∞²³⁰¹⁴⁵⁶⁷⁸⁹⁻ᵀ₀₁₂₃ₖηθβμσ…“”‹›✓αεäöüßéñЖ")) {
      EXPECT_TRUE(has_glyph(font, static_cast<ImWchar>(sign)))
          << "U+" << std::hex << static_cast<unsigned>(sign);
    }
  }
}

TEST(Fonts, DigitsHaveOneWidth) {
  UiHarness harness({1280, 720}, 1.5f);
  const Fonts& f = harness.theme.font;
  for (const ImFont* font : {f.body, f.body_bold, f.small, f.title, f.heading, f.number}) {
    const float width = text_size(font, font_size(font), "0000000000").x;
    for (const char* digits : {"1111111111", "4444444444", "7777777777"}) {
      EXPECT_EQ(text_size(font, font_size(font), digits).x, width) << digits;
    }
  }
}

TEST(Fonts, GrowWithTheScale) {
  UiHarness one({1280, 720}, 1.0f);
  const float body = font_size(one.theme.font.body);
  // From 1.90 on ImGui leaves out what is not a whole pixel.
  constexpr float kPixel = 1.0f;
  EXPECT_NEAR(body, 17.0f * 1.21f, kPixel);
  UiHarness three({1280, 720}, 3.0f);
  EXPECT_NEAR(font_size(three.theme.font.body), 3 * 17.0f * 1.21f, kPixel);
  // Again into the same atlas, as after a change of the font size.
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  const Fonts fonts = add_fonts(atlas, 1.0f);
  EXPECT_TRUE(atlas.Build());
  EXPECT_NEAR(font_size(fonts.body), body, 0.01f);
  EXPECT_EQ(atlas.Fonts.Size, 8);
}

TEST(Fonts, LargeNumbersHaveAllTheirSigns) {
  const UiHarness harness;
  for (const unsigned sign : {U'0', U'9', U'.', U'-', U'e', U'N', U'a', U'−', U'×', U'⁻', U'⁰',
                              U'¹', U'²', U'³', U'⁴', U'⁹', U'∞', U'≈', U'—'}) {
    const auto glyph = static_cast<ImWchar>(sign);
    EXPECT_NE(harness.theme.font.large_number->FindGlyphNoFallback(glyph), nullptr) << sign;
  }
}

}  // namespace
}  // namespace convscope::ui
