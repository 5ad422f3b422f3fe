#include "app/panels/lesson/question_box.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/printable_text.h"
#include "app/ui/button_parts.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text_box.h"
#include "app/ui/text_fit.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kInset = 10.0f;
constexpr float kGap = 8.0f;
constexpr float kBigButton = 44.0f;

std::string item(const char* what, std::size_t question) {
  return "lesson/" + std::string(what) + "/" + std::to_string(question);
}

void space(const ui::Theme& theme) {
  ImGui::Dummy({1.0f, std::round(theme.px(kGap))});
}

// The cells of "[[1, 2], [3, 4]]", which an option draws as a small matrix; none of any other text.
struct Matrix {
  std::vector<std::string_view> cells;
  std::size_t columns = 0;
  std::size_t rows() const { return columns == 0 ? 0 : cells.size() / columns; }
};

Matrix matrix_of(std::string_view label) {
  Matrix matrix;
  if (!label.starts_with("[[") || !label.ends_with("]]")) return matrix;
  label.remove_prefix(2);
  for (;;) {
    const std::size_t end = label.find_first_of(",]");
    matrix.cells.push_back(label.substr(0, end));
    const bool row_ends = label[end] == ']';
    if (row_ends && matrix.columns == 0) matrix.columns = matrix.cells.size();
    const std::size_t next = label.find_first_not_of(",[] ", end);
    if (next == std::string_view::npos) break;
    label.remove_prefix(next);
  }
  if (matrix.cells.size() % matrix.columns != 0) return {};
  return matrix;
}

float cell_width(const Matrix& matrix, ImFont* font) {
  float widest = 0.0f;
  for (const std::string_view cell : matrix.cells)
    widest = std::max(widest, ui::text_size(font, ui::font_size(font), cell).x);
  return widest + ui::font_size(font);
}

// Draws the numbers below each other, each at the right end of its place, in the middle of a
// button.
void draw_matrix(const Matrix& matrix, ImFont* font, const ui::Pressable& p, ImU32 ink) {
  const float line = ui::font_size(font);
  const float wide = cell_width(matrix, font);
  // The space before the first column belongs to none.
  const float left = (p.min.x + p.max.x - wide * static_cast<float>(matrix.columns) - line) * 0.5f;
  const float top = (p.min.y + p.max.y - line * static_cast<float>(matrix.rows())) * 0.5f;
  for (std::size_t i = 0; i < matrix.cells.size(); ++i) {
    const float width = ui::text_size(font, line, matrix.cells[i]).x;
    const float x = left + wide * static_cast<float>(i % matrix.columns + 1) - width;
    const float y = top + line * static_cast<float>(i / matrix.columns);
    ui::draw_text(ImGui::GetWindowDrawList(), font, line, {std::round(x), std::round(y)}, ink,
                  matrix.cells[i]);
  }
}

// A button for a hall: as wide as the column, with as many lines as its text needs. Rows of numbers
// are drawn as a matrix where there is room.
bool big_button(const PanelContext& context, const std::string& name, std::string_view label,
                const TextPlace& place) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  ImFont* font = place.fonts.body;
  const float pad = theme.px(kInset);
  Matrix matrix = matrix_of(label);
  if (cell_width(matrix, font) * static_cast<float>(matrix.columns) > place.width - 2 * pad)
    matrix = {};
  const auto lines = ui::wrapped_lines(font, place.width - 2 * pad, label);
  const float line = ui::font_size(font);
  const std::size_t count = matrix.columns > 0 ? matrix.rows() : lines.size();
  const float height =
      std::max(theme.px(kBigButton), line * static_cast<float>(count) + theme.px(16.0f));
  const ui::Pressable p =
      ui::pressable(ui, name.c_str(), {std::floor(place.width), std::round(height)}, true);
  const ui::Face face = ui::face_of(theme, ui::ButtonKind::kNormal, false, p, true);
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui::draw_frame(theme, list, p.min, p.max, face.fill, theme.color.accent);
  if (matrix.columns > 0) {
    draw_matrix(matrix, font, p, face.ink);
    return p.clicked;
  }
  float y = std::round((p.min.y + p.max.y - line * static_cast<float>(lines.size())) * 0.5f);
  for (const std::string_view text : lines) {
    const float width = ui::text_size(font, line, text).x;
    ui::draw_text(list, font, line, {std::round((p.min.x + p.max.x - width) * 0.5f), y}, face.ink,
                  text);
    y += line;
  }
  return p.clicked;
}

void draw_options(const PanelContext& context, std::size_t number, const TextPlace& place) {
  const lesson::Prediction& asked = context.lessons.lectern.step().predictions[number];
  for (std::size_t i = 0; i < asked.options.size(); ++i) {
    const std::string name = item("answer", number) + "/" + std::to_string(i);
    if (big_button(context, name, asked.options[i], place))
      context.actions.push(AnswerQuestion{number, asked.options[i]});
    space(context.ui.theme);
  }
}

// Writes a text that is no run of the lesson.
void draw_lines(const PanelContext& context, std::string_view text, ImU32 color,
                const TextPlace& place) {
  ImFont* font = place.fonts.strong;
  const float line = line_height(place.fonts);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float y = at.y;
  for (const std::string_view each : ui::wrapped_lines(font, place.width, text)) {
    ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font), {at.x, y},
                  ui::legible(color, context.ui.theme.color), each);
    y += line;
  }
  ImGui::Dummy({place.width, y - at.y});
}

void draw_field(const PanelContext& context, std::size_t number, const TextPlace& place,
                LessonTextState& state) {
  ui::Ui& ui = context.ui;
  if (state.answering != number) state.typed.fill('\0');
  state.answering = number;
  const float gap = std::round(ui.theme.px(kGap));
  const float room = std::max(1.0f, place.width - ui::button_width(ui, "Answer") - gap);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::BeginChild(item("field", number).c_str(), {room, ui::row_height(ui)}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoBackground);
  const bool entered = ui::text_box(ui, item("typed", number).c_str(), state.typed, false);
  ImGui::EndChild();
  ImGui::SetCursorScreenPos({at.x + room + gap, at.y});
  const std::string typed = state.typed.data();
  const bool some = typed.find_first_not_of(' ') != std::string::npos;
  const bool pressed = ui::button(ui, item("give", number).c_str(), "Answer",
                                  {.kind = ui::ButtonKind::kPrimary,
                                   .enabled = some,
                                   .tooltip = "Compares what you typed with the answer (Enter)"});
  space(ui.theme);
  if (!some || !(entered || pressed)) return;
  state.typed.fill('\0');
  ui::release_keyboard();
  context.actions.push(AnswerQuestion{number, typed});
}

std::string accepted(const lesson::Prediction& asked) {
  return asked.answers.empty() ? "" : asked.answers.front().stated.text;
}

void draw_result(const PanelContext& context, std::size_t number, TextPlace& place,
                 LessonTextState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const lesson::Prediction& asked = context.lessons.lectern.step().predictions[number];
  const QuestionState& given = context.lessons.lectern.question(number);
  const std::string answer = printable(given.answer);
  std::string text = "The answer is " + accepted(asked) + ".";
  ImU32 color = theme.color.ink;
  if (given.right && *given.right) {
    text = "✓ Right: " + answer + ".";
    color = theme.color.good;
  } else if (given.right) {
    text = "✗ Not " + answer + ". " + text;
    color = theme.color.bad;
  }
  draw_lines(context, text, color, place);
  ui.items.add_last(item("result", number));
  if (asked.explanation.empty()) return;
  space(theme);
  draw_runs(context, asked.explanation, 0.0f, place, state);
}

// Answers are judged in the step's scene, so where the reader has changed that it has to come back
// before the question is answered.
bool is_about_another_scene(const PanelContext& context, const lesson::Prediction& asked) {
  return !asked.scene && context.document.scene() != context.lessons.lectern.step().scene;
}

void draw_put_back(const PanelContext& context, std::size_t number, TextPlace& place) {
  draw_lines(context, "The scene was changed; the question is about it as it was.",
             context.ui.theme.color.muted, place);
  space(context.ui.theme);
  if (big_button(context, item("put-back", number), "Put it back", place))
    context.actions.push(LessonCommand::kReset);
}

void draw_open(const PanelContext& context, std::size_t number, TextPlace& place,
               LessonTextState& state) {
  ui::Ui& ui = context.ui;
  const lesson::Prediction& asked = context.lessons.lectern.step().predictions[number];
  draw_runs(context, asked.question, 0.0f, place, state);
  space(ui.theme);
  if (is_about_another_scene(context, asked)) return draw_put_back(context, number, place);
  if (asked.options.empty())
    draw_field(context, number, place, state);
  else
    draw_options(context, number, place);
  if (ui::button(ui, item("reveal", number).c_str(), "Show the answer",
                 {.kind = ui::ButtonKind::kFlat, .tooltip = "Goes on without an answer"}))
    context.actions.push(RevealAnswer{number});
}

}  // namespace

void draw_question(const PanelContext& context, std::size_t number, TextPlace& place,
                   LessonTextState& state) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const Lectern& lectern = context.lessons.lectern;
  if (lectern.waits(number)) {
    if (big_button(context, item("ask", number), "Ask me a question", place))
      context.actions.push(AskQuestion{number});
    return;
  }
  // The frame is drawn when its height is known, below the text.
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float inset = std::round(theme.px(kInset));
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  ImGui::Dummy({1.0f, inset});
  ImGui::Indent(inset);
  ImGui::BeginGroup();
  TextPlace inner = place;
  inner.width = std::max(1.0f, place.width - 2 * inset);
  if (lectern.is_open(number)) {
    draw_open(context, number, inner, state);
  } else {
    draw_runs(context, lectern.step().predictions[number].question, 0.0f, inner, state);
    space(theme);
    draw_result(context, number, inner, state);
  }
  place.controls = inner.controls;
  ImGui::EndGroup();
  ImGui::Unindent(inset);
  ImGui::Dummy({1.0f, inset});
  const ImVec2 max{at.x + place.width, ImGui::GetCursorScreenPos().y};
  list->ChannelsSetCurrent(0);
  list->AddRectFilled(at, max, ui::faded(theme.color.accent, 0.08f), theme.px(8.0f));
  ui::stroke_rect(list, at, max, ui::faded(theme.color.accent, 0.6f), theme.px(8.0f), 1.0f);
  list->ChannelsMerge();
  ui.items.add(item("question", number), at, max);
}

}  // namespace convscope::panels
