#include "app/program/view/shift_tool.h"

#include <utility>

namespace convscope::program {

InputChange further_shift(const InputScene& input, Yx by, ShiftFill fill, bool continues) {
  InputShift shift = shift_so_far(input);
  shift.by = {shift.by.y + by.y, shift.by.x + by.x};
  shift.fill = fill;
  return shift_change(std::move(shift), continues);
}

std::optional<ShiftRequest> shift_request(const ShiftTool& tool, const ResultsPtr& results,
                                          const ShowPlanes& planes) {
  if (!tool.on || !results || !is_shifted(*results)) return std::nullopt;
  return ShiftRequest{results, planes.sample, planes.channel};
}

}  // namespace convscope::program
