#include "app/panels/lesson/lesson_text.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "app/panels/lesson/question_box.h"
#include "app/panels/lesson/sentence_control.h"
#include "app/panels/parts/rect.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/motion.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kIndent = 20.0f;   // of a list or quote
constexpr float kBlockGap = 9.0f;  // between paragraphs
constexpr float kItemGap = 3.0f;   // between the items of a list
constexpr float kCodePadding = 8.0f;
constexpr float kSlant = 0.2f;  // of emphasis: pixels to the right for a pixel up

ImU32 ink_of(const ui::Theme& theme, const PieceStyle& style) {
  return style.link ? ui::legible(theme.color.accent, theme.color) : theme.color.ink;
}

// There is no slanted font, so upright letters are slanted.
void draw_words(const ui::Theme& theme, const TextFonts& fonts, const FlowPiece& piece, ImVec2 at,
                float line) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* font = font_of(fonts, piece.style);
  const float size = ui::font_size(font);
  const float y = std::round(at.y + (line - size) * 0.5f);
  const ImU32 ink = ink_of(theme, piece.style);
  if (piece.style.code) {
    const float pad = std::round(theme.px(1.0f));
    list->AddRectFilled({at.x - pad, y - pad}, {at.x + piece.width + pad, y + size + pad},
                        theme.color.control, theme.px(3.0f));
  }
  const int first = list->VtxBuffer.Size;
  ui::draw_text(list, font, size, {std::round(at.x), y}, ink, piece.text);
  if (piece.style.emphasis) {
    const float baseline = y + size * 0.8f;
    ui::move_vertices(*list, first, [&](ImVec2 p) {
      return ImVec2{p.x + (baseline - p.y) * kSlant, p.y};
    });
  }
  if (piece.style.link) {
    const float below = std::round(y + size * 0.92f);
    list->AddLine({at.x, below}, {at.x + piece.width, below}, ink);
  }
}

// Where the mark of a live value is; the parts of a long one have one mark in each line.
Rect mark_of(const ui::Theme& theme, const FlowPiece& piece, ImVec2 at, float line) {
  const float inset = std::round(theme.px(1.5f));
  const float joined = piece.lead > 0.0f ? piece.lead + theme.px(4.0f) : 0.0f;
  const float left = std::round(at.x - joined);
  const float top = std::round(at.y + inset);
  return {left, top, std::round(at.x + piece.width) - left, std::round(at.y + line - inset) - top};
}

// What of a live value stands in one line.
struct MarkedPart {
  Rect rect;
  bool begins = true, ends = true;  // whether the value does here
};

// A value that is alive has a quiet mark; one that the author states otherwise has a rim too. Where
// it goes on in another line the mark is open.
void draw_mark(const ui::Theme& theme, const MarkedPart& part, const LiveShown& shown) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Rect& rect = part.rect;
  const ImVec2 end{rect.x + rect.w, rect.y + rect.h};
  const float beyond = std::round(theme.px(8.0f));
  const ImVec2 min{rect.x - (part.begins ? 0.0f : beyond), rect.y};
  const ImVec2 max{end.x + (part.ends ? 0.0f : beyond), end.y};
  const ImU32 hue = shown.differs ? theme.color.warn : theme.color.accent;
  list->PushClipRect(rect.min(), end, true);
  list->AddRectFilled(min, max, ui::mixed(theme.color.card, hue, shown.kept_back ? 0.25f : 0.12f),
                      theme.px(4.0f));
  if (shown.differs) ui::stroke_rect(list, min, max, hue, theme.px(4.0f), 1.0f);
  list->PopClipRect();
}

// Returns the number behind the last piece of a live value that stands in the line of piece
// `first`.
std::size_t end_of_part(const Flow& flow, std::size_t first) {
  const FlowPiece& piece = flow.pieces[first];
  std::size_t end = first + 1;
  if (piece.live == nullptr) return end;
  while (end < flow.pieces.size() && flow.pieces[end].live == piece.live &&
         flow.pieces[end].at.y == piece.at.y)
    ++end;
  return end;
}

void draw_value(const PanelContext& context, const TextFonts& fonts, const FlowPiece& piece,
                ImVec2 at, float line, const LiveShown& shown) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  ImFont* font = font_of(fonts, piece.style);
  const float size = ui::font_size(font);
  const Rect mark = mark_of(theme, piece, at, line);
  ui::draw_text(ImGui::GetWindowDrawList(), font, size,
                {std::round(at.x + piece.inset), std::round(at.y + (line - size) * 0.5f)},
                shown.differs ? ui::legible(theme.color.warn, theme.color) : theme.color.ink,
                piece.text);
  ui.items.add("lesson/value/" + piece.live->live->reference.text, mark.min(),
               {mark.x + mark.w, mark.y + mark.h});
  if (shown.tip.empty() || !ImGui::IsWindowHovered()) return;
  ImGui::SetCursorScreenPos(mark.min());
  ImGui::Dummy(mark.size());
  ui::tooltip(ui, shown.tip);
}

const Flow& flow_of(const PanelContext& context, const std::vector<lesson::TextRun>& runs,
                    float width, const TextFonts& fonts, LessonTextState& state) {
  const auto found = state.flows.find(&runs);
  if (found != state.flows.end()) return found->second;
  const LiveWord word = [&](const lesson::TextRun& run) { return state.values.of(run).text; };
  return state.flows.emplace(&runs, flow_text(context.ui.theme, fonts, runs, width, word))
      .first->second;
}

// Returns a program with its long lines broken at spaces, and what follows set in further.
std::string wrapped_code(ImFont* font, float size, float room, std::string_view code) {
  constexpr std::string_view kFurther = "    ";
  std::string text;
  while (!code.empty()) {
    const std::size_t end = std::min(code.find('\n'), code.size());
    std::string line(code.substr(0, end));
    code.remove_prefix(std::min(code.size(), end + 1));
    const std::string indent = line.substr(0, line.find_first_not_of(' ')) + std::string(kFurther);
    while (ui::text_size(font, size, line).x > room) {
      std::size_t at = line.rfind(' ');
      while (at != std::string::npos && ui::text_size(font, size, line.substr(0, at)).x > room)
        at = at == 0 ? std::string::npos : line.rfind(' ', at - 1);
      if (at == std::string::npos || at < indent.size()) break;
      text.append(line, 0, at).append("\n");
      line.replace(0, at + 1, indent);
    }
    text.append(line).append("\n");
  }
  return text;
}

void draw_code(const PanelContext& context, const lesson::TextBlock& block, float left,
               const TextPlace& place) {
  const ui::Theme& theme = context.ui.theme;
  ImFont* font = place.fonts.code;
  const float pad = std::round(theme.px(kCodePadding));
  const float room = std::max(1.0f, place.width - left - 2 * pad);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  std::string_view code = block.runs.empty() ? "" : std::string_view(block.runs.front().text);
  while (code.ends_with('\n'))
    code.remove_suffix(1);
  // Lines that are a little too long are written smaller, and longer ones broken.
  const float full = ui::font_size(font);
  const float wide = ui::text_size(font, full, code).x;
  const float size = full * std::clamp(room / std::max(wide, 1.0f), 0.85f, 1.0f);
  std::string text = wrapped_code(font, size, room, code);
  text.pop_back();
  const ImVec2 extent = ui::text_size(font, size, text);
  const ImVec2 min{std::round(at.x + left), std::round(at.y)};
  const ImVec2 max{std::round(at.x + place.width), std::round(at.y + extent.y + 2 * pad)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(min, max, theme.color.control, theme.px(6.0f));
  list->PushClipRect(min, max, true);
  ui::draw_text(list, font, size, {min.x + pad, min.y + pad}, theme.color.ink, text);
  list->PopClipRect();
  ImGui::Dummy({place.width, max.y - at.y});
}

void draw_rule(const ui::Theme& theme, const TextPlace& place) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = std::round(theme.px(9.0f));
  ImGui::GetWindowDrawList()->AddRectFilled(
      {at.x, std::round(at.y + height * 0.5f)},
      {at.x + place.width, std::round(at.y + height * 0.5f) + 1.0f}, theme.color.line);
  ImGui::Dummy({place.width, height});
}

// The marker of a list's item stands in what the text is set in.
void draw_beside(const PanelContext& context, const lesson::TextBlock& block, ImVec2 at, float left,
                 const TextPlace& place) {
  const ui::Theme& theme = context.ui.theme;
  const float line = line_height(place.fonts);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (!block.marker.empty()) {
    ImFont* font = place.fonts.body;
    const float width = ui::text_size(font, ui::font_size(font), block.marker).x;
    const float x = at.x + left - width - theme.px(6.0f);
    ui::draw_text(list, font, ui::font_size(font),
                  {std::round(x), std::round(at.y + (line - ui::font_size(font)) * 0.5f)},
                  theme.color.muted, block.marker);
  }
  if (block.quoted) {
    const float x = std::round(at.x + left - theme.px(11.0f));
    list->AddRectFilled({x, at.y}, {x + std::round(theme.px(3.0f)), ImGui::GetCursorScreenPos().y},
                        theme.color.line, 1.0f);
  }
}

void draw_block(const PanelContext& context, const lesson::TextBlock& block, TextPlace& place,
                LessonTextState& state) {
  const ui::Theme& theme = context.ui.theme;
  const float left = std::round(theme.px(kIndent) * static_cast<float>(block.indent));
  switch (block.kind) {
    case lesson::TextBlockKind::kRule:
      return draw_rule(theme, place);
    case lesson::TextBlockKind::kCode:
      return draw_code(context, block, left, place);
    case lesson::TextBlockKind::kPrediction:
      return draw_question(context, block.prediction, place, state);
    case lesson::TextBlockKind::kHeading: {
      TextPlace bold = place;
      bold.fonts.body = place.fonts.strong;
      draw_runs(context, block.runs, left, bold, state);
      return;
    }
    case lesson::TextBlockKind::kParagraph:
      break;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_runs(context, block.runs, left, place, state);
  draw_beside(context, block, at, left, place);
}

void draw_blocks(const PanelContext& context, const std::vector<lesson::TextBlock>& blocks,
                 TextPlace& place, LessonTextState& state) {
  const ui::Theme& theme = context.ui.theme;
  bool item = false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const lesson::TextBlock& block = blocks[i];
    const bool follows = item && !block.marker.empty();
    item = !block.marker.empty() || (item && block.indent > 0);
    if (i > 0) ImGui::Dummy({1.0f, std::round(theme.px(follows ? kItemGap : kBlockGap))});
    draw_block(context, block, place, state);
    const bool asks = block.kind == lesson::TextBlockKind::kPrediction &&
                      context.lessons.lectern.is_open(block.prediction);
    if (asks && i + 1 < blocks.size()) {
      ImGui::Dummy({1.0f, std::round(theme.px(kBlockGap))});
      ui::paragraph(context.ui, "The text goes on after the answer.", place.fonts.small,
                    theme.color.muted);
      context.ui.items.add_last("lesson/goes-on");
      return;
    }
  }
}

// Drops the lines that were set when anything that they depend on has changed.
void follow(const PanelContext& context, const TextPlace& place, LessonTextState& state) {
  const float size = ui::font_size(place.fonts.body);
  if (!state.values.follow(context) && state.width == place.width && state.size == size) return;
  state.flows.clear();
  state.width = place.width;
  state.size = size;
}

}  // namespace

void draw_runs(const PanelContext& context, const std::vector<lesson::TextRun>& runs, float left,
               TextPlace& place, LessonTextState& state) {
  const Flow& flow = flow_of(context, runs, place.width - left, place.fonts, state);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float line = line_height(place.fonts);
  const ui::Theme& theme = context.ui.theme;
  const auto at = [&](const FlowPiece& piece) {
    return ImVec2{corner.x + left + piece.at.x, corner.y + piece.at.y};
  };
  const auto dragged = [&](const FlowPiece& piece) {
    return piece.live->live->control && !state.values.of(*piece.live).kept_back;
  };
  const auto mark = [&](const FlowPiece& piece) { return mark_of(theme, piece, at(piece), line); };
  // The marks lie below all words.
  int parts = 0;  // of the value before
  for (std::size_t i = 0, next = 0; i < flow.pieces.size(); i = next) {
    const FlowPiece& first = flow.pieces[i];
    next = end_of_part(flow, i);
    if (first.live == nullptr || dragged(first)) continue;
    MarkedPart part{mark(first), i == 0 || flow.pieces[i - 1].live != first.live,
                    next == flow.pieces.size() || flow.pieces[next].live != first.live};
    const Rect last = mark(flow.pieces[next - 1]);
    part.rect.w = last.x + last.w - part.rect.x;
    draw_mark(theme, part, state.values.of(*first.live));
    parts = part.begins ? 0 : parts + 1;
    context.ui.items.add(
        "lesson/mark/" + first.live->live->reference.text + "/" + std::to_string(parts),
        part.rect.min(), {part.rect.x + part.rect.w, part.rect.y + part.rect.h});
  }
  for (const FlowPiece& piece : flow.pieces) {
    if (piece.live == nullptr) {
      draw_words(theme, place.fonts, piece, at(piece), line);
    } else if (dragged(piece)) {
      const float gap = std::round(theme.px(1.0f));
      const ImVec2 min{std::round(at(piece).x + gap), std::round(at(piece).y + gap)};
      const ImVec2 max{std::round(at(piece).x + piece.width - gap),
                       std::round(at(piece).y + line - gap)};
      draw_sentence_control(
          context,
          {*piece.live->live->control, "lesson/control/" + std::to_string(place.controls++),
           state.values.of(*piece.live).text, min, max, font_of(place.fonts, piece.style)});
    } else {
      draw_value(context, place.fonts, piece, at(piece), line, state.values.of(*piece.live));
    }
  }
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy({place.width, flow.height});
}

void draw_lesson_text(const PanelContext& context, const TextFonts& fonts, float width,
                      LessonTextState& state) {
  const Lectern& lectern = context.lessons.lectern;
  TextPlace place{fonts, width, 0};
  follow(context, place, state);
  if (lectern.place().step == 0 && !lectern.lesson().opening.empty()) {
    draw_blocks(context, lectern.lesson().opening, place, state);
    ImGui::Dummy({1.0f, std::round(context.ui.theme.px(kBlockGap))});
    draw_rule(context.ui.theme, place);
  }
  draw_blocks(context, lectern.step().blocks, place, state);
}

}  // namespace convscope::panels
