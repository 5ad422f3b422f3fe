#include "app/ui/theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/look/cell_colors.h"
#include "app/ui/imgui_shim.h"
#include "engine/color/colormap.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

using scene::SceneTheme;

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

struct NamedColor {
  std::string name;
  ImU32 color;
};

// What a text or a mark may stand on: the cards, the window between them, controls as they are,
// under the pointer and held, lists under the pointer, and the values in a lesson's text.
std::vector<NamedColor> places(const Palette& p) {
  return {{"card", p.card},
          {"background", p.background},
          {"control", p.control},
          {"control_hovered", p.control_hovered},
          {"control held", mixed(p.card, p.accent, 0.25f)},
          {"list entry under the pointer", mixed(p.card, p.accent, 0.16f)},
          {"live value", mixed(p.card, p.accent, 0.12f)}};
}

std::vector<std::pair<std::string, Palette>> palettes() {
  return {{"light", palette_of(SceneTheme::kLight)},
          {"dark", palette_of(SceneTheme::kDark)},
          {"projector", palette_of(SceneTheme::kProjector)}};
}

// What WCAG 2 demands of text, and of marks that say something without a text.
constexpr double kText = 4.5;
constexpr double kMark = 3.0;

TEST(Theme, EveryTextIsLegibleOnEverythingThatItStandsOn) {
  for (const auto& [theme, p] : palettes()) {
    const std::vector<NamedColor> all = places(p);
    const auto quiet = std::span(all).first(4);  // hints and units do not stand on the others
    const auto colored = std::span(all).first(3);
    for (const NamedColor& on : all)
      EXPECT_GE(contrast(p.ink, on.color), 7.0) << theme << ": ink on " << on.name;
    for (const NamedColor& on : quiet)
      EXPECT_GE(contrast(p.muted, on.color), kText) << theme << ": muted on " << on.name;
    for (const auto& [name, color] :
         {NamedColor{"accent", p.accent}, {"good", p.good}, {"warn", p.warn}, {"bad", p.bad}}) {
      for (const NamedColor& on : colored)
        EXPECT_GE(contrast(legible(color, p), on.color), kText)
            << theme << ": " << name << " on " << on.name;
    }
    for (const float hovered_or_held : {0.0f, 0.15f, 0.25f})
      EXPECT_GE(contrast(p.on_accent, mixed(p.accent, p.ink, hovered_or_held)), kText)
          << theme << ": on_accent " << hovered_or_held;
  }
}

TEST(Theme, MarksStandOutFromCardsAndTheWindow) {
  for (const auto& [theme, p] : palettes()) {
    const std::vector<NamedColor> all = places(p);
    const auto still = std::span(all).first(3);
    for (const auto& [name, color] : {NamedColor{"outline", p.outline},
                                      {"accent", p.accent},
                                      {"ink of handles", p.ink},
                                      {"muted of charts", p.muted},
                                      {"good", p.good},
                                      {"warn", p.warn},
                                      {"bad", p.bad},
                                      {"ring of the keyboard", legible(p.accent, p)}}) {
      for (const NamedColor& on : still)
        EXPECT_GE(contrast(color, on.color), kMark) << theme << ": " << name << " on " << on.name;
    }
    // Linked cells and what a lesson points at have a rim.
    const std::vector<ImU32> tones = outline_tones(p.linked);
    for (const NamedColor& on : still) {
      double best = 0.0;
      for (const ImU32 tone : tones)
        best = std::max(best, contrast(tone, on.color));
      EXPECT_GE(best, kMark) << theme << ": linked on " << on.name;
    }
  }
}

TEST(Theme, AProjectorHasTheStrongestContrast) {
  const Palette p = projector_palette();
  const std::vector<NamedColor> all = places(p);
  for (const ImU32 text : {p.ink, p.muted, p.accent, p.good, p.warn, p.bad}) {
    EXPECT_EQ(legible(text, p), text);
    for (const NamedColor& on : std::span(all).first(4))
      EXPECT_GE(contrast(text, on.color), 7.0) << on.name;
  }
  for (const ImU32 mark : {p.line, p.outline, p.linked}) {
    for (const NamedColor& on : std::span(all).first(4))
      EXPECT_GE(contrast(mark, on.color), kMark) << on.name;
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

TEST(Theme, FollowOneAnother) {
  EXPECT_EQ(next(SceneTheme::kLight), SceneTheme::kDark);
  EXPECT_EQ(next(SceneTheme::kDark), SceneTheme::kProjector);
  EXPECT_EQ(next(SceneTheme::kProjector), SceneTheme::kLight);
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
