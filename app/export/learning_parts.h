#pragma once

#include <vector>

#include "app/export/figure.h"
#include "app/export/legend.h"
#include "app/export/names.h"
#include "app/export/source.h"

// What the figures share that explain a run by the eigenvalues of its loss.
namespace convscope::exports {

inline constexpr Yx kFieldPixels{360, 360};  // one for each unit of length
inline constexpr int kFieldTicks = 6;        // at most, on each axis

// Returns the training. Throws Error where nothing is learned, or the eigenvalues are not known.
const TrainingSnapshot& require_analysis(const Source& source);

// Returns colours for the values of a field that are bright where the values are small.
HeatmapStyle bright_where_small(const Tensor& values);

// Put a line or a mark over a field, and into its legend.
void put_line(FieldBlock& block, std::vector<FieldPlace> points, LegendEntry entry);
void put_mark(FieldBlock& block, const FieldPlace& at, LegendEntry entry);

}  // namespace convscope::exports
