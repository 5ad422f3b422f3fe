#include "tests/input_driver.h"

#include <gtest/gtest.h>

namespace convscope {

InputDriver::InputDriver(ImVec2 size) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = size;
  io.DeltaTime = 1.0f / 60.0f;
  ui::prepare_keys(io);
}

InputDriver::~InputDriver() {
  ImGui::DestroyContext(context_);
}

void InputDriver::frame(int count) {
  for (int i = 0; i < count; ++i)
    draw_frame();
}

ui::ItemRegistry::Rect InputDriver::rect(const std::string& name) const {
  const auto found = drawn_items().find(name);
  EXPECT_TRUE(found.has_value()) << "no item \"" << name << "\" was drawn";
  return found.value_or(ui::ItemRegistry::Rect{{-1, -1}, {-1, -1}});
}

bool InputDriver::has(const std::string& name) const {
  return drawn_items().find(name).has_value();
}

ui::ItemRegistry::Rect InputDriver::find(const std::string& name) {
  if (!has(name)) reveal(name);
  return rect(name);
}

ImVec2 InputDriver::cell(const std::string& name, engine::Index y, engine::Index x,
                         engine::Index rows, engine::Index columns) const {
  const auto plane = rect(name + "/plane");
  const auto at = [](float lo, float hi, engine::Index i, engine::Index n) {
    return lo + (hi - lo) * (static_cast<float>(i) + 0.5f) / static_cast<float>(n);
  };
  return {at(plane.min.x, plane.max.x, x, columns), at(plane.min.y, plane.max.y, y, rows)};
}

namespace {

const ImFontGlyph* glyph_of(ImFont* font, ImWchar character) {
#if IMGUI_VERSION_NUM >= 19200
  return font->GetFontBaked(font->LegacySize)->FindGlyphNoFallback(character);
#else
  return font->FindGlyphNoFallback(character);
#endif
}

// Returns whether a vertex in the rectangle fulfils a condition.
template <typename Condition>
bool any_vertex(const ui::ItemRegistry::Rect& in, const Condition& condition) {
  const ImDrawData* data = ImGui::GetDrawData();
  for (int list = 0; list < data->CmdListsCount; ++list) {
    for (const ImDrawVert& v : data->CmdLists[list]->VtxBuffer) {
      const bool inside =
          v.pos.x >= in.min.x && v.pos.x <= in.max.x && v.pos.y >= in.min.y && v.pos.y <= in.max.y;
      if (inside && condition(v)) return true;
    }
  }
  return false;
}

}  // namespace

bool InputDriver::draws(ImWchar character, const std::string& item) const {
  for (ImFont* font : ImGui::GetIO().Fonts->Fonts) {
    const ImFontGlyph* glyph = glyph_of(font, character);
    if (glyph == nullptr) continue;
    if (any_vertex(rect(item),
                   [&](const ImDrawVert& v) { return v.uv.x == glyph->U0 && v.uv.y == glyph->V0; }))
      return true;
  }
  return false;
}

bool InputDriver::draws_color(ImU32 color, const std::string& item) const {
  return any_vertex(rect(item), [&](const ImDrawVert& v) { return v.col == color; });
}

// What is linked to the place under the pointer is outlined in the frame after the one that finds
// it.
void InputDriver::move(ImVec2 pos) {
  ui::inject_mouse_pos(ImGui::GetIO(), pos);
  frame(2);
}

void InputDriver::hover(const std::string& name) {
  move(find(name).center());
  frame(33);
}

void InputDriver::press(int button) {
  ui::inject_mouse_button(ImGui::GetIO(), button, true);
  frame();
}

void InputDriver::release(int button) {
  ui::inject_mouse_button(ImGui::GetIO(), button, false);
  frame();
}

void InputDriver::click(ImVec2 pos, int button) {
  move(pos);
  rest();
  press(button);
  release(button);
  frame(2);
}

void InputDriver::double_click(ImVec2 pos) {
  click(pos);
  press();
  release();
  frame();
}

void InputDriver::drag(ImVec2 from, ImVec2 to, int button, int steps) {
  move(from);
  rest();
  press(button);
  for (int i = 1; i <= steps; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(steps);
    move(ImVec2{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t});
  }
  release(button);
  frame();
}

void InputDriver::turn_wheel(float notches) {
  ui::inject_wheel(ImGui::GetIO(), notches);
  frame();
}

void InputDriver::wheel(ImVec2 pos, float notches) {
  move(pos);
  turn_wheel(notches);
  frame();
}

void InputDriver::key(ui::Key key, bool ctrl, bool shift) {
  ImGuiIO& io = ImGui::GetIO();
  hold(ctrl, shift);
  ui::inject_key(io, key, true);
  frame();
  ui::inject_key(io, key, false);
  frame();
  hold(false, false);
}

void InputDriver::hold(bool ctrl, bool shift, bool alt) {
  ui::inject_modifiers(ImGui::GetIO(), ctrl, shift, alt);
  frame();
}

void InputDriver::type(const std::string& ascii) {
  for (const char c : ascii) {
    ui::inject_text(ImGui::GetIO(), std::string(1, c).c_str());
    frame();
  }
}

void InputDriver::make_font_pixels() {
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
}

}  // namespace convscope
