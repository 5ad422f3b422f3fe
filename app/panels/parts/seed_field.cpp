#include "app/panels/parts/seed_field.h"

#include <algorithm>

#include "app/ui/fields.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"

namespace convscope::panels {

SeedEvent draw_seed_field(ui::Ui& ui, const char* name, Index seed, bool random) {
  const ImGuiID id = ImGui::GetID(name);
  const bool typing = ui.edit.typing == id;
  const float room = std::max(ui::label_width(ui, "seed"), ui::label_width(ui, "old seed"));
  ui::flow(ui, room + ui.theme.px(8.0f) + ui::field_width(ui, ""));
  ImGui::BeginGroup();
  ui::label_within(ui, random ? "seed" : "old seed", room);
  SeedEvent event{.seed = seed};
  const ui::EditEvent edit =
      ui::int_field(ui, name, "", event.seed, 0, 999999,
                    random ? nullptr
                           : "the weights were edited since they were drawn from this seed; enter "
                             "one to make them random again");
  ImGui::EndGroup();
  const bool entered = typing && ui.edit.typing != id && ui::key_pressed({ui::Key::kEnter});
  event.drawn = edit.changed || (entered && !random);
  event.continues = edit.continues;
  return event;
}

}  // namespace convscope::panels
