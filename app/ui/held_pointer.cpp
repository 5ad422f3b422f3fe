#include "app/ui/held_pointer.h"

#include <algorithm>
#include <cfloat>

namespace convscope::ui {
namespace {

template <typename Buttons>
void hide(bool* buttons, Buttons& kept) {
  std::copy_n(buttons, kept.size(), kept.begin());
  std::fill_n(buttons, kept.size(), false);
}

template <typename Buttons>
void show(bool* buttons, const Buttons& kept) {
  std::copy_n(kept.begin(), kept.size(), buttons);
}

}  // namespace

void HeldPointer::take() {
  if (taken_) return;
  taken_ = true;
  ImGuiIO& io = ImGui::GetIO();
  at_ = io.MousePos;
  delta_ = io.MouseDelta;
  wheel_ = io.MouseWheel;
  io.MousePos = {-FLT_MAX, -FLT_MAX};  // as where there is no pointer
  io.MouseDelta = {0.0f, 0.0f};
  io.MouseWheel = 0.0f;
  hide(io.MouseDown, down_);
  hide(io.MouseClicked, clicked_);
  hide(io.MouseDoubleClicked, double_clicked_);
  hide(io.MouseReleased, released_);
}

void HeldPointer::give_back() {
  if (!taken_) return;
  taken_ = false;
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = at_;
  io.MouseDelta = delta_;
  io.MouseWheel = wheel_;
  show(io.MouseDown, down_);
  show(io.MouseClicked, clicked_);
  show(io.MouseDoubleClicked, double_clicked_);
  show(io.MouseReleased, released_);
}

}  // namespace convscope::ui
