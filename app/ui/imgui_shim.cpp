#include "app/ui/imgui_shim.h"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cstring>

#if IMGUI_VERSION_NUM < 18700
#include <GLFW/glfw3.h>
#endif

namespace convscope::ui {
namespace {

// The ImGui keys for one Key; the second is the keypad's or another key with the same sign, or
// equal to the first. Before 1.87 ImGui numbers keys as the window library does.
using KeyPair = std::array<int, 2>;

#if IMGUI_VERSION_NUM < 18700
constexpr std::array<KeyPair, kKeyCount> kKeys = {{
    {GLFW_KEY_SPACE, GLFW_KEY_SPACE},
    {GLFW_KEY_A, GLFW_KEY_A},
    {GLFW_KEY_B, GLFW_KEY_B},
    {GLFW_KEY_C, GLFW_KEY_C},
    {GLFW_KEY_D, GLFW_KEY_D},
    {GLFW_KEY_F, GLFW_KEY_F},
    {GLFW_KEY_I, GLFW_KEY_I},
    {GLFW_KEY_K, GLFW_KEY_K},
    {GLFW_KEY_L, GLFW_KEY_L},
    {GLFW_KEY_M, GLFW_KEY_M},
    {GLFW_KEY_O, GLFW_KEY_O},
    {GLFW_KEY_Q, GLFW_KEY_Q},
    {GLFW_KEY_R, GLFW_KEY_R},
    {GLFW_KEY_S, GLFW_KEY_S},
    {GLFW_KEY_T, GLFW_KEY_T},
    {GLFW_KEY_V, GLFW_KEY_V},
    {GLFW_KEY_W, GLFW_KEY_W},
    {GLFW_KEY_Y, GLFW_KEY_Y},
    {GLFW_KEY_Z, GLFW_KEY_Z},
    {GLFW_KEY_1, GLFW_KEY_KP_1},
    {GLFW_KEY_2, GLFW_KEY_KP_2},
    {GLFW_KEY_3, GLFW_KEY_KP_3},
    {GLFW_KEY_4, GLFW_KEY_KP_4},
    {GLFW_KEY_0, GLFW_KEY_KP_0},
    {GLFW_KEY_EQUAL, GLFW_KEY_KP_ADD},
    {GLFW_KEY_MINUS, GLFW_KEY_KP_SUBTRACT},
    {GLFW_KEY_LEFT, GLFW_KEY_LEFT},
    {GLFW_KEY_RIGHT, GLFW_KEY_RIGHT},
    {GLFW_KEY_UP, GLFW_KEY_UP},
    {GLFW_KEY_DOWN, GLFW_KEY_DOWN},
    {GLFW_KEY_PAGE_UP, GLFW_KEY_PAGE_UP},
    {GLFW_KEY_PAGE_DOWN, GLFW_KEY_PAGE_DOWN},
    {GLFW_KEY_HOME, GLFW_KEY_HOME},
    {GLFW_KEY_END, GLFW_KEY_END},
    {GLFW_KEY_ENTER, GLFW_KEY_KP_ENTER},
    {GLFW_KEY_ESCAPE, GLFW_KEY_ESCAPE},
    {GLFW_KEY_TAB, GLFW_KEY_TAB},
    {GLFW_KEY_DELETE, GLFW_KEY_DELETE},
    {GLFW_KEY_BACKSPACE, GLFW_KEY_BACKSPACE},
    {GLFW_KEY_F1, GLFW_KEY_F1},
    {GLFW_KEY_F5, GLFW_KEY_F5},
    {GLFW_KEY_F11, GLFW_KEY_F11},
    {GLFW_KEY_F12, GLFW_KEY_F12},
}};
bool imgui_key_pressed(int key, bool repeat) {
  return ImGui::IsKeyPressed(key, repeat);
}
bool imgui_key_down(int key) {
  return ImGui::IsKeyDown(key);
}
#else
constexpr std::array<KeyPair, kKeyCount> kKeys = {{
    {ImGuiKey_Space, ImGuiKey_Space},
    {ImGuiKey_A, ImGuiKey_A},
    {ImGuiKey_B, ImGuiKey_B},
    {ImGuiKey_C, ImGuiKey_C},
    {ImGuiKey_D, ImGuiKey_D},
    {ImGuiKey_F, ImGuiKey_F},
    {ImGuiKey_I, ImGuiKey_I},
    {ImGuiKey_K, ImGuiKey_K},
    {ImGuiKey_L, ImGuiKey_L},
    {ImGuiKey_M, ImGuiKey_M},
    {ImGuiKey_O, ImGuiKey_O},
    {ImGuiKey_Q, ImGuiKey_Q},
    {ImGuiKey_R, ImGuiKey_R},
    {ImGuiKey_S, ImGuiKey_S},
    {ImGuiKey_T, ImGuiKey_T},
    {ImGuiKey_V, ImGuiKey_V},
    {ImGuiKey_W, ImGuiKey_W},
    {ImGuiKey_Y, ImGuiKey_Y},
    {ImGuiKey_Z, ImGuiKey_Z},
    {ImGuiKey_1, ImGuiKey_Keypad1},
    {ImGuiKey_2, ImGuiKey_Keypad2},
    {ImGuiKey_3, ImGuiKey_Keypad3},
    {ImGuiKey_4, ImGuiKey_Keypad4},
    {ImGuiKey_0, ImGuiKey_Keypad0},
    {ImGuiKey_Equal, ImGuiKey_KeypadAdd},
    {ImGuiKey_Minus, ImGuiKey_KeypadSubtract},
    {ImGuiKey_LeftArrow, ImGuiKey_LeftArrow},
    {ImGuiKey_RightArrow, ImGuiKey_RightArrow},
    {ImGuiKey_UpArrow, ImGuiKey_UpArrow},
    {ImGuiKey_DownArrow, ImGuiKey_DownArrow},
    {ImGuiKey_PageUp, ImGuiKey_PageUp},
    {ImGuiKey_PageDown, ImGuiKey_PageDown},
    {ImGuiKey_Home, ImGuiKey_Home},
    {ImGuiKey_End, ImGuiKey_End},
    {ImGuiKey_Enter, ImGuiKey_KeypadEnter},
    {ImGuiKey_Escape, ImGuiKey_Escape},
    {ImGuiKey_Tab, ImGuiKey_Tab},
    {ImGuiKey_Delete, ImGuiKey_Delete},
    {ImGuiKey_Backspace, ImGuiKey_Backspace},
    {ImGuiKey_F1, ImGuiKey_F1},
    {ImGuiKey_F5, ImGuiKey_F5},
    {ImGuiKey_F11, ImGuiKey_F11},
    {ImGuiKey_F12, ImGuiKey_F12},
}};
bool imgui_key_pressed(int key, bool repeat) {
  return ImGui::IsKeyPressed(static_cast<ImGuiKey>(key), repeat);
}
bool imgui_key_down(int key) {
  return ImGui::IsKeyDown(static_cast<ImGuiKey>(key));
}
#endif

const KeyPair& imgui_keys(Key key) {
  return kKeys[static_cast<std::size_t>(key)];
}

}  // namespace

bool key_pressed(Chord chord, bool repeat) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl != chord.ctrl) return false;
  if (io.KeyShift != chord.shift && chord.key != Key::kPlus) return false;
  const auto [first, second] = imgui_keys(chord.key);
  return imgui_key_pressed(first, repeat) || (second != first && imgui_key_pressed(second, repeat));
}

bool shortcut_pressed(Chord chord, bool repeat) {
  return !ImGui::GetIO().WantTextInput && key_pressed(chord, repeat);
}

bool any_key_down() {
  return std::ranges::any_of(kKeys, [](const KeyPair& pair) {
    return imgui_key_down(pair[0]) || imgui_key_down(pair[1]);
  });
}

bool ctrl_down() {
  return ImGui::GetIO().KeyCtrl;
}
bool shift_down() {
  return ImGui::GetIO().KeyShift;
}
bool alt_down() {
  return ImGui::GetIO().KeyAlt;
}

#if IMGUI_VERSION_NUM < 18700

void prepare_keys(ImGuiIO& io) {
  const auto name = [&io](ImGuiKey imgui, Key key) { io.KeyMap[imgui] = imgui_keys(key)[0]; };
  name(ImGuiKey_Tab, Key::kTab);
  name(ImGuiKey_LeftArrow, Key::kLeft);
  name(ImGuiKey_RightArrow, Key::kRight);
  name(ImGuiKey_UpArrow, Key::kUp);
  name(ImGuiKey_DownArrow, Key::kDown);
  name(ImGuiKey_PageUp, Key::kPageUp);
  name(ImGuiKey_PageDown, Key::kPageDown);
  name(ImGuiKey_Home, Key::kHome);
  name(ImGuiKey_End, Key::kEnd);
  name(ImGuiKey_Delete, Key::kDelete);
  name(ImGuiKey_Backspace, Key::kBackspace);
  name(ImGuiKey_Space, Key::kSpace);
  name(ImGuiKey_Enter, Key::kEnter);
  name(ImGuiKey_Escape, Key::kEscape);
  name(ImGuiKey_A, Key::kA);
  name(ImGuiKey_C, Key::kC);
  name(ImGuiKey_V, Key::kV);
  name(ImGuiKey_Y, Key::kY);
  name(ImGuiKey_Z, Key::kZ);
}

void inject_key(ImGuiIO& io, Key key, bool down) {
  io.KeysDown[imgui_keys(key)[0]] = down;
}

void inject_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt) {
  io.KeyCtrl = ctrl;
  io.KeyShift = shift;
  io.KeyAlt = alt;
}

void inject_mouse_pos(ImGuiIO& io, ImVec2 pos) {
  io.MousePos = pos;
}
void inject_mouse_button(ImGuiIO& io, int button, bool down) {
  io.MouseDown[button] = down;
}
void inject_wheel(ImGuiIO& io, float notches) {
  io.MouseWheel += notches;
}

#else

void prepare_keys(ImGuiIO&) {}

void inject_key(ImGuiIO& io, Key key, bool down) {
  io.AddKeyEvent(static_cast<ImGuiKey>(imgui_keys(key)[0]), down);
}

void inject_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt) {
#if IMGUI_VERSION_NUM < 18900
  io.AddKeyEvent(ImGuiKey_ModCtrl, ctrl);
  io.AddKeyEvent(ImGuiKey_ModShift, shift);
  io.AddKeyEvent(ImGuiKey_ModAlt, alt);
#else
  io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
  io.AddKeyEvent(ImGuiMod_Alt, alt);
#endif
}

void inject_mouse_pos(ImGuiIO& io, ImVec2 pos) {
  io.AddMousePosEvent(pos.x, pos.y);
}
void inject_mouse_button(ImGuiIO& io, int button, bool down) {
  io.AddMouseButtonEvent(button, down);
}
void inject_wheel(ImGuiIO& io, float notches) {
  io.AddMouseWheelEvent(0.0f, notches);
}

#endif

void inject_text(ImGuiIO& io, const char* utf8) {
  io.AddInputCharactersUTF8(utf8);
}

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
