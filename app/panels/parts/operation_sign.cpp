#include "app/panels/parts/operation_sign.h"

#include <cmath>

#include "app/ui/imgui_shim.h"

namespace convscope::panels {

void draw_sign(const ui::Theme& theme, const Rect& rect, std::string_view sign) {
  if (rect.w <= 0.0f) return;
  ImFont* font = theme.font.heading;
  const std::string_view raised = "ᵀ";
  const bool transposed = sign.ends_with(raised);
  const std::string_view base = transposed ? sign.substr(0, sign.size() - raised.size()) : sign;
  // The fonts' stars are small and have wide margins, so they are drawn larger.
  const float larger = base == "⋆" ? 1.5f : base == "∗" ? 1.2f : 1.0f;
  const float size = ui::font_size(font) * larger;
  const ImVec2 extent = ui::text_size(font, size, base);
  const float raised_size = std::round(ui::font_size(font) * 0.75f);
  const float width = transposed ? extent.x * 0.8f : extent.x;
  const float more = transposed ? ui::text_size(font, raised_size, raised).x : 0.0f;
  const ImVec2 at{std::round(rect.x + (rect.w - width - more) * 0.5f),
                  std::round(rect.y + (rect.h - extent.y) * 0.5f)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui::draw_text(list, font, size, at, theme.color.muted, base);
  if (!transposed) return;
  const float middle = rect.y + rect.h * 0.5f;
  ui::draw_text(list, font, raised_size,
                {std::round(at.x + width), std::round(middle - raised_size * 0.7f)},
                theme.color.muted, raised);
}

}  // namespace convscope::panels
