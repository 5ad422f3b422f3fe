#include "app/ui/theme.h"

namespace convscope::ui {
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
  set(ImGuiCol_Border, c.outline);
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
