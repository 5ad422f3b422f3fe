#include "app/ui/theme.h"

#include <algorithm>
#include <cstdint>

#include "engine/color/colormap.h"

namespace convscope::ui {
namespace {

// Converts a colour as designers write it, 0xRRGGBB.
constexpr ImU32 rgb(std::uint32_t hex) {
  return IM_COL32(hex >> 16 & 0xFF, hex >> 8 & 0xFF, hex & 0xFF, 255);
}

// Returns the contrast of two opaque colours (WCAG 2).
double contrast(ImU32 a, ImU32 b) {
  const auto light = [](ImU32 c) {
    return 0.05 + luminance(Rgb{static_cast<std::uint8_t>(c >> IM_COL32_R_SHIFT & 0xFF),
                                static_cast<std::uint8_t>(c >> IM_COL32_G_SHIFT & 0xFF),
                                static_cast<std::uint8_t>(c >> IM_COL32_B_SHIFT & 0xFF)});
  };
  const double la = light(a);
  const double lb = light(b);
  return std::max(la, lb) / std::min(la, lb);
}

}  // namespace

Palette light_palette() {
  return {.background = rgb(0xF4F5F7),
          .card = rgb(0xFFFFFF),
          .line = rgb(0xD9DDE3),
          .ink = rgb(0x1B1F27),
          .muted = rgb(0x5F697B),  // 5:1 on the window's background, where 667085 has 4.5:1
          .accent = rgb(0x2563C9),
          .on_accent = rgb(0xFFFFFF),
          .control = rgb(0xF3F4F6),
          .control_hovered = rgb(0xE6E9EE),
          .good = rgb(0x2E9E6B),
          .warn = rgb(0xD98E04),
          .bad = rgb(0xD1443C),
          .linked = rgb(0xF59E0B)};
}

Palette dark_palette() {
  return {.background = rgb(0x14171C),
          .card = rgb(0x1C2027),
          .line = rgb(0x323843),
          .ink = rgb(0xE9ECF1),
          .muted = rgb(0x98A2B3),
          .accent = rgb(0x6EA8FF),
          .on_accent = rgb(0x10141B),
          .control = rgb(0x14171C),
          .control_hovered = rgb(0x2A303A),
          .good = rgb(0x4CC38A),
          .warn = rgb(0xF0B429),
          .bad = rgb(0xF2685F),
          .linked = rgb(0xFFB020)};
}

ImU32 faded(ImU32 color, float alpha) {
  ImVec4 c = ImGui::ColorConvertU32ToFloat4(color);
  c.w *= alpha;
  return ImGui::ColorConvertFloat4ToU32(c);
}

ImU32 mixed(ImU32 a, ImU32 b, float t) {
  const ImVec4 ca = ImGui::ColorConvertU32ToFloat4(a);
  const ImVec4 cb = ImGui::ColorConvertU32ToFloat4(b);
  return ImGui::ColorConvertFloat4ToU32({ca.x + (cb.x - ca.x) * t, ca.y + (cb.y - ca.y) * t,
                                         ca.z + (cb.z - ca.z) * t, ca.w + (cb.w - ca.w) * t});
}

ImU32 legible(ImU32 color, const Palette& palette) {
  constexpr int kSteps = 20;
  for (int i = 0; i < kSteps; ++i) {
    const ImU32 shade = mixed(color, palette.ink, static_cast<float>(i) / kSteps);
    if (contrast(shade, palette.card) >= 4.5) return shade;
  }
  return palette.ink;
}

namespace {

void set_colors(ImGuiStyle& style, const Palette& c) {
  const auto set = [&style](ImGuiCol which, ImU32 color) {
    style.Colors[which] = ImGui::ColorConvertU32ToFloat4(color);
  };
  const ImU32 hover = mixed(c.card, c.accent, 0.16f);
  const ImU32 active = mixed(c.card, c.accent, 0.28f);
  for (int i = 0; i < ImGuiCol_COUNT; ++i)
    set(i, faded(c.line, 0.6f));  // colours that newer versions of ImGui add stay in the palette
  set(ImGuiCol_Text, c.ink);
  set(ImGuiCol_TextDisabled, c.muted);
  set(ImGuiCol_WindowBg, c.background);
  set(ImGuiCol_ChildBg, faded(c.card, 0.0f));
  set(ImGuiCol_PopupBg, c.card);
  set(ImGuiCol_Border, c.line);
  set(ImGuiCol_BorderShadow, faded(c.line, 0.0f));
  set(ImGuiCol_FrameBg, c.card);
  set(ImGuiCol_FrameBgHovered, hover);
  set(ImGuiCol_FrameBgActive, active);
  set(ImGuiCol_TitleBg, c.card);
  set(ImGuiCol_TitleBgActive, c.card);
  set(ImGuiCol_TitleBgCollapsed, c.card);
  set(ImGuiCol_MenuBarBg, c.card);
  set(ImGuiCol_ScrollbarBg, faded(c.card, 0.0f));
  set(ImGuiCol_ScrollbarGrab, c.line);
  set(ImGuiCol_ScrollbarGrabHovered, c.muted);
  set(ImGuiCol_ScrollbarGrabActive, c.muted);
  set(ImGuiCol_CheckMark, c.accent);
  set(ImGuiCol_SliderGrab, c.accent);
  set(ImGuiCol_SliderGrabActive, c.accent);
  set(ImGuiCol_Button, c.control);
  set(ImGuiCol_ButtonHovered, c.control_hovered);
  set(ImGuiCol_ButtonActive, active);
  set(ImGuiCol_Header, hover);
  set(ImGuiCol_HeaderHovered, hover);
  set(ImGuiCol_HeaderActive, active);
  set(ImGuiCol_Separator, c.line);
  set(ImGuiCol_SeparatorHovered, c.accent);
  set(ImGuiCol_SeparatorActive, c.accent);
  set(ImGuiCol_PlotHistogram, c.accent);
  set(ImGuiCol_PlotLines, c.accent);
  set(ImGuiCol_TextSelectedBg, faded(c.accent, 0.35f));
  set(ImGuiCol_DragDropTarget, c.linked);
  set(ImGuiCol_ModalWindowDimBg, faded(IM_COL32(0, 0, 0, 255), 0.35f));
}

}  // namespace

void apply_style(const Theme& theme) {
  ImGuiStyle style;
  style.WindowPadding = {14, 12};
  style.WindowRounding = 10;
  style.WindowBorderSize = 0;
  style.ChildRounding = 10;
  style.ChildBorderSize = 0;
  style.PopupRounding = 8;
  style.PopupBorderSize = 1;
  style.FramePadding = {10, 4};
  style.FrameRounding = 7;
  style.FrameBorderSize = 1;
  style.ItemSpacing = {8, 8};
  style.ItemInnerSpacing = {8, 4};
  style.ScrollbarSize = 12;
  style.ScrollbarRounding = 6;
  style.GrabMinSize = 16;
  style.GrabRounding = 7;
  style.ScaleAllSizes(theme.scale);
  style.PopupBorderSize = style.FrameBorderSize = 1;  // hairlines at every scale

  set_colors(style, theme.color);
  ImGui::GetStyle() = style;
}

}  // namespace convscope::ui
