#include "app/program/lecture.h"

#include <cmath>

#include "app/panels/lecture/pen_bar.h"
#include "app/ui/imgui_shim.h"

namespace convscope::program {
namespace {

bool inside(const Rect& rect, ImVec2 at) {
  return at.x >= rect.x && at.y >= rect.y && at.x < rect.x + rect.w && at.y < rect.y + rect.h;
}

void draw_with(const ui::HeldPointer& pointer, const Rect& bar, Pen& pen) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const ImVec2 at = pointer.at();
  if (size.x <= 0.0f || size.y <= 0.0f) return;
  if (!pointer.down()) return pen.end();
  const WindowPoint point{at.x / size.x, at.y / size.y};
  if (pointer.pressed() && !inside(bar, at)) pen.begin(point);
  if (pen.drawing()) pen.go_on(point, size.x / size.y);
}

}  // namespace

void take_lecture_wheel(View& view) {
  if (!view.pen.in_hand && !view.spotlight.on) return;
  if (ui::top_popup().depth > 0) return;
  const float notches = ui::take_wheel();
  if (view.spotlight.on) view.spotlight.grow(std::pow(Spotlight::kNotch, notches));
}

void begin_lecture(const LessonPlace& place, View& view, LectureState& state) {
  if (!(state.place == place) || state.page != view.settings.page) view.pen.clear();
  state.place = place;
  state.page = view.settings.page;
  if (!view.pen.in_hand || ui::top_popup().depth > 0) return view.pen.end();
  state.pointer.take();
  draw_with(state.pointer, state.bar, view.pen);
}

void draw_lecture(const PanelContext& context, LectureState& state) {
  const bool taken = state.pointer.taken();
  state.pointer.give_back();
  draw_over_page(context, state.over);
  if (!context.view.pen.in_hand) return;
  if (taken && !inside(state.bar, ImGui::GetIO().MousePos))
    ImGui::SetMouseCursor(ImGuiMouseCursor_None);
  state.bar = draw_pen_bar(context);
}

}  // namespace convscope::program
