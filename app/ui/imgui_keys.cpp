#include "app/ui/imgui_keys.h"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <utility>

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
    {GLFW_KEY_E, GLFW_KEY_E},
    {GLFW_KEY_F, GLFW_KEY_F},
    {GLFW_KEY_I, GLFW_KEY_I},
    {GLFW_KEY_K, GLFW_KEY_K},
    {GLFW_KEY_L, GLFW_KEY_L},
    {GLFW_KEY_M, GLFW_KEY_M},
    {GLFW_KEY_O, GLFW_KEY_O},
    {GLFW_KEY_P, GLFW_KEY_P},
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
    {GLFW_KEY_F2, GLFW_KEY_F2},
    {GLFW_KEY_F3, GLFW_KEY_F3},
    {GLFW_KEY_F4, GLFW_KEY_F4},
    {GLFW_KEY_F5, GLFW_KEY_F5},
    {GLFW_KEY_F6, GLFW_KEY_F6},
    {GLFW_KEY_F11, GLFW_KEY_F11},
    {GLFW_KEY_F12, GLFW_KEY_F12},
}};
bool imgui_key_pressed(int key, bool repeat) {
  return ImGui::IsKeyPressed(key, repeat);
}
bool imgui_key_down(int key) {
  return ImGui::IsKeyDown(key);
}
float& time_down(int key) {
  return ImGui::GetIO().KeysDownDuration[key];
}
#else
constexpr std::array<KeyPair, kKeyCount> kKeys = {{
    {ImGuiKey_Space, ImGuiKey_Space},
    {ImGuiKey_A, ImGuiKey_A},
    {ImGuiKey_B, ImGuiKey_B},
    {ImGuiKey_C, ImGuiKey_C},
    {ImGuiKey_D, ImGuiKey_D},
    {ImGuiKey_E, ImGuiKey_E},
    {ImGuiKey_F, ImGuiKey_F},
    {ImGuiKey_I, ImGuiKey_I},
    {ImGuiKey_K, ImGuiKey_K},
    {ImGuiKey_L, ImGuiKey_L},
    {ImGuiKey_M, ImGuiKey_M},
    {ImGuiKey_O, ImGuiKey_O},
    {ImGuiKey_P, ImGuiKey_P},
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
    {ImGuiKey_F2, ImGuiKey_F2},
    {ImGuiKey_F3, ImGuiKey_F3},
    {ImGuiKey_F4, ImGuiKey_F4},
    {ImGuiKey_F5, ImGuiKey_F5},
    {ImGuiKey_F6, ImGuiKey_F6},
    {ImGuiKey_F11, ImGuiKey_F11},
    {ImGuiKey_F12, ImGuiKey_F12},
}};
bool imgui_key_pressed(int key, bool repeat) {
  return ImGui::IsKeyPressed(static_cast<ImGuiKey>(key), repeat);
}
bool imgui_key_down(int key) {
  return ImGui::IsKeyDown(static_cast<ImGuiKey>(key));
}
float& time_down(int key) {
  return ImGui::GetKeyData(static_cast<ImGuiKey>(key))->DownDuration;
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

// A key counts as pressed in the frame in which it has been down for no time.
void take_press(Key key) {
  for (const int each : imgui_keys(key)) {
    float& time = time_down(each);
    if (time == 0.0f) time = 1e-6f;
  }
}

float take_wheel() {
#if IMGUI_VERSION_NUM < 18700
  return std::exchange(ImGui::GetIO().MouseWheel, 0.0f);
#else
  ImVector<ImGuiInputEvent>& events = ImGui::GetCurrentContext()->InputEventsQueue;
  float notches = 0.0f;
  for (int i = events.Size; i-- > 0;) {
    if (events[i].Type != ImGuiInputEventType_MouseWheel) continue;
    notches += events[i].MouseWheel.WheelY;
    events.erase(events.begin() + i);
  }
  return notches;
#endif
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

}  // namespace convscope::ui
