#pragma once

#include <imgui.h>

#include <string>

#include "app/ui/imgui_shim.h"
#include "app/ui/item_registry.h"
#include "engine/core/tensor.h"

namespace convscope {

// The hands of a test: an ImGui context without a window, whose mouse, wheel, keys and clock are
// those of the test. Each change of the input has a frame of its own, as every version of ImGui
// needs it, and a frame takes 1/60 s of ImGui's time, however long it takes. What is drawn, and
// where its items are, a harness says.
class InputDriver {
 public:
  explicit InputDriver(ImVec2 size);
  virtual ~InputDriver();
  InputDriver(const InputDriver&) = delete;
  InputDriver& operator=(const InputDriver&) = delete;

  void frame(int count = 1);
  // Waits long enough that the next press doesn't become a double click.
  void rest() { frame(30); }

  // Where an item was drawn in the last frame. Fails the test where it was not.
  ui::ItemRegistry::Rect rect(const std::string& name) const;
  bool has(const std::string& name) const;
  // Where an item is, after what a person does first to see it.
  ui::ItemRegistry::Rect find(const std::string& name);
  // The centre of a cell of the heatmap `name`, whose plane has `rows` x `columns` cells.
  ImVec2 cell(const std::string& name, engine::Index y, engine::Index x, engine::Index rows,
              engine::Index columns) const;

  // Returns whether the last frame has this character somewhere in the item.
  bool draws(ImWchar character, const std::string& item) const;
  // Returns whether the last frame has this colour somewhere in the item.
  bool draws_color(ImU32 color, const std::string& item) const;

  void move(ImVec2 pos);
  void move(const char* item) { move(find(item).center()); }
  // Moves there, and rests until a tooltip is drawn.
  void hover(const std::string& name);
  void press(int button = 0);
  void release(int button = 0);
  void click(ImVec2 pos, int button = 0);
  void click(const std::string& name, int button = 0) { click(find(name).center(), button); }
  void double_click(ImVec2 pos);
  void double_click(const std::string& name) { double_click(find(name).center()); }
  // Presses at `from`, moves in steps to `to`, and releases.
  void drag(ImVec2 from, ImVec2 to, int button = 0, int steps = 8);
  // Turns the wheel where the pointer is, or moves there first.
  void turn_wheel(float notches);
  void wheel(ImVec2 pos, float notches);
  void wheel(const std::string& name, float notches) { wheel(find(name).center(), notches); }

  // Holds these modifiers, presses the key, and lets all of them go.
  void key(ui::Key key, bool ctrl = false, bool shift = false);
  // Holds these modifiers, and no others, from now on.
  void hold(bool ctrl, bool shift, bool alt = false);
  // Types character by character into whatever has the keyboard.
  void type(const std::string& ascii);

 protected:
  // One frame, from before ImGui::NewFrame to ImGui::Render.
  virtual void draw_frame() = 0;
  // The items of the last frame.
  virtual const ui::ItemRegistry& drawn_items() const = 0;
  // Does what a person does to see an item that was not drawn, such as selecting its card.
  virtual void reveal(const std::string& name) { static_cast<void>(name); }
  // Makes the pixels of the fonts that were added to the atlas, as a window's renderer does.
  static void make_font_pixels();

 private:
  ImGuiContext* context_ = ImGui::CreateContext();
};

}  // namespace convscope
