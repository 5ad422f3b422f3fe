#include "app/export/figure_layout.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <type_traits>

#include "app/export/bars_block.h"
#include "app/export/chart_block.h"
#include "app/export/field_block.h"
#include "app/export/heatmap_block.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

constexpr double kLargestCell = 48.0;
constexpr double kPlaneSide = 640.0;   // of a plane with cells of several units
constexpr double kKernelSide = 200.0;  // as large as a kernel beside planes gets at most
constexpr double kThumbnailSide = 180.0;
constexpr double kTitleHeight = 32.0;
constexpr double kTitleLine = 22.0;    // of each line of a title but its last
constexpr double kTitleWidth = 240.0;  // that a title may have over a narrow figure
constexpr double kCaptionLine = 24.0;
constexpr double kSignSize = 30.0;

// The cell that suits a plane alone. A large plane has a pixel for each cell.
double own_cell(const HeatmapBlock& block, double side) {
  const Yx cells = shown_cells(block);
  return std::clamp(std::floor(side / static_cast<double>(std::max(cells.y, cells.x))), 1.0,
                    kLargestCell);
}

double cell_of(const Block& block, const FigureLook& look, double shared) {
  const auto* heatmap = std::get_if<HeatmapBlock>(&block);
  if (heatmap == nullptr) return 0.0;
  if (heatmap->group == HeatmapBlock::Group::kThumbnails)
    return look.cell > 0.0 ? look.cell : own_cell(*heatmap, kThumbnailSide);
  const bool kernel = heatmap->group == HeatmapBlock::Group::kKernels;
  return kernel ? std::max(shared, own_cell(*heatmap, kKernelSide)) : shared;
}

BlockSize size_of(const SignBlock& block, const Fonts& fonts) {
  const double width = std::max(fonts.width(Weight::kRegular, kSignSize, block.sign),
                                fonts.width(Weight::kRegular, kSmallSize, block.note));
  return {width, kSignSize, 0.0};
}

BlockSize block_size(const Block& block, double cell, const FigureLook& look, const Fonts& fonts) {
  if (const auto* heatmap = std::get_if<HeatmapBlock>(&block))
    return size_of(*heatmap, cell, fonts, look);
  if (const auto* chart = std::get_if<ChartBlock>(&block)) return size_of(*chart, fonts);
  if (const auto* field = std::get_if<FieldBlock>(&block)) return size_of(*field, fonts, look);
  if (const auto* bars = std::get_if<BarsBlock>(&block)) return size_of(*bars, fonts);
  return size_of(std::get<SignBlock>(block), fonts);
}

// A transposed convolution's sign ends with a raised T, which is smaller.
void draw_sign(const Pen& pen, const SignBlock& block, const Box& area) {
  constexpr std::string_view kRaised = "ᵀ";
  const Point middle{area.x + area.width / 2.0, area.y + area.height / 2.0};
  const bool transposed = block.sign.ends_with(kRaised);
  const std::string base =
      block.sign.substr(0, block.sign.size() - (transposed ? kRaised.size() : 0));
  // A star is small in its em.
  const double size = kSignSize * (base == "⋆" ? 1.5 : 1.0);
  const TextStyle style{size, pen.palette.muted, Weight::kRegular, Align::kCenter};
  pen.canvas.text({middle.x, middle.y + size * 0.36}, base, style);
  if (transposed)
    pen.canvas.text({middle.x + pen.fonts.width(Weight::kRegular, size, base) * 0.35, middle.y},
                    kRaised, {kSignSize * 0.7, pen.palette.muted});
  if (!block.note.empty())
    pen.canvas.text({middle.x, middle.y + kSignSize * 0.36 + 22.0}, block.note,
                    {kSmallSize, pen.palette.muted, Weight::kRegular, Align::kCenter});
}

// The height of a row's head: there is none if no block has a title.
double head_of(const Figure& figure, std::size_t first, std::size_t end) {
  const auto titled = [](const Block& block) {
    return std::visit(
        [](const auto& any) {
          if constexpr (std::is_same_v<std::decay_t<decltype(any)>, SignBlock>)
            return false;
          else
            return !(any.title + any.subtitle).empty();
        },
        block);
  };
  const auto begin = figure.blocks.begin();
  const bool any = std::any_of(begin + static_cast<std::ptrdiff_t>(first),
                               begin + static_cast<std::ptrdiff_t>(end), titled);
  return any ? kHeadHeight : 0.0;
}

// Places the blocks of a row with its top at `y`, and returns the bottom of the row.
double place_row(const Figure& figure, const FigureLook& look, const Fonts& fonts,
                 std::size_t first, std::size_t end, double y, FigureLayout& layout) {
  std::vector<BlockSize> sizes;
  double middle = 0.0;
  double foot = 0.0;
  for (std::size_t i = first; i < end; ++i) {
    sizes.push_back(block_size(figure.blocks[i], layout.cells[i], look, fonts));
    middle = std::max(middle, sizes.back().middle);
    foot = std::max(foot, sizes.back().foot);
  }
  y += head_of(figure, first, end);
  double x = kMargin;
  for (const BlockSize& size : sizes) {
    const double width = std::ceil(size.width);
    layout.areas.push_back({x, y, width, middle});
    x += width + kGap;
  }
  layout.size.width = std::max(layout.size.width, x - kGap + kMargin);
  return std::ceil(y + middle + foot);
}

// Returns behind which block each row ends.
std::vector<std::size_t> row_ends(const Figure& figure) {
  std::vector<std::size_t> ends;
  std::size_t end = 0;
  for (const Index row : figure.rows)
    ends.push_back(end += static_cast<std::size_t>(row));
  const std::size_t columns =
      figure.columns > 0 ? static_cast<std::size_t>(figure.columns) : figure.blocks.size();
  while (end < figure.blocks.size())
    ends.push_back(end = std::min(end + columns, figure.blocks.size()));
  return ends;
}

// Breaks a title at its spaces into lines of `width` units; a word may be longer.
std::vector<std::string> title_lines(const std::string& title, double width, const Fonts& fonts) {
  std::vector<std::string> lines;
  std::string_view rest = title;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string word(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::string longer = lines.empty() ? word : lines.back() + " " + word;
    const bool fits = !lines.empty() && fonts.width(Weight::kSemibold, kTitleSize, longer) <= width;
    if (fits)
      lines.back() = longer;
    else
      lines.push_back(word);
  }
  return lines;
}

// Makes room for the title above the blocks, whose width it keeps to where it can.
void place_title(const Figure& figure, double content, const Fonts& fonts, FigureLayout& layout) {
  layout.title = kMargin;
  layout.title_lines = title_lines(figure.title, std::max(content, kTitleWidth), fonts);
  if (layout.title_lines.empty()) return;
  const double height =
      kTitleHeight + kTitleLine * static_cast<double>(layout.title_lines.size() - 1);
  for (Box& area : layout.areas)
    area.y += height;
  layout.caption += height;
}

}  // namespace

double cell_side(const Figure& figure, const FigureLook& look) {
  if (look.cell > 0.0) return look.cell;
  double cell = kLargestCell;
  for (const Block& block : figure.blocks) {
    const auto* heatmap = std::get_if<HeatmapBlock>(&block);
    if (heatmap != nullptr) cell = std::min(cell, own_cell(*heatmap, kPlaneSide));
  }
  return cell;
}

FigureLayout lay_out(const Figure& figure, const FigureLook& look, const Fonts& fonts) {
  FigureLayout layout;
  const double shared = cell_side(figure, look);
  for (const Block& block : figure.blocks)
    layout.cells.push_back(cell_of(block, look, shared));
  double y = kMargin;
  std::size_t first = 0;
  for (const std::size_t end : row_ends(figure)) {
    if (first > 0) y += kGap;
    y = place_row(figure, look, fonts, first, end, y, layout);
    first = end;
  }
  layout.caption = y + (figure.caption.empty() ? 0.0 : 12.0);
  double widest = 0.0;
  for (const std::string& line : figure.caption)
    widest = std::max(widest, fonts.width(Weight::kRegular, kLabelSize, line));
  place_title(figure, std::max(widest, layout.size.width - 2.0 * kMargin), fonts, layout);
  y = layout.caption + kCaptionLine * static_cast<double>(figure.caption.size());
  for (const std::string& line : layout.title_lines)
    widest = std::max(widest, fonts.width(Weight::kSemibold, kTitleSize, line));
  const double wider = std::ceil(widest) + 2.0 * kMargin - layout.size.width;
  if (wider > 0.0) {
    layout.size.width += wider;
    for (Box& area : layout.areas)
      area.x += std::floor(wider / 2.0);
  }
  layout.size.height = std::ceil(y + kMargin);
  layout.middle = layout.size.width / 2.0;
  return layout;
}

FigureLook fitted(const Figure& figure, const FigureLook& look, const FigureSize& size,
                  const Fonts& fonts) {
  constexpr int kMostInUnit = 16;  // cells of a large plane side by side
  std::vector<double> cells{look.cell};
  if (look.cell <= 0.0) {
    cells.clear();
    for (double cell = 2.0 * kLargestCell; cell >= 1.0; cell -= 1.0)
      cells.push_back(cell);
    for (int parts = 2; parts <= kMostInUnit; ++parts)
      cells.push_back(1.0 / parts);
  }
  FigureLook tried = look;
  FigureSize least;
  for (const double cell : cells) {
    tried.cell = cell;
    least = lay_out(figure, tried, fonts).size;
    if (least.width <= size.width && least.height <= size.height) return tried;
  }
  const auto whole = [](double length) { return std::to_string(std::lround(length)); };
  throw Error("the figure does not fit into " + whole(size.width * look.scale) + "x" +
              whole(size.height * look.scale) + " pixels; at this scale it needs at least " +
              whole(std::ceil(least.width * look.scale)) + "x" +
              whole(std::ceil(least.height * look.scale)));
}

void draw(const Figure& figure, const FigureLayout& layout, const FigureLook& look,
          const Fonts& fonts, Canvas& canvas) {
  const Pen pen{canvas, fonts, look, look.dark ? dark_palette() : light_palette()};
  if (!look.transparent)
    canvas.fill({0.0, 0.0, layout.size.width, layout.size.height}, pen.palette.card);
  const double middle = layout.middle;
  double baseline = layout.title + kTitleSize;
  for (const std::string& line : layout.title_lines) {
    canvas.text({middle, baseline}, line,
                {kTitleSize, pen.palette.ink, Weight::kSemibold, Align::kCenter});
    baseline += kTitleLine;
  }
  for (std::size_t i = 0; i < figure.blocks.size(); ++i) {
    const Block& block = figure.blocks[i];
    const Box& area = layout.areas[i];
    if (const auto* heatmap = std::get_if<HeatmapBlock>(&block)) {
      draw(pen, *heatmap, area, layout.cells[i]);
    } else if (const auto* chart = std::get_if<ChartBlock>(&block)) {
      draw(pen, *chart, area);
    } else if (const auto* field = std::get_if<FieldBlock>(&block)) {
      draw(pen, *field, area);
    } else if (const auto* bars = std::get_if<BarsBlock>(&block)) {
      draw(pen, *bars, area);
    } else {
      draw_sign(pen, std::get<SignBlock>(block), area);
    }
  }
  double y = layout.caption + kLabelSize;
  for (const std::string& line : figure.caption) {
    canvas.text({middle, y}, line, {kLabelSize, pen.palette.ink, Weight::kRegular, Align::kCenter});
    y += kCaptionLine;
  }
}

}  // namespace convscope::exports
