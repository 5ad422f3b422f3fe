#include "app/panels/lesson/text_flow.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"

namespace convscope::panels {
namespace {

constexpr float kLeading = 1.12f;      // of a line, beside the font's own
constexpr float kLongValue = 0.6f;     // of a line: longer values are broken at their spaces
constexpr float kValuePadding = 3.0f;  // at scale 1, on each side
constexpr float kControlPadding = 7.0f;

// Pieces that stay in one line: without a space between them, or around a ×.
struct Word {
  std::vector<FlowPiece> pieces;
  std::vector<float> gaps;  // before each piece: a space that no line ends at; 0 for none
  float width = 0.0f;
  float gap = 0.0f;       // before the next piece
  float space = 0.0f;     // before it, unless it begins a line
  bool new_line = false;  // it begins one
};

class Writer {
 public:
  Writer(const ui::Theme& theme, const TextFonts& fonts, float width, const LiveWord& live)
      : theme_(theme), fonts_(fonts), width_(width), live_(live) {}

  void add(const lesson::TextRun& run) {
    const PieceStyle style{run.style.strong, run.style.emphasis, run.style.code,
                           !run.style.link.empty()};
    if (run.live) return add_live(run, style);
    std::string_view text = run.text;
    while (!text.empty()) {
      if (text.front() == ' ' && joined_by_cross(text.substr(1))) {
        word_.gap = space_of(style);
        text.remove_prefix(1);
        continue;
      }
      if (text.front() == ' ' || text.front() == '\n') {
        end_word();
        if (text.front() == '\n') word_.new_line = true;
        if (text.front() == ' ') word_.space = space_of(style);
        text.remove_prefix(1);
        continue;
      }
      const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
      add_piece({.text = std::string(text.substr(0, end)), .style = style, .at = {}}, 0.0f);
      text.remove_prefix(end);
    }
  }

  Flow finish() {
    end_word();
    if (!flow_.pieces.empty()) y_ += line_height(fonts_);
    flow_.height = y_;
    return std::move(flow_);
  }

 private:
  float space_of(const PieceStyle& style) const { return measure(" ", style); }
  float measure(std::string_view text, const PieceStyle& style) const {
    const ImFont* font = font_of(fonts_, style);
    return ui::text_size(font, ui::font_size(font), text).x;
  }

  // Whether what goes on behind a space belongs to the word: the numbers of 3 × 3 keep together.
  bool joined_by_cross(std::string_view rest) const {
    if (word_.pieces.empty()) return false;
    return word_.pieces.back().text.ends_with("×") || rest == "×" || rest.starts_with("× ");
  }

  // Long values, such as a sum of products, go on in the next line.
  void add_live(const lesson::TextRun& run, const PieceStyle& style) {
    const std::string shown = live_(run);
    const float padding = live_padding(theme_, run);
    std::string_view text = shown;
    const bool whole = measure(text, style) <= width_ * kLongValue || run.live->control;
    while (!text.empty()) {
      const std::size_t end = whole ? text.size() : std::min(text.find(' '), text.size());
      const bool first = text.data() == shown.data();
      const bool last = end == text.size();
      FlowPiece piece{
          .text = std::string(text.substr(0, end)), .style = style, .live = &run, .at = {}};
      piece.inset = first ? padding : 0.0f;
      add_piece(std::move(piece), last ? padding : 0.0f);
      text.remove_prefix(std::min(text.size(), end + 1));
      if (text.empty()) break;
      if (joined_by_cross(text)) {
        word_.gap = space_of(style);
        continue;
      }
      end_word();
      word_.space = space_of(style);
    }
  }

  void add_piece(FlowPiece piece, float padding) {
    piece.width = piece.inset + measure(piece.text, piece.style) + padding;
    while (piece.width > width_ && piece.live == nullptr) {
      FlowPiece start = piece;
      while (start.text.size() > 1 && measure(start.text, start.style) > width_) {
        do
          start.text.pop_back();
        while ((static_cast<unsigned char>(piece.text[start.text.size()]) & 0xC0) == 0x80);
      }
      start.width = measure(start.text, start.style);
      piece.text.erase(0, start.text.size());
      piece.width = measure(piece.text, piece.style);
      put(std::move(start));
      if (piece.text.empty()) return;
      end_word();
    }
    put(std::move(piece));
  }
  void put(FlowPiece piece) {
    const float gap = std::exchange(word_.gap, 0.0f);
    word_.width += gap + piece.width;
    word_.gaps.push_back(gap);
    word_.pieces.push_back(std::move(piece));
  }

  // Returns whether the word was wider than a line and went in parts, which end where its gaps are.
  bool end_in_parts() {
    const bool parts = std::ranges::any_of(word_.gaps, [](float gap) { return gap > 0.0f; });
    if (!parts || word_.width <= width_) return false;
    Word whole = std::exchange(word_, {});
    word_.space = whole.space;
    word_.new_line = whole.new_line;
    for (std::size_t i = 0; i < whole.pieces.size(); ++i) {
      if (whole.gaps[i] > 0.0f) {
        end_word();
        word_.space = whole.gaps[i];
      }
      put(std::move(whole.pieces[i]));
    }
    end_word();
    return true;
  }

  void end_word() {
    if (end_in_parts()) return;
    if (word_.pieces.empty()) {
      // Two spaces are one, and a line break stays one.
      if (!word_.new_line) word_.space = 0.0f;
      return;
    }
    const bool breaks = word_.new_line || (x_ > 0.0f && x_ + word_.space + word_.width > width_);
    if (breaks && !flow_.pieces.empty()) {
      y_ += line_height(fonts_);
      x_ = 0.0f;
    }
    if (x_ > 0.0f) x_ += word_.space;
    for (std::size_t i = 0; i < word_.pieces.size(); ++i) {
      FlowPiece& piece = word_.pieces[i];
      x_ += word_.gaps[i];
      piece.at = {x_, y_};
      if (piece.live != nullptr && !flow_.pieces.empty()) {
        const FlowPiece& before = flow_.pieces.back();
        if (before.live == piece.live && before.at.y == y_)
          piece.lead = x_ - before.at.x - before.width;
      }
      x_ += piece.width;
      flow_.pieces.push_back(std::move(piece));
    }
    word_ = {};
  }

  const ui::Theme& theme_;
  const TextFonts& fonts_;
  float width_;
  const LiveWord& live_;
  Flow flow_;
  Word word_;
  float x_ = 0.0f, y_ = 0.0f;
};

}  // namespace

TextFonts text_fonts(const ui::Theme& theme, bool presenting) {
  const ui::Fonts& f = theme.font;
  if (presenting) return {f.number, f.title, f.code, f.heading, f.body};
  return {f.body, f.body_bold, f.code, f.title, f.small};
}

float line_height(const TextFonts& fonts) {
  return std::ceil(ui::font_size(fonts.body) * kLeading);
}

ImFont* font_of(const TextFonts& fonts, const PieceStyle& style) {
  if (style.code) return fonts.code;
  return style.strong ? fonts.strong : fonts.body;
}

float live_padding(const ui::Theme& theme, const lesson::TextRun& run) {
  return std::round(theme.px(run.live->control ? kControlPadding : kValuePadding));
}

Flow flow_text(const ui::Theme& theme, const TextFonts& fonts,
               const std::vector<lesson::TextRun>& runs, float width, const LiveWord& live) {
  Writer writer(theme, fonts, std::max(1.0f, width), live);
  for (const lesson::TextRun& run : runs)
    writer.add(run);
  return writer.finish();
}

}  // namespace convscope::panels
