#include "app/ui/imgui_shim.h"

#include <imgui_internal.h>

#include <cstring>

namespace convscope::ui {

float font_size(const ImFont* font) {
#if IMGUI_VERSION_NUM < 19200
  return font->FontSize;
#else
  return font->LegacySize;
#endif
}

ImVec2 wrapped_text_size(const ImFont* font, float size, float wrap_width, std::string_view text) {
  if (text.empty()) return {0.0f, size};  // ImGui would take a null end for a C string
  // CalcTextSizeA is not const in every version, though it changes nothing visible.
  return const_cast<ImFont*>(font)->CalcTextSizeA(size, 1e30f, wrap_width, text.data(),
                                                  text.data() + text.size());
}

ImVec2 text_size(const ImFont* font, float size, std::string_view text) {
  return wrapped_text_size(font, size, 0.0f, text);
}

void draw_text(ImDrawList* list, ImFont* font, float size, ImVec2 pos, ImU32 color,
               std::string_view text) {
  if (text.empty()) return;
  list->AddText(font, size, pos, color, text.data(), text.data() + text.size());
}

void stroke_lines(ImDrawList* list, std::span<const ImVec2> points, ImU32 color, float thickness,
                  bool closed) {
  const ImDrawFlags flags = closed ? ImDrawFlags_Closed : ImDrawFlags_None;
  const int count = static_cast<int>(points.size());
#if IMGUI_VERSION_NUM < 19280
  list->AddPolyline(points.data(), count, color, flags, thickness);
#else
  list->AddPolyline(points.data(), count, color, thickness, flags);
#endif
}

void stroke_rect(ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color, float rounding,
                 float thickness) {
  list->PathRect(min, max, rounding);
#if IMGUI_VERSION_NUM < 19280
  list->PathStroke(color, ImDrawFlags_Closed, thickness);
#else
  list->PathStroke(color, thickness, ImDrawFlags_Closed);
#endif
}

// A pointer up to version 1.91, then an integer.
ImTextureID texture_id(std::uint32_t name) {
  const std::uintptr_t wide = name;
  ImTextureID id{};
  static_assert(sizeof(id) >= sizeof(wide));
  std::memcpy(&id, &wide, sizeof(wide));
  return id;
}

std::uint64_t texture_key(const ImDrawCmd& command) {
#if IMGUI_VERSION_NUM < 19200
  const auto id = command.GetTexID();
  std::uint64_t key = 0;
  std::memcpy(&key, &id, sizeof(id));
  return key;
#else
  const ImTextureRef& texture = command.TexRef;
  return texture._TexData != nullptr ? reinterpret_cast<std::uintptr_t>(texture._TexData)
                                     : static_cast<std::uint64_t>(texture._TexID);
#endif
}

void claim_wheel() {
#if IMGUI_VERSION_NUM < 18916
  ImGui::SetItemUsingMouseWheel();
#else
  ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
#endif
}

void release_keyboard() {
  ImGui::ClearActiveID();
}

void focus_next_item() {
#if IMGUI_VERSION_NUM >= 19010 && IMGUI_VERSION_NUM < 19020
  // ImGui's own functions look for the item only in the window that has the keyboard, perhaps
  // another card.
  ImGuiContext& context = *ImGui::GetCurrentContext();
  context.NavFocusScopeId = context.CurrentFocusScopeId;
#endif
  ImGui::SetKeyboardFocusHere();
}

bool dialog_open() {
  return ImGui::GetTopMostPopupModal() != nullptr;
}

OpenPopup top_popup() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  if (context.OpenPopupStack.empty()) return {};
  const ImGuiWindow* window = context.OpenPopupStack.back().Window;
  return {static_cast<std::size_t>(context.OpenPopupStack.Size), window ? window->ID : 0};
}

ImGuiID root_window() {
  return ImGui::GetCurrentWindow()->RootWindow->ID;
}

void scroll_to_see(ImVec2 min, ImVec2 max) {
  for (ImGuiWindow* window = ImGui::GetCurrentWindow(); window != nullptr;
       window = (window->Flags & ImGuiWindowFlags_ChildWindow) ? window->ParentWindow : nullptr) {
    const ImRect seen = window->InnerRect;
    if (window->ScrollMax.y > 0.0f && (min.y < seen.Min.y || max.y > seen.Max.y))
      ImGui::SetScrollFromPosY(window, (min.y + max.y) * 0.5f - window->Pos.y, 0.5f);
    if (window->ScrollMax.x > 0.0f && (min.x < seen.Min.x || max.x > seen.Max.x))
      ImGui::SetScrollFromPosX(window, (min.x + max.x) * 0.5f - window->Pos.x, 0.5f);
  }
}

bool is_active(ImGuiID id) {
  return ImGui::GetActiveID() == id;
}

void push_tab_stop(bool stops) {
#if IMGUI_VERSION_NUM < 18940
  ImGui::PushAllowKeyboardFocus(stops);
#elif IMGUI_VERSION_NUM < 19140
  ImGui::PushTabStop(stops);
#else
  ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, !stops);
#endif
}

void pop_tab_stop() {
#if IMGUI_VERSION_NUM < 18940
  ImGui::PopAllowKeyboardFocus();
#elif IMGUI_VERSION_NUM < 19140
  ImGui::PopTabStop();
#else
  ImGui::PopItemFlag();
#endif
}

void push_font(ImFont* font) {
#if IMGUI_VERSION_NUM < 19200
  ImGui::PushFont(font);
#else
  ImGui::PushFont(font, font->LegacySize);
#endif
}

void pop_font() {
  ImGui::PopFont();
}

bool has_glyph(const ImFont* font, ImWchar sign) {
#if IMGUI_VERSION_NUM < 19200
  return font->FindGlyphNoFallback(sign) != nullptr;
#else
  return const_cast<ImFont*>(font)->IsGlyphInFont(sign);
#endif
}

}  // namespace convscope::ui
