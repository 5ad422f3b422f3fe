#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/ui/names.h"

namespace convscope::ui {

// The rectangles of the items drawn in the last complete frame, by name ("kernel/weight/0/1",
// "learning/step"). Tests and the window's screenshots use it to find what to click.
class ItemRegistry {
 public:
  struct Rect {
    ImVec2 min;
    ImVec2 max;
    ImVec2 center() const { return {(min.x + max.x) * 0.5f, (min.y + max.y) * 0.5f}; }
  };

  void begin_frame() { items_.clear(); }
  void add(std::string name, ImVec2 min, ImVec2 max) {
    items_.insert_or_assign(std::move(name), Rect{min, max});
  }
  // Adds ImGui's last item.
  void add_last(std::string name) {
    add(std::move(name), ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
  }
  std::optional<Rect> find(const std::string& name) const {
    const auto it = items_.find(name);
    if (it == items_.end()) return std::nullopt;
    return it->second;
  }
  const std::unordered_map<std::string, Rect>& all() const { return items_; }

 private:
  std::unordered_map<std::string, Rect> items_;
};

}  // namespace convscope::ui
