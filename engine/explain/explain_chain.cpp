#include "engine/explain/explain_chain.h"

#include <algorithm>

namespace convscope::engine {
namespace {

// Returns a step with only its rows, or with its columns as rows.
ChainStep rows_of(const ChainStep& step, bool columns) {
  const Conv2dOptions& o = step.options;
  ChainStep axis;
  axis.options.transposed = o.transposed;
  axis.options.padding_mode = o.padding_mode;
  if (columns) {
    axis.kernel = {step.kernel.x, 1};
    axis.options.stride.y = o.stride.x;
    axis.options.dilation.y = o.dilation.x;
    axis.options.padding.top = o.padding.left;
    axis.input = {1, 1, step.input.w, 1};
    axis.output = {1, 1, step.output.w, 1};
  } else {
    axis.kernel = {step.kernel.y, 1};
    axis.options.stride.y = o.stride.y;
    axis.options.dilation.y = o.dilation.y;
    axis.options.padding.top = o.padding.top;
    axis.input = {1, 1, step.input.h, 1};
    axis.output = {1, 1, step.output.h, 1};
  }
  return axis;
}

// Returns the rows in ascending order, each once.
std::vector<Index> in_order(std::vector<Index> rows) {
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

// Returns the rows of the first input that one row of the last output depends on.
std::vector<Index> source_rows(std::span<const ChainStep> steps, bool columns, Index output) {
  std::vector<Index> rows{output};
  for (std::size_t i = steps.size(); i-- > 0;) {
    const ChainStep axis = rows_of(steps[i], columns);
    std::vector<Index> sources;
    for (const Index row : rows) {
      for (const Link& link :
           links_of_output({row, 0}, axis.kernel, axis.options, axis.input, axis.output)) {
        if (link.source.y >= 0 && link.source.y < axis.input.h) sources.push_back(link.source.y);
      }
    }
    rows = in_order(std::move(sources));
  }
  return rows;
}

// Returns the rows of the last output that depend on one row of the first input.
std::vector<Index> reached_rows(std::span<const ChainStep> steps, bool columns, Index input) {
  std::vector<Index> rows{input};
  for (const ChainStep& step : steps) {
    const ChainStep axis = rows_of(step, columns);
    std::vector<Index> reached;
    for (const Index row : rows) {
      for (const Link& link :
           links_of_input({row, 0}, axis.kernel, axis.options, axis.input, axis.output))
        reached.push_back(link.output.y);
    }
    rows = in_order(std::move(reached));
  }
  return rows;
}

}  // namespace

ChainStep conv_step(const Shape& weight, const Conv2dOptions& options, const Shape& input) {
  return {{weight.h, weight.w}, options, input, conv2d_output_shape(input, weight, options)};
}

ChainStep pool_step(const Pool2dOptions& options, const Shape& input) {
  ChainStep step{options.kernel, {}, input, pool2d_output_shape(input, options)};
  step.options.stride = options.stride;
  step.options.dilation = options.dilation;
  step.options.padding = options.padding;
  return step;
}

CellGrid CellCross::bounds() const {
  if (empty()) return {};
  return {{rows.front(), columns.front()},
          {1, 1},
          {rows.back() - rows.front() + 1, columns.back() - columns.front() + 1}};
}

CellCross chained_receptive_field(std::span<const ChainStep> steps, Yx output) {
  return {source_rows(steps, false, output.y), source_rows(steps, true, output.x)};
}

CellCross chained_reach(std::span<const ChainStep> steps, Yx input) {
  return {reached_rows(steps, false, input.y), reached_rows(steps, true, input.x)};
}

std::optional<ChainFields> chain_fields(std::span<const ChainStep> steps) {
  ChainFields fields;
  for (const ChainStep& step : steps) {
    const Conv2dOptions& o = step.options;
    if (o.transposed) return std::nullopt;
    fields.y = chained(fields.y, step.kernel.y, o.stride.y, o.padding.top, o.dilation.y);
    fields.x = chained(fields.x, step.kernel.x, o.stride.x, o.padding.left, o.dilation.x);
  }
  return fields;
}

}  // namespace convscope::engine
