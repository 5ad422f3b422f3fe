#include "app/export/figure_parts.h"

namespace convscope::exports {
namespace {

constexpr double kBeside = 8.0;  // between title and subtitle

}  // namespace

double head_width(const Fonts& fonts, const std::string& title, const std::string& subtitle) {
  const double first = fonts.width(Weight::kSemibold, kLabelSize, title);
  const double second = fonts.width(Weight::kRegular, kSmallSize, subtitle);
  return first + second + (title.empty() || subtitle.empty() ? 0.0 : kBeside);
}

void draw_head(const Pen& pen, double x, double bottom, const std::string& title,
               const std::string& subtitle) {
  const double width = head_width(pen.fonts, title, subtitle);
  const double baseline = bottom - 10.0;
  const double left = x - width / 2.0;
  if (!title.empty())
    pen.canvas.text({left, baseline}, title, {kLabelSize, pen.palette.ink, Weight::kSemibold});
  if (!subtitle.empty())
    pen.canvas.text({left + width, baseline}, subtitle,
                    {kSmallSize, pen.palette.muted, Weight::kRegular, Align::kRight});
}

}  // namespace convscope::exports
